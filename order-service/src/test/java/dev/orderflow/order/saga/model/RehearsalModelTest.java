package dev.orderflow.order.saga.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.order.rehearsal.Recording;
import dev.orderflow.order.rehearsal.Rehearsal;
import dev.orderflow.order.rehearsal.Verdict;
import dev.orderflow.order.saga.OrderSaga;
import net.jqwik.api.AfterFailureMode;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.RandomDistribution;

/** Whatever has happened to an order: the same saga with the same settings sends the same when it is rehearsed. */
class RehearsalModelTest {

    @Property(
            tries = 30_000,
            seed = "20261127",
            edgeCases = EdgeCasesMode.NONE,
            afterFailure = AfterFailureMode.RANDOM_SEED)
    void shouldFindNothingWhereNothingIsDifferent(
            @ForAll("histories") byte[] happenings,
            @ForAll boolean isShort,
            @ForAll boolean dispatchedAtOnce,
            @ForAll boolean isOver,
            @ForAll boolean isCompacted) {
        boolean scarce = isShort && happenings.length % 4 == 0;
        RecordingTape tape = new RecordingTape(World.START, isCompacted);
        World world = new World(scarce, dispatchedAtOnce, true, tape);
        live(world, happenings, isOver, isCompacted);

        Recording recording = tape.recording();
        Verdict verdict = new Rehearsal(new OrderSaga(world.settings), RecordingTape.RENDERING).judge(recording);

        assertThat(verdict)
                .as(() -> "The history:\n  " + String.join("\n  ", world.history))
                .isInstanceOf(Verdict.Same.class);
        assertThat(((Verdict.Same) verdict).messages())
                .as("records that were replayed")
                .isEqualTo(recording.inputs().size());
    }

    /**
     * The saga is at work: before time passes, what was due has fired. What passes while it is down is still there when it
     * comes back, timers and records, and any of them may be first.
     *
     * @param isPrompt whether it has read what was there as well: where views are gone, records that lay there for days
     *     could have led to anything
     */
    private static void live(World world, byte[] happenings, boolean isOver, boolean isPrompt) {
        world.place(History.order(2));
        world.deliver(0);
        for (byte happening : happenings) {
            if ((happening & 0xF) == 12) {
                if (isPrompt) {
                    readAll(world);
                }
                fireAll(world);
            }
            History.happen(world, happening & 0xFF);
        }
        if (isOver) {
            fireAll(world);
            History.finish(world, happenings.length);
        }
    }

    private static void readAll(World world) {
        for (int topic : new int[] {0, 4, 5, 7}) {
            while (world.deliver(topic)) {
                world.tell("and what was there by now has been read");
            }
        }
    }

    private static void fireAll(World world) {
        while (world.fireDue()) {
            world.tell("and what was due by now has fired");
        }
    }

    @Provide
    Arbitrary<byte[]> histories() {
        return Arbitraries.bytes().array(byte[].class).ofMaxSize(60).withSizeDistribution(RandomDistribution.uniform());
    }
}
