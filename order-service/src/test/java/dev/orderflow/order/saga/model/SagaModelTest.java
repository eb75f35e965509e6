package dev.orderflow.order.saga.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.order.saga.Status;
import java.util.EnumSet;
import java.util.Set;
import net.jqwik.api.AfterFailureMode;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.lifecycle.AfterContainer;

/**
 * Any interleaving, delay and repetition of messages between the saga, inventory and payment ends in a legal state. A
 * history is a row of bytes, each one thing that happens; what is still to happen then happens in the end.
 */
class SagaModelTest {

    private static final Set<Status> SEEN = EnumSet.noneOf(Status.class);
    private static final Set<Status> ENDS = EnumSet.noneOf(Status.class);

    @Property(
            tries = 100_000,
            seed = "20260301",
            edgeCases = EdgeCasesMode.NONE,
            afterFailure = AfterFailureMode.RANDOM_SEED)
    void shouldEndWithMoneyAndStockAddingUp(
            @ForAll("histories") byte[] happenings, @ForAll boolean isShort, @ForAll boolean dispatchedAtOnce) {
        boolean scarce = isShort && happenings.length % 4 == 0;
        try {
            live(new World(scarce, dispatchedAtOnce, false), happenings);
        } catch (AssertionError | RuntimeException broken) {
            throw new AssertionError(told(new World(scarce, dispatchedAtOnce, true), happenings), broken);
        }
    }

    private static void live(World world, byte[] happenings) {
        world.place(History.order(2));
        for (byte happening : happenings) {
            History.happen(world, happening & 0xFF);
            note(world, SEEN);
        }
        world.tell("from here on everything that is under way ends");
        History.finish(world, happenings.length);
        SagaRules.checkEnd(world);
        note(world, ENDS);
    }

    /** The same history once more, to be read. */
    private static String told(World world, byte[] happenings) {
        String end = "it holds the second time";
        try {
            live(world, happenings);
        } catch (AssertionError | RuntimeException broken) {
            end = String.valueOf(broken.getMessage());
        }
        return end + "\n  " + String.join("\n  ", world.history);
    }

    @AfterContainer
    static void shouldHaveSeenEveryState() {
        assertThat(SEEN).containsAll(EnumSet.complementOf(EnumSet.of(Status.REJECTED)));
        assertThat(ENDS).containsExactlyInAnyOrder(Status.COMPLETED, Status.CANCELLED, Status.REFUNDED);
    }

    @Provide
    Arbitrary<byte[]> histories() {
        return Arbitraries.bytes()
                .array(byte[].class)
                .ofMaxSize(100)
                .withSizeDistribution(RandomDistribution.uniform());
    }

    private static void note(World world, Set<Status> where) {
        if (world.state != null) {
            where.add(world.state.status());
        }
    }
}
