package dev.orderflow.order.saga.model;

import dev.orderflow.order.saga.Shortage;
import dev.orderflow.order.saga.StockFact;
import java.util.List;
import java.util.function.Consumer;

/** Inventory as the saga may rely on it: idempotent, with a tombstone for a release that overtakes its reservation. */
final class ModelInventory {

    enum Hold {
        NONE,
        HELD,
        COMMITTED,
        REJECTED,
        RELEASED
    }

    private final boolean isShort;
    private final Consumer<StockFact> facts;
    private boolean gaveBack;

    Hold hold = Hold.NONE;

    ModelInventory(boolean isShort, Consumer<StockFact> facts) {
        this.isShort = isShort;
        this.facts = facts;
    }

    void reserve() {
        if (hold == Hold.NONE) {
            hold = isShort ? Hold.REJECTED : Hold.HELD;
        }
        facts.accept(
                switch (hold) {
                    case HELD, COMMITTED -> new StockFact.Reserved();
                    case REJECTED -> new StockFact.Rejected(List.of(new Shortage("widget", 2, 1)));
                    case NONE, RELEASED -> new StockFact.Released(gaveBack);
                });
    }

    void release(boolean unlessDone) {
        boolean held = hold == Hold.HELD || hold == Hold.COMMITTED;
        if (held && unlessDone) {
            facts.accept(new StockFact.Reserved());
            return;
        }
        gaveBack |= held;
        hold = Hold.RELEASED;
        facts.accept(new StockFact.Released(gaveBack));
    }

    void commit() {
        switch (hold) {
            case HELD, COMMITTED -> {
                hold = Hold.COMMITTED;
                facts.accept(new StockFact.Committed());
            }
            case RELEASED -> {}
            case NONE, REJECTED -> throw new AssertionError("stock is to be committed that is " + hold);
        }
    }
}
