package dev.orderflow.schemas;

import static dev.orderflow.schemas.Topic.Visibility.DEAD_LETTERS;
import static dev.orderflow.schemas.Topic.Visibility.INTERNAL;
import static dev.orderflow.schemas.Topic.Visibility.PUBLIC;

import dev.orderflow.events.InventoryCommand;
import dev.orderflow.events.InventoryEvent;
import dev.orderflow.events.LoyaltyChange;
import dev.orderflow.events.LoyaltyEntry;
import dev.orderflow.events.OrderAccepted;
import dev.orderflow.events.OrderCancelled;
import dev.orderflow.events.OrderCompleted;
import dev.orderflow.events.OrderConfirmed;
import dev.orderflow.events.OrderPlaced;
import dev.orderflow.events.OrderRefunded;
import dev.orderflow.events.OrderRequest;
import dev.orderflow.events.OrderView;
import dev.orderflow.events.PaymentCommand;
import dev.orderflow.events.PaymentControl;
import dev.orderflow.events.PaymentEvent;
import dev.orderflow.events.PaymentWebhook;
import dev.orderflow.events.StockAdjustment;
import dev.orderflow.events.StockView;
import dev.orderflow.schemas.Topic.Storage;
import dev.orderflow.schemas.Topic.Storage.Compacted;
import dev.orderflow.schemas.Topic.Storage.Deleted;
import dev.orderflow.schemas.Topic.Storage.Kept;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.admin.NewTopic;

/** The topic catalogue: every topic of the product, from which topics are created and documented. */
public final class Topics {

    /** An order's records stay this long; the saga's dedup window is never shorter. */
    public static final Duration INPUT_RETENTION = Duration.ofDays(7);

    /** Public facts stay longer, so that a new consumer has something to start from. */
    public static final Duration PUBLIC_RETENTION = Duration.ofDays(30);

    private static final Deleted WEEK = new Deleted(INPUT_RETENTION);
    private static final Deleted MONTH = new Deleted(PUBLIC_RETENTION);
    private static final Storage FOREVER = new Kept();
    private static final Compacted COMPACTED = new Compacted();

    public static final Topic ORDER_PLACED = new Topic(
            "order.placed",
            "order",
            OrderPlaced.class,
            PUBLIC,
            WEEK,
            "HTTP API, outside producers",
            "what the shop asked for, untrusted");
    public static final Topic ORDER_ACCEPTED = new Topic(
            "order.accepted",
            "stock location",
            OrderAccepted.class,
            INTERNAL,
            WEEK,
            "order-saga",
            "priced order with its lines");
    public static final Topic INVENTORY_EVENTS = new Topic(
            "inventory.events",
            "order",
            InventoryEvent.class,
            INTERNAL,
            WEEK,
            "inventory",
            "StockReserved, StockRejected, StockReleased, StockCommitted, StockStands");
    public static final Topic PAYMENT_EVENTS = new Topic(
            "payment.events",
            "order",
            PaymentEvent.class,
            INTERNAL,
            WEEK,
            "payment",
            "PaymentCharged, PaymentDeclined, PaymentPending, PaymentHeld, PaymentCancelling, PaymentVoided,"
                    + " PaymentRefunded, PaymentAttemptFailed");
    public static final Topic INVENTORY_COMMANDS = new Topic(
            "inventory.commands",
            "stock location",
            InventoryCommand.class,
            INTERNAL,
            WEEK,
            "order-saga",
            "ReleaseStock, CommitStock");
    public static final Topic PAYMENT_COMMANDS = new Topic(
            "payment.commands",
            "order",
            PaymentCommand.class,
            INTERNAL,
            WEEK,
            "order-saga",
            "CancelPayment, RefundPayment, RetryPayment");
    public static final Topic PAYMENT_WEBHOOKS = new Topic(
            "payment.webhooks",
            "order",
            PaymentWebhook.class,
            INTERNAL,
            WEEK,
            "payment's HTTP side",
            "verified provider notifications");
    public static final Topic PAYMENT_CONTROLS = new Topic(
            "payment.controls",
            "provider",
            PaymentControl.class,
            INTERNAL,
            COMPACTED,
            "payment's HTTP side",
            "whether ops have paused a provider");
    public static final Topic ORDER_REQUESTS = new Topic(
            "order.requests",
            "order",
            OrderRequest.class,
            INTERNAL,
            WEEK,
            "HTTP API",
            "CancelOrder, RetryOrder, RefundOrder, DispatchOrder: what people ask of an order");
    public static final Topic STOCK_ADJUSTMENTS = new Topic(
            "stock.adjustments",
            "stock location",
            StockAdjustment.class,
            PUBLIC,
            MONTH,
            "inventory's HTTP side, outside producers",
            "restock, correction");
    public static final Topic ORDER_CONFIRMED = new Topic(
            "order.confirmed", "order", OrderConfirmed.class, PUBLIC, MONTH, "order-saga", "stock held, card charged");
    public static final Topic ORDER_CANCELLED = new Topic(
            "order.cancelled",
            "order",
            OrderCancelled.class,
            PUBLIC,
            MONTH,
            "order-saga",
            "ended without a sale, with the reason");
    public static final Topic ORDER_COMPLETED = new Topic(
            "order.completed", "order", OrderCompleted.class, PUBLIC, MONTH, "order-saga", "dispatched in full");
    public static final Topic ORDER_REFUNDED = new Topic(
            "order.refunded", "order", OrderRefunded.class, PUBLIC, MONTH, "order-saga", "paid back after completion");
    public static final Topic ORDER_VIEW = new Topic(
            "order.view",
            "order",
            OrderView.class,
            INTERNAL,
            COMPACTED,
            "order-saga",
            "the whole order as people see it, with its timeline");
    public static final Topic STOCK_VIEW = new Topic(
            "stock.view",
            "location / product",
            StockView.class,
            INTERNAL,
            COMPACTED,
            "inventory",
            "on hand, reserved, committed");
    public static final Topic LOYALTY_CHANGES = new Topic(
            "loyalty.changes",
            "a pseudonym of the customer",
            LoyaltyChange.class,
            INTERNAL,
            WEEK,
            "loyalty",
            "completed and refunded orders, on their way to their customer's account");
    public static final Topic LOYALTY_ENTRIES = new Topic(
            "loyalty.entries",
            "a pseudonym of the customer",
            LoyaltyEntry.class,
            PUBLIC,
            FOREVER,
            "loyalty",
            "points earned and taken back");

    private static final String ASIDE = ".dead-letters";
    private static final String AGAIN = ".redrives";

    public static final Topic ORDER_DEAD_LETTERS = deadLetters("order-saga");
    public static final Topic INVENTORY_DEAD_LETTERS = deadLetters("inventory");
    public static final Topic PAYMENT_DEAD_LETTERS = deadLetters("payment");
    public static final Topic NOTIFICATION_DEAD_LETTERS = deadLetters("notification");
    public static final Topic LOYALTY_DEAD_LETTERS = deadLetters("loyalty");
    public static final Topic ANALYTICS_DEAD_LETTERS = deadLetters("analytics");

    public static final Topic ORDER_REDRIVES = redrives("order-saga");
    public static final Topic INVENTORY_REDRIVES = redrives("inventory");
    public static final Topic PAYMENT_REDRIVES = redrives("payment");
    public static final Topic NOTIFICATION_REDRIVES = redrives("notification");
    public static final Topic LOYALTY_REDRIVES = redrives("loyalty");

    private static final List<Topic> ALL = List.of(
            ORDER_PLACED,
            ORDER_ACCEPTED,
            INVENTORY_EVENTS,
            PAYMENT_EVENTS,
            INVENTORY_COMMANDS,
            PAYMENT_COMMANDS,
            PAYMENT_WEBHOOKS,
            PAYMENT_CONTROLS,
            ORDER_REQUESTS,
            STOCK_ADJUSTMENTS,
            ORDER_CONFIRMED,
            ORDER_CANCELLED,
            ORDER_COMPLETED,
            ORDER_REFUNDED,
            ORDER_VIEW,
            STOCK_VIEW,
            LOYALTY_CHANGES,
            LOYALTY_ENTRIES,
            ORDER_DEAD_LETTERS,
            INVENTORY_DEAD_LETTERS,
            PAYMENT_DEAD_LETTERS,
            NOTIFICATION_DEAD_LETTERS,
            LOYALTY_DEAD_LETTERS,
            ANALYTICS_DEAD_LETTERS,
            ORDER_REDRIVES,
            INVENTORY_REDRIVES,
            PAYMENT_REDRIVES,
            NOTIFICATION_REDRIVES,
            LOYALTY_REDRIVES);

    private Topics() {}

    /** Every topic of the product, in the order of the documentation. */
    public static List<Topic> all() {
        return ALL;
    }

    /** The services that set records aside. */
    public static List<String> servicesWithDeadLetters() {
        return servicesOf(ASIDE);
    }

    /** Those of them that read dead letters again. */
    public static List<String> servicesWithRedrives() {
        return servicesOf(AGAIN);
    }

    /** How long a topic of this name keeps its records; empty for ever, and where there is none. */
    public static Optional<Duration> retention(String topic) {
        return ALL.stream()
                .filter(known -> known.name().equals(topic))
                .findFirst()
                .flatMap(known -> switch (known.storage()) {
                    case Deleted deleted -> Optional.of(deleted.retention());
                    case Kept _, Compacted _ -> Optional.empty();
                });
    }

    private static List<String> servicesOf(String suffix) {
        return ALL.stream()
                .map(Topic::name)
                .filter(name -> name.endsWith(suffix))
                .map(name -> name.substring(0, name.length() - suffix.length()))
                .toList();
    }

    /** All of them, to be created in this shape. */
    public static List<NewTopic> toCreate(int partitions, short replication) {
        return all().stream()
                .map(topic -> topic.toNewTopic(partitions, replication))
                .toList();
    }

    private static Topic deadLetters(String service) {
        return new Topic(
                service + ASIDE,
                "as the record",
                null,
                DEAD_LETTERS,
                MONTH,
                service,
                "the original bytes, with why, where and when in headers");
    }

    private static Topic redrives(String service) {
        return new Topic(
                service + AGAIN,
                "as the record",
                null,
                DEAD_LETTERS,
                MONTH,
                "HTTP API",
                "dead letters of " + service + " that are sent again, for " + service + " alone");
    }
}
