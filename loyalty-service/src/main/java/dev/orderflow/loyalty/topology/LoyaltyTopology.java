package dev.orderflow.loyalty.topology;

import dev.orderflow.durable.runtime.TaskDefinition;
import dev.orderflow.events.LoyaltyChange;
import dev.orderflow.events.LoyaltyEntry;
import dev.orderflow.events.OrderCompleted;
import dev.orderflow.events.OrderPointsRow;
import dev.orderflow.events.OrderRefunded;
import dev.orderflow.events.PointsAccount;
import dev.orderflow.schemas.Topics;

/**
 * What loyalty reads, keeps and writes. Orders come keyed by order, an account is keyed by its customer: each order is
 * sent on to its customer's partition, where the account has one writer.
 */
public final class LoyaltyTopology {

    /** The name of the service. */
    public static final String SERVICE = "loyalty";

    static final String ACCOUNTS = "accounts";
    static final String ORDERS = "orders";

    private LoyaltyTopology() {}

    public static TaskDefinition<LoyaltyHandler> definition(LoyaltySettings settings) {
        return TaskDefinition.named(SERVICE, task -> new LoyaltyHandler(task, settings))
                .input(
                        Topics.ORDER_COMPLETED.name(),
                        OrderCompleted.class,
                        OrderCompleted::getOrderId,
                        LoyaltyHandler::onCompleted)
                .input(
                        Topics.ORDER_REFUNDED.name(),
                        OrderRefunded.class,
                        OrderRefunded::getOrderId,
                        LoyaltyHandler::onRefunded)
                .input(
                        Topics.LOYALTY_CHANGES.name(),
                        LoyaltyChange.class,
                        LoyaltyChange::getCustomer,
                        LoyaltyHandler::onChange)
                .output(Topics.LOYALTY_CHANGES.name(), LoyaltyChange.class)
                .output(Topics.LOYALTY_ENTRIES.name(), LoyaltyEntry.class)
                .store(ACCOUNTS, PointsAccount.class)
                .store(ORDERS, OrderPointsRow.class)
                .timers()
                .relaxed()
                .build();
    }
}
