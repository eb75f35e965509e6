package dev.orderflow.notification.topology;

import dev.orderflow.durable.PoisonException;
import dev.orderflow.durable.effect.Effect;
import dev.orderflow.durable.effect.EffectOutcome;
import dev.orderflow.durable.runtime.DeadLetterHeaders;
import dev.orderflow.durable.runtime.EventHeaders;
import dev.orderflow.durable.runtime.Message;
import dev.orderflow.durable.runtime.Routing;
import dev.orderflow.durable.runtime.Task;
import dev.orderflow.durable.runtime.TaskHandler;
import dev.orderflow.durable.timer.Timer;
import dev.orderflow.events.MailSent;
import dev.orderflow.events.OrderCompleted;
import dev.orderflow.events.OrderRefunded;
import dev.orderflow.notification.message.MailKey;
import dev.orderflow.notification.message.MailKind;
import java.nio.charset.StandardCharsets;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.state.KeyValueStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Leads each event of one partition to its mail, once: a mail under way is an effect, one that was sent is in a store
 * for as long as its event may be read again, and one that was given up is a dead letter.
 */
public final class NotificationHandler implements TaskHandler {

    private static final Logger LOG = LoggerFactory.getLogger(NotificationHandler.class);
    private static final String FORGET = "forget";

    /** Which mail a dead letter stands for that was given up. */
    static final String MAIL = "dl_mail";

    private final Task task;
    private final NotificationSettings settings;
    private final KeyValueStore<String, MailSent> sent;
    private final FollowUps followUps;

    NotificationHandler(Task task, NotificationSettings settings) {
        this.task = task;
        this.settings = settings;
        this.sent = task.store(NotificationTopology.SENT, MailSent.class);
        this.followUps = new FollowUps(task, settings);
    }

    void completed(Message<OrderCompleted> message) {
        if (sentAfterAll(message)) {
            return;
        }
        String review = new MailKey(message.value().getOrderId(), MailKind.REVIEW).idempotencyKey();
        if (tell(message) && sent.get(review) == null) {
            followUps.completed(message);
        }
    }

    void refunded(Message<OrderRefunded> message) {
        if (sentAfterAll(message)) {
            return;
        }
        // First, since it counts however old the event is.
        followUps.refunded(message.value().getOrderId());
        boolean _ = tell(message);
    }

    void on(Message<? extends SpecificRecord> message) {
        if (!sentAfterAll(message)) {
            boolean _ = tell(message);
        }
    }

    /**
     * Whether somebody asks for a mail that was given up. That mail is sent, whatever its age, and nothing else: the others
     * that its event leads to were sent, or will be, and nobody may remember that any more.
     */
    private boolean sentAfterAll(Message<? extends SpecificRecord> message) {
        String key = EventHeaders.text(message.headers(), MAIL);
        if (key == null || !isRedriven(message)) {
            return false;
        }
        String orderId = Notices.of(message.value()).notice().orderId();
        if (followUps.isTakenBack(orderId, key)) {
            throw new PoisonException("Order " + orderId + " was paid back: nobody is asked for a review of it");
        }
        if (sent.get(key) == null) {
            task.effects().start(key, key, EventCopy.of(message).toPayload(), settings.retry());
        }
        return true;
    }

    private static boolean isRedriven(Message<?> message) {
        return EventHeaders.text(message.headers(), DeadLetterHeaders.REDRIVE_OF) != null;
    }

    /** Whether the event is news to somebody. */
    private boolean tell(Message<? extends SpecificRecord> message) {
        Notices.Addressed addressed = Notices.of(message.value());
        String key =
                new MailKey(addressed.notice().orderId(), addressed.notice().kind()).idempotencyKey();
        if (addressed.userId().isEmpty()) {
            LOG.debug("There is nobody to write {} to", key);
            return false;
        }
        if (message.timestamp().isBefore(task.now().minus(settings.maxAge()))) {
            if (isRedriven(message)) {
                throw new PoisonException("It is of " + message.timestamp() + ", and no news any more after "
                        + settings.maxAge() + " (mail.max-age)");
            }
            LOG.info("{} is of {} and no news any more", key, message.timestamp());
            return false;
        }
        if (sent.get(key) == null) {
            task.effects().start(key, key, EventCopy.of(message).toPayload(), settings.retry());
        }
        return true;
    }

    @Override
    public void onEffect(Effect effect, EffectOutcome outcome) {
        switch (outcome) {
            case EffectOutcome.Succeeded done -> {
                sent.put(effect.key(), new MailSent(task.now()));
                task.timers().schedule(effect.key(), FORGET, task.now().plus(settings.remembered()));
            }
            case EffectOutcome.WillRetry retry ->
                LOG.debug("{} is tried again at {}: {}", effect.key(), retry.retryAt(), retry.reason());
            case EffectOutcome.Refused refused -> giveUp(effect, refused.reason());
            case EffectOutcome.Exhausted exhausted ->
                giveUp(
                        effect,
                        "Tried " + (effect.tries() + 1) + " times since " + effect.startedAt() + ": "
                                + exhausted.reason());
        }
    }

    @Override
    public void onTimer(Timer timer) {
        if (!followUps.onTimer(timer)) {
            sent.delete(timer.id());
        }
    }

    private void giveUp(Effect effect, String reason) {
        EventCopy copy = EventCopy.from(effect.payload());
        RecordHeaders headers = new RecordHeaders();
        headers.add(MAIL, effect.key().getBytes(StandardCharsets.UTF_8));
        if (copy.timestamp() != null) {
            DeadLetterHeaders.withTimestamp(headers, copy.timestamp().toEpochMilli());
        }
        if (!copy.redriveOf().isEmpty()) {
            headers.add(DeadLetterHeaders.REDRIVE_OF, copy.redriveOf().getBytes(StandardCharsets.UTF_8));
        }
        if (!copy.eventId().isEmpty()) {
            headers.add("ce_id", copy.eventId().getBytes(StandardCharsets.UTF_8));
        }
        task.deadLetter(copy.origin(), Routing.keyBytes(copy.key()), copy.bytes(), headers, reason);
    }
}
