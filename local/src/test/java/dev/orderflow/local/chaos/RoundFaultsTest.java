package dev.orderflow.local.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a stack meets in a round, and in which order. */
class RoundFaultsTest {

    private static final Duration PLACING = Duration.ofMillis(20);
    private static final String OUTAGE = "provider " + ProviderFault.OUTAGE.config();
    private static final String WELL = "provider " + ProviderFault.RESET;

    /** Notes what it meets; a part that is asked for is away so many times first. */
    private static final class Notes implements FaultTarget {
        private final List<String> met = new ArrayList<>();
        private int away;

        private boolean isThere(String what) {
            met.add(away > 0 ? what + ": away" : what);
            return away-- <= 0;
        }

        @Override
        public boolean kill(String part) {
            return isThere("kill " + part);
        }

        @Override
        public void killAllAndStart() {
            met.add("kill all");
        }

        @Override
        public Optional<Runnable> stop(String part) {
            return isThere("stop " + part) ? Optional.of(() -> met.add("go on")) : Optional.empty();
        }

        @Override
        public void configureProvider(String json) {
            met.add("provider " + json);
        }

        @Override
        public void pauseProvider(boolean pause) {
            met.add(pause ? "pause" : "resume");
        }
    }

    private static List<String> met(ProcessFault fault, ProviderFault provider, int away, Double... at) {
        Notes notes = new Notes();
        notes.away = away;
        new RoundFaults(new ChaosPlan.Round(1, fault, provider, List.of(at), 0.1, 0.9), PLACING, notes).run();
        return notes.met;
    }

    @Test
    void shouldKillWhileTheProviderMisbehaves() {
        assertThat(met(new ProcessFault.Kill("order"), ProviderFault.OUTAGE, 0, 0.3, 0.5))
                .containsExactly(OUTAGE, "kill order", "kill order", WELL);
    }

    @Test
    void shouldKillAPartThatIsAwayWhenItIsBack() {
        assertThat(met(new ProcessFault.Kill("broker"), ProviderFault.NONE, 1, 0.3))
                .containsExactly("kill broker: away", "kill broker");
    }

    @Test
    void shouldLetTheProviderMisbehaveAgainAfterItWasKilledWithEverything() {
        assertThat(met(new ProcessFault.KillAll(), ProviderFault.OUTAGE, 0, 0.3))
                .containsExactly(OUTAGE, "kill all", OUTAGE, WELL);
    }

    @Test
    void shouldLetAStoppedPartGoOnWhileTheProviderMisbehaves() {
        assertThat(met(new ProcessFault.Stall("payment", 0), ProviderFault.OUTAGE, 1, 0.3))
                .containsExactly(OUTAGE, "stop payment: away", "stop payment", "go on", WELL);
    }

    @Test
    void shouldResumeAPausedProvider() {
        assertThat(met(new ProcessFault.Pause(0), ProviderFault.OUTAGE, 0, 0.3))
                .containsExactly(OUTAGE, "pause", "resume", WELL);
    }

    @Test
    void shouldDoNothingWhereNothingIsToHappen() {
        assertThat(met(new ProcessFault.None(), ProviderFault.NONE, 0)).isEmpty();
    }
}
