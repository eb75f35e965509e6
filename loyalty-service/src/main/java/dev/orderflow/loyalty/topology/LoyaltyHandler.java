package dev.orderflow.loyalty.topology;

import dev.orderflow.durable.PoisonException;
import dev.orderflow.durable.runtime.Message;
import dev.orderflow.durable.runtime.Sweep;
import dev.orderflow.durable.runtime.Task;
import dev.orderflow.durable.runtime.TaskHandler;
import dev.orderflow.durable.timer.Timer;
import dev.orderflow.events.Customer;
import dev.orderflow.events.LoyaltyChange;
import dev.orderflow.events.LoyaltyEntry;
import dev.orderflow.events.LoyaltyKind;
import dev.orderflow.events.OrderCompleted;
import dev.orderflow.events.OrderPointsRow;
import dev.orderflow.events.OrderRefunded;
import dev.orderflow.events.PointsAccount;
import dev.orderflow.events.Totals;
import dev.orderflow.loyalty.points.Change;
import dev.orderflow.loyalty.points.Entry;
import dev.orderflow.loyalty.points.Ledger;
import dev.orderflow.loyalty.points.OrderPoints;
import dev.orderflow.schemas.Topics;
import java.time.Instant;
import org.apache.kafka.streams.state.KeyValueStore;

/** Carries out for one partition what {@link Ledger} decides. */
public final class LoyaltyHandler implements TaskHandler {

    private final Task task;
    private final LoyaltySettings settings;
    private final KeyValueStore<String, PointsAccount> accounts;
    private final KeyValueStore<String, OrderPointsRow> orders;
    private final Sweep<OrderPointsRow> sweep;

    LoyaltyHandler(Task task, LoyaltySettings settings) {
        this.task = task;
        this.settings = settings;
        this.accounts = task.store(LoyaltyTopology.ACCOUNTS, PointsAccount.class);
        this.orders = task.store(LoyaltyTopology.ORDERS, OrderPointsRow.class);
        this.sweep = new Sweep<>(task, "sweep-orders", orders, this::isOver);
    }

    void onCompleted(Message<OrderCompleted> message) {
        OrderCompleted order = message.value();
        long points = worth(order.getOrderId(), order.getTotals());
        sendOn(order.getCustomer(), order.getOrderId(), LoyaltyKind.EARNED, points, order.getCompletedAt());
    }

    void onRefunded(Message<OrderRefunded> message) {
        OrderRefunded order = message.value();
        sendOn(order.getCustomer(), order.getOrderId(), LoyaltyKind.TAKEN_BACK, 0, order.getRefundedAt());
    }

    void onChange(Message<LoyaltyChange> message) {
        LoyaltyChange record = message.value();
        String customer = record.getCustomer();
        String orderKey = customer + "/" + record.getOrderId();
        PointsAccount account = accounts.get(customer);
        Ledger.Decision decision = Ledger.decide(
                OrderRows.read(orders.get(orderKey)), change(record), account == null ? 0 : account.getBalance());
        decision.next().ifPresent(next -> {
            orders.put(orderKey, OrderRows.write(next, task.now()));
            sweep.schedule();
        });
        for (Entry entry : decision.entries()) {
            accounts.put(customer, new PointsAccount(entry.balance()));
            emit(record, entry);
        }
    }

    @Override
    public void onTimer(Timer timer) {
        if (!sweep.run(timer)) {
            throw new IllegalStateException("No such timer: " + timer);
        }
    }

    private void sendOn(Customer customer, String orderId, LoyaltyKind kind, long points, Instant at) {
        if (customer.getUserId() == null) {
            // A customer who was forgotten has no account.
            return;
        }
        String pseudonym = settings.pseudonym().of(customer.getUserId());
        task.emit(
                Topics.LOYALTY_CHANGES.name(),
                pseudonym,
                new LoyaltyChange(pseudonym, orderId, kind, points, at),
                orderId + "/" + step(kind),
                "LoyaltyChange");
    }

    private void emit(LoyaltyChange change, Entry entry) {
        LoyaltyKind kind =
                switch (entry.kind()) {
                    case EARNED -> LoyaltyKind.EARNED;
                    case TAKEN_BACK -> LoyaltyKind.TAKEN_BACK;
                };
        task.emit(
                Topics.LOYALTY_ENTRIES.name(),
                change.getCustomer(),
                new LoyaltyEntry(
                        change.getCustomer(),
                        change.getOrderId(),
                        kind,
                        entry.points(),
                        entry.balance(),
                        change.getAt()),
                change.getOrderId() + "/" + step(kind),
                "LoyaltyEntry");
    }

    private boolean isOver(OrderPointsRow row, Instant now) {
        return row.getChangedAt().plus(settings.orderWindow()).isBefore(now);
    }

    private static String step(LoyaltyKind kind) {
        return switch (kind) {
            case EARNED -> "points-earned";
            case TAKEN_BACK -> "points-taken-back";
            case UNKNOWN -> throw new IllegalArgumentException("An unknown change has no name");
        };
    }

    private static long worth(String orderId, Totals totals) {
        try {
            return OrderPoints.worth(totals.getTotal(), totals.getDigits());
        } catch (IllegalArgumentException | ArithmeticException invalid) {
            throw new PoisonException("Order " + orderId + ": " + invalid.getMessage(), invalid);
        }
    }

    private static Change change(LoyaltyChange record) {
        try {
            return switch (record.getKind()) {
                case EARNED -> new Change.Completed(record.getPoints());
                case TAKEN_BACK -> new Change.Refunded();
                case UNKNOWN ->
                    throw new PoisonException("Order " + record.getOrderId()
                            + ": a change of a kind that this version does not know; redrive it to a newer one");
            };
        } catch (IllegalArgumentException invalid) {
            throw new PoisonException("Order " + record.getOrderId() + ": " + invalid.getMessage(), invalid);
        }
    }
}
