package dev.orderflow.durable.timer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;

class StoredTimersTest {

    private static final Instant START = Instant.parse("2026-11-20T10:00:00Z");

    private final KeyValueStore<Bytes, byte[]> store =
            Stores.inMemoryKeyValueStore("timers").get();
    private final StoredTimers timers = new StoredTimers(store);
    private final List<Timer> fired = new ArrayList<>();

    @Test
    void shouldFireInTheOrderOfBeingDueAndNeverEarly() {
        timers.schedule("b", "deadline", at(2_000));
        timers.schedule("a", "deadline", at(3_000));
        timers.schedule("c", "dispatch", at(1_000));

        assertThat(fireAt(999)).isEmpty();
        assertThat(fireAt(2_999))
                .containsExactly(new Timer("c", "dispatch", at(1_000)), new Timer("b", "deadline", at(2_000)));
        assertThat(fireAt(3_000)).hasSize(3).last().isEqualTo(new Timer("a", "deadline", at(3_000)));
        assertThat(fireAt(9_000)).hasSize(3);
    }

    @Test
    void shouldSayCheaplyThatNothingIsDue() {
        assertThat(timers.isDue(at(0))).as("before the first look at the store").isTrue();
        fireAt(0);
        assertThat(timers.isDue(at(1_000_000))).isFalse();

        timers.schedule("a", "deadline", at(500));

        assertThat(timers.isDue(at(499))).isFalse();
        assertThat(timers.isDue(at(500))).isTrue();
    }

    @Test
    void shouldTakeTheSameTimerTwiceForOne() {
        timers.schedule("a", "deadline", at(10));
        timers.schedule("a", "deadline", at(10));
        timers.schedule("a", "other", at(10));

        assertThat(fireAt(10)).hasSize(2);
    }

    @Test
    void shouldNotFireWhatWasTakenBack() {
        timers.schedule("a", "deadline", at(10));
        timers.schedule("b", "deadline", at(10));
        timers.cancel("a", "deadline", at(10));
        timers.cancel("unknown", "deadline", at(10));

        assertThat(fireAt(10)).extracting(Timer::id).containsExactly("b");
    }

    @Test
    void shouldNotFireWhatAnEarlierOneOfTheSameRoundHasTakenBack() {
        timers.schedule("a", "deadline", at(10));
        timers.schedule("b", "deadline", at(11));

        int count = timers.fire(at(20), timer -> {
            fired.add(timer);
            timers.cancel("b", "deadline", at(11));
        });

        assertThat(fired).extracting(Timer::id).containsExactly("a");
        assertThat(count).isEqualTo(1);
    }

    @Test
    void shouldFireATimerThatIsSetEarlierThanWhatHasBeenScanned() {
        timers.schedule("a", "deadline", at(5_000));
        fireAt(6_000);

        timers.schedule("late", "deadline", at(1_000));

        assertThat(timers.isDue(at(6_000))).isTrue();
        assertThat(fireAt(6_000)).extracting(Timer::id).containsExactly("a", "late");
    }

    @Test
    void shouldFireInTheNextRoundWhatATimerSetsForThePast() {
        timers.schedule("a", "deadline", at(10));
        timers.schedule("b", "deadline", at(20));

        timers.fire(at(20), timer -> {
            fired.add(timer);
            if (timer.id().equals("a")) {
                timers.schedule("child", "deadline", at(5));
            }
        });
        assertThat(fired).extracting(Timer::id).containsExactly("a", "b");

        assertThat(timers.isDue(at(20))).isTrue();
        assertThat(fireAt(20)).extracting(Timer::id).containsExactly("a", "b", "child");
    }

    @Test
    void shouldFireABatchAtATimeSoThatRecordsAreNotHeldUp() {
        for (int i = 0; i < 1_200; i++) {
            timers.schedule("order-" + i, "deadline", at(i));
        }

        assertThat(timers.fire(at(5_000), fired::add)).isEqualTo(500);
        assertThat(timers.isDue(at(5_000))).isTrue();
        assertThat(timers.fire(at(5_000), fired::add)).isEqualTo(500);
        assertThat(timers.fire(at(5_000), fired::add)).isEqualTo(200);
        assertThat(timers.isDue(at(5_000))).isFalse();
        assertThat(fired).isSortedAccordingTo(Comparator.comparing(Timer::due));
    }

    @Test
    void shouldTakeUpWhatIsInTheStoreAfterARestart() {
        timers.schedule("a", "deadline", at(10));
        fireAt(5);

        StoredTimers restarted = new StoredTimers(store);
        restarted.fire(at(10), fired::add);

        assertThat(fired).containsExactly(new Timer("a", "deadline", at(10)));
    }

    @Property(tries = 200)
    void shouldFireEachTimerOnceInWhateverOrderItWasSet(
            @ForAll @Size(max = 60) List<@IntRange(max = 1_000) Integer> dues,
            @ForAll @IntRange(min = 1, max = 200) int step) {
        StoredTimers all =
                new StoredTimers(Stores.inMemoryKeyValueStore("timers").get());
        List<Timer> seen = new ArrayList<>();
        Set<Timer> expected = new HashSet<>();
        for (int i = 0; i < dues.size(); i++) {
            Timer timer = new Timer("t" + i, "kind", at(dues.get(i)));
            expected.add(timer);
            all.schedule(timer.id(), timer.kind(), timer.due());
            Instant now = at((long) i * step);
            all.fire(now, timerNow -> {
                assertThat(timerNow.due()).isBeforeOrEqualTo(now);
                seen.add(timerNow);
            });
        }
        all.fire(at(100_000), seen::add);

        assertThat(seen).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(expected);
    }

    private List<Timer> fireAt(long millis) {
        timers.fire(at(millis), fired::add);
        return fired;
    }

    private static Instant at(long millis) {
        return START.plusMillis(millis);
    }
}
