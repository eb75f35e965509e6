package dev.orderflow.notification.topology;

import dev.orderflow.durable.runtime.Message;
import dev.orderflow.durable.runtime.Task;
import dev.orderflow.durable.timer.Timer;
import dev.orderflow.events.FollowUp;
import dev.orderflow.events.OrderCompleted;
import dev.orderflow.notification.message.MailKey;
import dev.orderflow.notification.message.MailKind;
import java.time.Instant;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Review requests: one some days after an order was completed, unless it is paid back before. Completed and refunded orders
 * come from different topics and so in any order, which is why a refund leaves a note.
 */
final class FollowUps {

    static final String STORE = "follow-ups";

    private static final String REVIEW = "review";
    private static final String FORGET_REFUND = "forget-refund";

    private final Task task;
    private final NotificationSettings settings;
    private final KeyValueStore<String, FollowUp> waiting;

    FollowUps(Task task, NotificationSettings settings) {
        this.task = task;
        this.settings = settings;
        this.waiting = task.store(STORE, FollowUp.class);
    }

    /** Sets the timer of an order, if it has none and was not paid back. */
    void completed(Message<OrderCompleted> message) {
        String orderId = message.value().getOrderId();
        if (settings.reviewAfter().isZero() || waiting.get(orderId) != null) {
            return;
        }
        Instant due = message.value().getCompletedAt().plus(settings.reviewAfter());
        waiting.put(orderId, new FollowUp(due, EventCopy.of(message).toPayload()));
        task.timers().schedule(orderId, REVIEW, due);
    }

    /** Takes the timer back, or the mail if it is due but could not be sent yet. */
    void refunded(String orderId) {
        FollowUp before = waiting.get(orderId);
        if (before != null && before.getEvent() != null) {
            task.timers().cancel(orderId, REVIEW, before.getDue());
        }
        task.effects().cancel(key(orderId));
        Instant forget = task.now().plus(settings.remembered());
        waiting.put(orderId, new FollowUp(forget, null));
        task.timers().schedule(orderId, FORGET_REFUND, forget);
    }

    /** Whether a mail is a review request that a refund has taken back, as long as that is remembered. */
    boolean isTakenBack(String orderId, String key) {
        FollowUp noted = waiting.get(orderId);
        return key.equals(key(orderId)) && noted != null && noted.getEvent() == null;
    }

    /** Whether a timer was one of these. */
    boolean onTimer(Timer timer) {
        return switch (timer.kind()) {
            case REVIEW -> {
                send(timer.id(), waiting.delete(timer.id()));
                yield true;
            }
            case FORGET_REFUND -> {
                waiting.delete(timer.id());
                yield true;
            }
            default -> false;
        };
    }

    private void send(String orderId, @Nullable FollowUp followUp) {
        if (followUp != null && followUp.getEvent() != null) {
            task.effects().start(key(orderId), key(orderId), followUp.getEvent(), settings.retry());
        }
    }

    private static String key(String orderId) {
        return new MailKey(orderId, MailKind.REVIEW).idempotencyKey();
    }
}
