package dev.orderflow.order.recording;

import dev.orderflow.durable.PoisonException;
import dev.orderflow.durable.RetriableException;
import dev.orderflow.durable.runtime.DeadLetterHeaders;
import dev.orderflow.durable.runtime.EventHeaders;
import dev.orderflow.durable.runtime.KafkaConnection;
import dev.orderflow.durable.runtime.Routing;
import dev.orderflow.durable.wire.AvroSerdes;
import dev.orderflow.events.OrderView;
import dev.orderflow.order.recording.Kept.Kind;
import dev.orderflow.order.rehearsal.Activity;
import dev.orderflow.order.rehearsal.Recording;
import dev.orderflow.order.saga.OrderId;
import dev.orderflow.order.topology.RecordedAvro;
import dev.orderflow.order.topology.SagaDefinition;
import dev.orderflow.schemas.Topics;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * What Kafka has recorded of orders, up to the moment at which reading begins. Reads committed records only, joins no group,
 * commits no position and writes to no topic; what it has read waits in a temporary directory, until it is closed. For one
 * thread.
 */
public final class Recordings implements AutoCloseable {

    /** So many orders are in memory at once, as bytes. */
    private static final int ORDERS_AT_ONCE = 10_000;

    private static final Duration POLL = Duration.ofMillis(200);
    private static final int PATIENCE_MS = 20_000;
    private static final Duration SILENCE = Duration.ofMinutes(2);

    /** Longer than any topic keeps what the saga writes. */
    private static final Duration LONGEST = Duration.ofDays(60);

    private final KafkaConnection kafka;
    private final RecordedAvro avro;
    private final Scope scope;
    private final Slices slices;
    private final Span span;
    private final List<Activity> activities;
    private final Map<TopicPartition, Long> handled;
    private final Instant until = Instant.now();
    private long records;
    private long unreadable;
    private long rerouted;

    private Recordings(
            KafkaConnection kafka, RecordedAvro avro, Scope scope, Span span, Map<TopicPartition, Long> handled) {
        this.kafka = kafka;
        this.avro = avro;
        this.scope = scope;
        this.span = span;
        this.handled = handled;
        this.activities = span.activities(until, LONGEST);
        this.slices = new Slices(span.orders(), ORDERS_AT_ONCE);
    }

    /**
     * Reads all of it.
     *
     * @throws RetriableException when Kafka or the registry cannot be reached
     */
    public static Recordings read(KafkaConnection kafka, AvroSerdes serdes, Scope scope, ReadingProgress progress) {
        Map<TopicPartition, Long> handled = positions(kafka);
        try (KafkaConsumer<byte[], byte[]> consumer = consumer(kafka)) {
            Span span = Span.of(consumer, scope);
            Recordings recordings = new Recordings(kafka, new RecordedAvro(serdes), scope, span, handled);
            try {
                recordings.readAll(consumer, progress);
            } catch (RuntimeException failure) {
                recordings.close();
                throw failure;
            }
            return recordings;
        } catch (org.apache.kafka.common.errors.TimeoutException unreached) {
            throw unreached(kafka, unreached);
        }
    }

    /** Hands over the orders, one after the other, in no order. */
    public void forEach(Consumer<Recording> sink) {
        for (int i = 0; i < slices.count(); i++) {
            for (Map.Entry<String, List<Kept>> order : slices.read(i).entrySet()) {
                Assembly.of(order.getKey(), order.getValue(), avro, activities.get(partitionOf(order.getKey())))
                        .ifPresent(sink);
            }
        }
    }

    /** How far it went. */
    public Reach reach() {
        return new Reach(span.from(), until, records, unreadable, rerouted, !handled.isEmpty());
    }

    /** Where the running saga is, as its group has committed it in one transaction with what it has written. */
    private static Map<TopicPartition, Long> positions(KafkaConnection kafka) {
        Map<String, Object> properties = new HashMap<>(kafka.clientProperties());
        properties.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, PATIENCE_MS);
        properties.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, PATIENCE_MS / 2);
        try (Admin admin = Admin.create(properties)) {
            Map<TopicPartition, Long> positions = new HashMap<>();
            // Alone it has a group of its own; with services that share its transactions it has one with them.
            for (String group : List.of(kafka.applicationId(SagaDefinition.SERVICE), kafka.prefix())) {
                positions(admin, group)
                        .forEach((partition, position) -> positions.merge(partition, position, Math::max));
            }
            return Map.copyOf(positions);
        } catch (ExecutionException failure) {
            throw unreached(kafka, failure.getCause() == null ? failure : failure.getCause());
        } catch (TimeoutException late) {
            throw unreached(kafka, late);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw unreached(kafka, interrupted);
        }
    }

    private static Map<TopicPartition, Long> positions(Admin admin, String group)
            throws ExecutionException, TimeoutException, InterruptedException {
        Map<TopicPartition, Long> positions = new HashMap<>();
        try {
            Map<TopicPartition, @Nullable OffsetAndMetadata> committed = admin.listConsumerGroupOffsets(group)
                    .partitionsToOffsetAndMetadata()
                    .get(2L * PATIENCE_MS, TimeUnit.MILLISECONDS);
            committed.forEach((partition, position) -> {
                if (position != null) {
                    positions.put(partition, position.offset());
                }
            });
        } catch (ExecutionException failure) {
            if (!(failure.getCause() instanceof GroupIdNotFoundException)) {
                throw failure;
            }
        }
        return positions;
    }

    private static RetriableException unreached(KafkaConnection kafka, Throwable cause) {
        return new RetriableException(
                "Kafka does not answer at " + kafka.bootstrap() + " (" + cause.getMessage() + ")", cause);
    }

    private static KafkaConsumer<byte[], byte[]> consumer(KafkaConnection kafka) {
        Map<String, Object> properties = new HashMap<>(kafka.clientProperties());
        properties.put(ConsumerConfig.CLIENT_ID_CONFIG, kafka.applicationId("rehearsal"));
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 2_000);
        properties.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, PATIENCE_MS);
        return new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private void readAll(KafkaConsumer<byte[], byte[]> consumer, ReadingProgress progress) {
        progress.begins(span.size());
        Map<TopicPartition, Long> open = new HashMap<>(span.ends());
        open.keySet()
                .forEach(partition -> consumer.seek(partition, span.starts().getOrDefault(partition, 0L)));
        long heard = System.nanoTime();
        while (true) {
            Set<TopicPartition> done = Set.copyOf(open.keySet().stream()
                    .filter(partition -> consumer.position(partition) >= open.getOrDefault(partition, 0L))
                    .toList());
            consumer.pause(done);
            open.keySet().removeAll(done);
            if (open.isEmpty()) {
                return;
            }
            int read = 0;
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                TopicPartition partition = new TopicPartition(record.topic(), record.partition());
                if (record.offset() < open.getOrDefault(partition, 0L)) {
                    take(record);
                    read++;
                }
            }
            records += read;
            progress.read(read);
            if (read > 0 || !done.isEmpty()) {
                heard = System.nanoTime();
            } else if (System.nanoTime() - heard > SILENCE.toNanos()) {
                throw new RetriableException("Kafka at " + kafka.bootstrap() + " has sent nothing for "
                        + SILENCE.toMinutes() + " minutes, and " + open.keySet() + " are not read to their ends");
            }
        }
    }

    private void take(ConsumerRecord<byte[], byte[]> record) {
        String topic = record.topic();
        if (RecordedAvro.inputs().contains(topic)) {
            input(record);
        } else if (RecordedAvro.outputs().contains(topic)) {
            sent(record);
        } else if (topic.equals(Topics.ORDER_VIEW.name())) {
            view(record);
        } else if (topic.equals(Topics.ORDER_DEAD_LETTERS.name())) {
            deadLetter(record);
        } else {
            orderInside(record).ifPresent(order -> keep(Kept.redriven(order)));
        }
    }

    private void input(ConsumerRecord<byte[], byte[]> record) {
        Optional<String> order = orderOf(record.topic(), record.value());
        if (order.isEmpty()) {
            unreadable++;
        } else if (partitionOf(order.get()) != record.partition()) {
            rerouted++;
        } else {
            Long position = handled.get(new TopicPartition(record.topic(), record.partition()));
            boolean read = handled.isEmpty()
                    || (position != null && record.offset() < position)
                    || EventHeaders.isHandedTo(record.headers(), SagaDefinition.SERVICE);
            String id = EventHeaders.text(record.headers(), EventHeaders.ID);
            keep(new Kept(
                    Kind.INPUT,
                    order.get(),
                    record.topic(),
                    record.partition(),
                    record.offset(),
                    // Kafka Streams takes the time at which it reads a record that has none.
                    record.timestamp() < 0 ? until.toEpochMilli() : record.timestamp(),
                    read ? 1 : 0,
                    id == null ? "" : id,
                    ByteBuffer.wrap(record.value())));
        }
    }

    private void sent(ConsumerRecord<byte[], byte[]> record) {
        String id = EventHeaders.text(record.headers(), "ce_id");
        String type = EventHeaders.text(record.headers(), "ce_type");
        int slash = id == null ? -1 : id.lastIndexOf('/');
        if (id == null || type == null || slash <= 0 || record.value() == null) {
            unreadable++;
            return;
        }
        String order = id.substring(0, slash);
        try {
            long sequence = Long.parseLong(id.substring(slash + 1));
            saw(order, record.timestamp());
            keep(new Kept(
                    Kind.SENT,
                    order,
                    record.topic(),
                    record.partition(),
                    record.offset(),
                    record.timestamp(),
                    sequence,
                    type,
                    ByteBuffer.wrap(record.value())));
        } catch (NumberFormatException notOurs) {
            unreadable++;
        }
    }

    private void view(ConsumerRecord<byte[], byte[]> record) {
        if (record.value() == null) {
            return;
        }
        OrderView view = avro.view(record.value());
        saw(view.getOrderId(), record.timestamp());
        Instant dispatchDueAt = view.getDispatchDueAt();
        keep(new Kept(
                Kind.VIEW,
                view.getOrderId(),
                record.topic(),
                record.partition(),
                record.offset(),
                dispatchDueAt == null ? -1 : dispatchDueAt.toEpochMilli(),
                view.getSequence(),
                "",
                ByteBuffer.wrap(Timelines.toBytes(RecordedAvro.noted(view)))));
    }

    private void deadLetter(ConsumerRecord<byte[], byte[]> record) {
        Optional<String> order = orderInside(record);
        String topic = EventHeaders.text(record.headers(), DeadLetterHeaders.TOPIC);
        String reason = EventHeaders.text(record.headers(), DeadLetterHeaders.REASON);
        Optional<Long> partition = DeadLetterHeaders.number(record.headers(), DeadLetterHeaders.PARTITION);
        Optional<Long> offset = DeadLetterHeaders.number(record.headers(), DeadLetterHeaders.OFFSET);
        if (order.isPresent() && topic != null && reason != null && partition.isPresent() && offset.isPresent()) {
            saw(order.get(), record.timestamp());
            keep(new Kept(
                    Kind.SET_ASIDE,
                    order.get(),
                    topic,
                    partition.get().intValue(),
                    offset.get(),
                    setAsideAt(record).toEpochMilli(),
                    0,
                    reason,
                    Kept.NOTHING));
        }
    }

    private static Instant setAsideAt(ConsumerRecord<byte[], byte[]> letter) {
        String time = EventHeaders.text(letter.headers(), DeadLetterHeaders.TIME);
        try {
            return time == null ? Instant.ofEpochMilli(letter.timestamp()) : Instant.parse(time);
        } catch (DateTimeParseException noTime) {
            return Instant.ofEpochMilli(letter.timestamp());
        }
    }

    /** The order that a dead letter is about, where its record can be read at all. */
    private Optional<String> orderInside(ConsumerRecord<byte[], byte[]> letter) {
        String topic = EventHeaders.text(letter.headers(), DeadLetterHeaders.TOPIC);
        return topic == null || !RecordedAvro.inputs().contains(topic)
                ? Optional.empty()
                : orderOf(topic, letter.value());
    }

    private Optional<String> orderOf(String topic, byte @Nullable [] value) {
        if (value == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(avro.orderOf(topic, value)).filter(OrderId::isValid);
        } catch (PoisonException poison) {
            return Optional.empty();
        }
    }

    private void saw(String order, long time) {
        activities.get(partitionOf(order)).saw(Instant.ofEpochMilli(time));
    }

    private int partitionOf(String order) {
        return Routing.partitionOf(order, span.partitions());
    }

    private void keep(Kept record) {
        if (scope.has(record.orderId())) {
            slices.add(record);
        }
    }

    @Override
    public void close() {
        slices.close();
    }
}
