package dev.orderflow.order.saga.model;

import dev.orderflow.order.saga.PlacedOrder;
import dev.orderflow.order.saga.Request;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What may happen in the life of an order, by a number for each thing, and how all that is under way ends. */
final class History {

    /** More than an order can need: one that is still open then never ends. */
    private static final int ENOUGH = 2_000;

    private History() {}

    static void happen(World world, int what) {
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
    static void finish(World world, int how) {
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

    static PlacedOrder order(long widgets) {
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
