package dev.orderflow.order.recording;

import dev.orderflow.order.rehearsal.Activity;
import dev.orderflow.order.rehearsal.Input;
import dev.orderflow.order.rehearsal.Noted;
import dev.orderflow.order.rehearsal.Recording;
import dev.orderflow.order.rehearsal.Sent;
import dev.orderflow.order.rehearsal.SetAside;
import dev.orderflow.order.saga.Evidence;
import dev.orderflow.order.saga.Money;
import dev.orderflow.order.topology.RecordedAvro;
import dev.orderflow.schemas.Topics;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Puts the records of one order together. For one thread. */
final class Assembly {

    private final RecordedAvro avro;
    private final List<Input> inputs = new ArrayList<>();
    private final List<Sent> sent = new ArrayList<>();
    private final Set<Noted> noted = new LinkedHashSet<>();
    private final List<SetAside> setAside = new ArrayList<>();
    private final Map<Event, Evidence> places = new HashMap<>();
    private boolean redriven;
    private @Nullable Money due;
    private long newestView = -1;
    private @Nullable Instant dispatchDueAt;

    private record Event(String topic, String id) {}

    private Assembly(RecordedAvro avro) {
        this.avro = avro;
    }

    /** Empty where nothing has come of it in what is read: the rest of it is older, and was not asked for. */
    static Optional<Recording> of(String orderId, List<Kept> records, RecordedAvro avro, Activity activity) {
        Assembly order = new Assembly(avro);
        records.forEach(order::take);
        if (order.inputs.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Recording(
                orderId,
                order.inputs,
                order.sent,
                order.noted.stream().map(order::placed).toList(),
                order.setAside,
                order.redriven,
                order.due,
                order.dispatchDueAt,
                activity));
    }

    /** With the place of its record, where it was noted before that was known. */
    private Noted placed(Noted entry) {
        Evidence evidence = entry.evidence();
        if (evidence == null || evidence.eventId() == null) {
            return entry;
        }
        Evidence place = places.getOrDefault(new Event(evidence.topic(), evidence.eventId()), evidence);
        return new Noted(entry.sequence(), entry.at(), place);
    }

    private void take(Kept record) {
        switch (record.kind()) {
            case INPUT -> {
                Evidence place = new Evidence(record.topic(), record.partition(), record.offset());
                places.putIfAbsent(new Event(record.topic(), record.text()), place);
                inputs.add(avro.input(place, Instant.ofEpochMilli(record.time()), record.number() > 0, record.bytes()));
            }
            case SENT -> {
                sent.add(avro.sent(record.topic(), record.text(), record.number(), record.bytes()));
                if (record.topic().equals(Topics.ORDER_ACCEPTED.name())) {
                    due = avro.due(record.bytes());
                }
            }
            case VIEW -> {
                noted.addAll(Timelines.of(record.bytes()));
                if (record.number() > newestView) {
                    newestView = record.number();
                    dispatchDueAt = record.time() < 0 ? null : Instant.ofEpochMilli(record.time());
                }
            }
            case SET_ASIDE -> {
                Evidence place = new Evidence(record.topic(), record.partition(), record.offset());
                setAside.add(
                        new SetAside(place, avro.refused(place, record.text(), Instant.ofEpochMilli(record.time()))));
            }
            case REDRIVEN -> redriven = true;
        }
    }
}
