package dev.orderflow.order.topology;

import dev.orderflow.durable.PoisonException;
import dev.orderflow.durable.runtime.Message;
import dev.orderflow.durable.wire.AvroSerdes;
import dev.orderflow.events.InventoryCommand;
import dev.orderflow.events.InventoryEvent;
import dev.orderflow.events.OrderAccepted;
import dev.orderflow.events.OrderCancelled;
import dev.orderflow.events.OrderCompleted;
import dev.orderflow.events.OrderConfirmed;
import dev.orderflow.events.OrderPlaced;
import dev.orderflow.events.OrderRefunded;
import dev.orderflow.events.OrderRequest;
import dev.orderflow.events.OrderView;
import dev.orderflow.events.PaymentCommand;
import dev.orderflow.events.PaymentEvent;
import dev.orderflow.order.rehearsal.Input;
import dev.orderflow.order.rehearsal.Input.Content;
import dev.orderflow.order.rehearsal.Noted;
import dev.orderflow.order.rehearsal.Rendering;
import dev.orderflow.order.rehearsal.Sent;
import dev.orderflow.order.rehearsal.Value;
import dev.orderflow.order.saga.ClosedOrder;
import dev.orderflow.order.saga.Decision;
import dev.orderflow.order.saga.Evidence;
import dev.orderflow.order.saga.Money;
import dev.orderflow.order.saga.OrderState;
import dev.orderflow.order.saga.Output;
import dev.orderflow.order.saga.SagaMessage;
import dev.orderflow.order.topology.OutboundAvro.Outbound;
import dev.orderflow.schemas.Topics;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** What the saga has read and written, from its topics, to be rehearsed. Safe for use by several threads. */
public final class RecordedAvro implements Rendering {

    private static final String DEAD_LETTERS = Topics.ORDER_DEAD_LETTERS.name();

    private static final Map<String, Reading<?>> INPUTS = Map.of(
            Topics.ORDER_PLACED.name(),
            new Reading<>(OrderPlaced.class, OrderPlaced::getOrderId, InboundAvro::placed),
            Topics.INVENTORY_EVENTS.name(),
            new Reading<>(InventoryEvent.class, InventoryEvent::getOrderId, InboundAvro::stock),
            Topics.PAYMENT_EVENTS.name(),
            new Reading<>(PaymentEvent.class, PaymentEvent::getOrderId, InboundAvro::payment),
            Topics.ORDER_REQUESTS.name(),
            new Reading<>(OrderRequest.class, OrderRequest::getOrderId, InboundAvro::asked));

    private static final Map<String, Class<? extends SpecificRecord>> OUTPUTS = Map.of(
            Topics.ORDER_ACCEPTED.name(), OrderAccepted.class,
            Topics.INVENTORY_COMMANDS.name(), InventoryCommand.class,
            Topics.PAYMENT_COMMANDS.name(), PaymentCommand.class,
            Topics.ORDER_CONFIRMED.name(), OrderConfirmed.class,
            Topics.ORDER_CANCELLED.name(), OrderCancelled.class,
            Topics.ORDER_COMPLETED.name(), OrderCompleted.class,
            Topics.ORDER_REFUNDED.name(), OrderRefunded.class);

    private final AvroSerdes serdes;

    /** @param serdes for reading; nothing is written */
    public RecordedAvro(AvroSerdes serdes) {
        this.serdes = serdes;
    }

    private record Reading<T extends SpecificRecord>(
            Class<T> type, Function<T, String> key, Function<Message<T>, SagaMessage> conversion) {

        String orderId(AvroSerdes serdes, String topic, byte[] value) {
            return key.apply(serdes.deserialize(topic, value, type));
        }

        SagaMessage message(AvroSerdes serdes, Evidence place, Instant written, byte[] bytes) {
            T value = serdes.deserialize(place.topic(), bytes, type);
            return conversion.apply(new Message<>(
                    value,
                    key.apply(value),
                    place.topic(),
                    place.partition(),
                    place.offset(),
                    written,
                    new RecordHeaders(),
                    ByteBuffer.wrap(bytes).asReadOnlyBuffer()));
        }
    }

    /** The topics that the saga reads. */
    public static Set<String> inputs() {
        return INPUTS.keySet();
    }

    /** The topics that it writes, without those of views and dead letters. */
    public static Set<String> outputs() {
        return OUTPUTS.keySet();
    }

    /**
     * The order that a record is about which the saga reads.
     *
     * @throws PoisonException when the saga cannot read it either
     * @throws dev.orderflow.durable.RetriableException when the registry cannot be reached
     */
    public String orderOf(String topic, byte[] value) {
        Reading<?> reading = INPUTS.get(topic);
        if (reading == null) {
            throw new PoisonException(topic + " is no input of the saga");
        }
        return reading.orderId(serdes, topic, value);
    }

    /**
     * A record that the saga reads.
     *
     * @param written the record's own time
     * @param handled whether the running saga is known to have read it
     * @throws dev.orderflow.durable.RetriableException when the registry cannot be reached
     */
    public Input input(Evidence place, Instant written, boolean handled, byte[] value) {
        Reading<?> reading = INPUTS.get(place.topic());
        if (reading == null) {
            throw new IllegalArgumentException(place.topic() + " is no input of the saga");
        }
        Content content;
        try {
            content = new Content.Understood(reading.message(serdes, place, written, value));
        } catch (PoisonException poison) {
            content = new Content.Refused(String.valueOf(poison.getMessage()));
        }
        return new Input(place, written, handled, content);
    }

    /**
     * A record that the saga has written.
     *
     * @param type {@code ce_type}
     * @param sequence from {@code ce_id}
     * @throws PoisonException when it cannot be read
     * @throws dev.orderflow.durable.RetriableException when the registry cannot be reached
     */
    public Sent sent(String topic, String type, long sequence, byte[] value) {
        Class<? extends SpecificRecord> expected = OUTPUTS.get(topic);
        if (expected == null) {
            throw new IllegalArgumentException(topic + " is no output of the saga");
        }
        return sent(topic, type, sequence, serdes.deserialize(topic, value, expected));
    }

    /** What an order was accepted for, by its record in {@code order.accepted}. */
    public Money due(byte[] accepted) {
        OrderAccepted order = serdes.deserialize(Topics.ORDER_ACCEPTED.name(), accepted, OrderAccepted.class);
        return new Money(order.getTotals().getTotal(), order.getTotals().getCurrency());
    }

    /**
     * A view as it was shown.
     *
     * @throws PoisonException when it cannot be read
     * @throws dev.orderflow.durable.RetriableException when the registry cannot be reached
     */
    public OrderView view(byte[] value) {
        return serdes.deserialize(Topics.ORDER_VIEW.name(), value, OrderView.class);
    }

    /** The timeline of a view. */
    public static List<Noted> noted(OrderView view) {
        return view.getTimeline().stream()
                .map(entry -> new Noted(
                        entry.getSequence(),
                        entry.getAt(),
                        entry.getTopic() == null
                                ? null
                                : new Evidence(
                                        entry.getTopic(), entry.getPartition(), entry.getOffset(), entry.getEventId())))
                .toList();
    }

    @Override
    public List<Sent> of(Decision decision, Instant now) {
        return switch (decision) {
            case Decision.Changed changed -> {
                List<Sent> sent = new ArrayList<>(changed.outputs().size());
                OrderView view = ViewAvro.view(changed.order());
                long sequence = changed.firstSequence();
                for (Output output : changed.outputs()) {
                    if (!(output instanceof Output.View)) {
                        sent.add(sent(OutboundAvro.of(output, changed.order(), view), sequence));
                    }
                    sequence++;
                }
                yield sent;
            }
            case Decision.Rejected rejected ->
                List.of(sent(
                        OutboundAvro.rejected(rejected.order()),
                        rejected.order().sequence() - 1));
            case Decision.Corrected(ClosedOrder next, Output command, String _) ->
                List.of(sent(OutboundAvro.command(command, next.orderId(), next.acceptedAt(), now), next.sequence()));
            case Decision.Unchanged _, Decision.Unusable _ -> List.of();
        };
    }

    @Override
    public Sent deadLetter(String orderId, Evidence place, String reason, Instant now) {
        return refused(place, SagaHandler.deadLetterReason(orderId, reason), now);
    }

    @Override
    public Sent refused(Evidence place, String reason, Instant now) {
        SequencedMap<String, Value> content = new LinkedHashMap<>();
        content.put("reason", new Value(reason, false));
        return new Sent(DEAD_LETTERS, "of " + place.topic(), 0, now, content);
    }

    @Override
    public OrderState asSeen(OrderState closed) {
        return ViewAvro.closed(ViewAvro.view(closed));
    }

    private static Sent sent(Outbound record, long sequence) {
        return sent(record.topic(), record.type(), sequence, record.value());
    }

    private static Sent sent(String topic, String type, long sequence, SpecificRecord value) {
        return new Sent(topic, type, sequence, decidedAt(value), AvroContent.of(value));
    }

    private static Instant decidedAt(SpecificRecord value) {
        return switch (value) {
            case OrderAccepted accepted -> accepted.getAcceptedAt();
            case InventoryCommand command -> command.getAt();
            case PaymentCommand command -> command.getAt();
            case OrderConfirmed confirmed -> confirmed.getConfirmedAt();
            case OrderCancelled cancelled -> cancelled.getCancelledAt();
            case OrderCompleted completed -> completed.getCompletedAt();
            case OrderRefunded refunded -> refunded.getRefundedAt();
            case SpecificRecord other ->
                throw new IllegalArgumentException(other.getSchema().getFullName() + " is no output of the saga");
        };
    }
}
