package dev.orderflow.order.saga.model;

import dev.orderflow.durable.wire.AvroSerdes;
import dev.orderflow.durable.wire.InMemoryRegistry;
import dev.orderflow.order.rehearsal.Activity;
import dev.orderflow.order.rehearsal.Input;
import dev.orderflow.order.rehearsal.Noted;
import dev.orderflow.order.rehearsal.Recording;
import dev.orderflow.order.rehearsal.Rendering;
import dev.orderflow.order.rehearsal.Sent;
import dev.orderflow.order.rehearsal.SetAside;
import dev.orderflow.order.saga.Decision;
import dev.orderflow.order.saga.Evidence;
import dev.orderflow.order.saga.Money;
import dev.orderflow.order.saga.OrderState;
import dev.orderflow.order.saga.SagaMessage;
import dev.orderflow.order.saga.TimelineEntry;
import dev.orderflow.order.topology.RecordedAvro;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** Records the life of one order as Kafka would. */
final class RecordingTape implements Tape {

    static final Rendering RENDERING = new RecordedAvro(AvroSerdes.with(new InMemoryRegistry()));

    private final boolean compacted;
    private final IdentityHashMap<Object, Instant> times = new IdentityHashMap<>();
    private final Map<String, Long> ends = new HashMap<>();
    private final Map<Evidence, Instant> read = new HashMap<>();
    private final List<Input> inputs = new ArrayList<>();
    private final List<Sent> sent = new ArrayList<>();
    private final List<SetAside> setAside = new ArrayList<>();
    private final List<Noted> noted = new ArrayList<>();
    private final Activity activity;
    private Money due;
    private Instant dispatchDueAt;

    /** @param compacted whether only the newest view is left */
    RecordingTape(Instant start, boolean compacted) {
        this.compacted = compacted;
        this.activity = new Activity(start.minus(Duration.ofMinutes(1)));
    }

    @Override
    public void written(Object content, Instant now) {
        times.putIfAbsent(content, now);
    }

    @Override
    public Evidence read(String topic, Object content) {
        Evidence place = new Evidence(topic, 0, ends.merge(topic, 1L, Long::sum) - 1);
        read.put(place, times.get(content));
        return place;
    }

    @Override
    public OrderState seen(OrderState shown) {
        return shown.status().closed() ? RENDERING.asSeen(shown) : shown;
    }

    @Override
    public void decided(SagaMessage message, Decision decision, Instant now) {
        Evidence place =
                switch (message) {
                    case SagaMessage.Placed placed -> placed.evidence();
                    case SagaMessage.OfStock stock -> stock.evidence();
                    case SagaMessage.OfPayment payment -> payment.evidence();
                    case SagaMessage.Asked asked -> asked.evidence();
                    case SagaMessage.TimerFired _ -> null;
                };
        if (place != null) {
            inputs.add(new Input(place, read.get(place), true, new Input.Content.Understood(message)));
        }
        sent.addAll(RENDERING.of(decision, now));
        switch (decision) {
            case Decision.Changed(OrderState order, var _, var outputs, long _, var _) -> {
                if (!outputs.isEmpty()) {
                    shown(order.timeline());
                    activity.saw(now);
                }
                due = new Money(
                        order.order().totals().total(), order.order().totals().currency());
                dispatchDueAt = order.dispatchDueAt();
            }
            case Decision.Rejected rejected -> {
                shown(rejected.order().timeline());
                activity.saw(now);
            }
            case Decision.Corrected _ -> activity.saw(now);
            case Decision.Unusable(String reason) -> {
                activity.saw(now);
                setAside.add(new SetAside(place, RENDERING.deadLetter(World.ORDER, place, reason, now)));
            }
            case Decision.Unchanged _ -> {}
        }
    }

    private void shown(List<TimelineEntry> timeline) {
        if (compacted) {
            noted.clear();
        }
        timeline.forEach(entry -> noted.add(new Noted(entry.sequence(), entry.at(), entry.evidence())));
    }

    Recording recording() {
        return new Recording(World.ORDER, inputs, sent, noted, setAside, false, due, dispatchDueAt, activity);
    }
}
