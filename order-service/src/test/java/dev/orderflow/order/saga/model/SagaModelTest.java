package dev.orderflow.order.saga.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.order.saga.PlacedOrder;
import dev.orderflow.order.saga.Request;
import dev.orderflow.order.saga.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
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

    /** More than an order can need: one that is still open then never ends. */
    private static final int ENOUGH = 2_000;

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
        world.place(order(2));
        for (byte happening : happenings) {
            happen(world, happening & 0xFF);
            note(world, SEEN);
        }
        world.tell("from here on everything that is under way ends");
        finish(world, happenings.length);
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

    private static void happen(World world, int what) {
        int how = what / 16;
        switch (what % 16) {
            case 0, 1, 2, 3, 4, 5 -> world.deliver(what % 16 + how);
            case 6 -> world.deliverAgain(how, how * 7);
            case 7, 8 -> {
                if (world.payment.capture()) {
                    world.tell("the provider takes the money");
                }
            }
            case 9 -> world.payment.answer(how, how == 15);
            case 10 -> world.payment.settle();
            case 11 -> world.fireDue();
            case 12 -> world.wait(waits(how));
            case 13 -> world.place(order(how < 8 ? 2 : 3));
            case 14 -> world.ask(request(how));
            default -> world.deliver(what % 3 + 5);
        }
    }

    /** Everything is delivered, the provider ends what it has begun, and timers fire. */
    private static void finish(World world, int how) {
        for (int round = 0; round < ENOUGH; round++) {
            boolean moved = false;
            for (int topic = 0; topic < 8; topic++) {
                while (world.deliver(topic)) {
                    moved = true;
                }
            }
            moved |= world.payment.capture();
            moved |= world.payment.answer(how, false);
            moved |= world.payment.settle();
            if (!moved && !world.waitForTimer()) {
                return;
            }
        }
        throw new AssertionError("it never ends");
    }

    private static void note(World world, Set<Status> where) {
        if (world.state != null) {
            where.add(world.state.status());
        }
    }

    private static Duration waits(int how) {
        return switch (how % 4) {
            case 0 -> Duration.ofSeconds(1);
            case 1 -> Duration.ofSeconds(11);
            case 2 -> Duration.ofSeconds(31);
            default -> Duration.ofDays(8);
        };
    }

    private static Request request(int how) {
        return switch (how % 4) {
            case 0 -> new Request.Cancel(null);
            case 1 -> new Request.Retry();
            case 2 -> new Request.Refund("broken");
            default -> new Request.Dispatch();
        };
    }

    private static PlacedOrder order(long widgets) {
        return new PlacedOrder(
                World.ORDER,
                "u-1",
                "pm-1",
                null,
                "USD",
                "main",
                List.of(new PlacedOrder.Item("widget", widgets, 2_500), new PlacedOrder.Item("bolt", 1, 999)),
                Instant.parse("2026-03-01T09:00:00Z"));
    }
}
