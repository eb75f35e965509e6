package dev.orderflow.local.chaos;

import dev.orderflow.local.client.CommandException;
import java.time.Duration;
import java.util.Locale;

/** What is killed to see how soon orders go on. */
enum RecoveryVictim {
    ORDER(2_500),
    INVENTORY(2_500),
    PAYMENT(2_500),
    BROKER(6_000),
    EVERYTHING(12_000);

    private final Duration goal;

    RecoveryVictim(long goalMillis) {
        goal = Duration.ofMillis(goalMillis);
    }

    /** In less than this an order that is placed after the kill is to be confirmed. */
    Duration goal() {
        return goal;
    }

    String title() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** As it is asked for. */
    @Override
    public String toString() {
        return title();
    }

    /** Kills it, and returns when that is done; everything is started again by this, and one part by its supervisor. */
    void kill(FaultTarget stack) {
        switch (this) {
            case ORDER, INVENTORY, PAYMENT, BROKER -> {
                if (!stack.kill(title())) {
                    throw new CommandException("There is no " + title() + " to kill");
                }
            }
            case EVERYTHING -> stack.killAllAndStart();
        }
    }
}
