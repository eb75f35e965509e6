package dev.orderflow.payment.control;

import dev.orderflow.durable.RetriableException;
import dev.orderflow.durable.ServicePart;
import dev.orderflow.durable.runtime.EventHeaders;
import dev.orderflow.durable.runtime.KafkaConnection;
import dev.orderflow.durable.runtime.Routing;
import dev.orderflow.durable.view.TopicReader;
import dev.orderflow.durable.wire.AvroSerdes;
import dev.orderflow.events.PaymentControl;
import dev.orderflow.schemas.Topics;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * The pause switch of one provider. It is kept in a compacted topic that every instance reads, so it holds for all of them
 * and survives a restart; until an instance has read it, it is taken for paused. Safe for use by several threads.
 */
public final class PauseSwitch implements ServicePart {

    private static final String SOURCE = "/orderflow/payment/http";
    private static final Duration DELIVER_WITHIN = Duration.ofSeconds(10);
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(2);
    private static final long BUFFER_BYTES = 1024 * 1024;
    private static final Optional<String> NOT_READ =
            Optional.of("It is not known yet whether ops have paused the provider");

    private final String provider;
    private final AvroSerdes serdes;
    private final Producer<byte[], byte[]> producer;
    private final InstantSource clock;
    private final @Nullable TopicReader<PaymentControl> reader;
    private volatile State state = State.NEVER_SWITCHED;

    /**
     * How it stands.
     *
     * @param reason why it is paused, where somebody has said so
     * @param changedAt when it was switched; null when it never was
     */
    public record State(
            boolean paused,
            @Nullable String reason,
            @Nullable Instant changedAt) {

        private static final State NEVER_SWITCHED = new State(false, null, null);

        private Optional<String> pause() {
            return paused ? Optional.of("Paused by ops" + (reason == null ? "" : ": " + reason)) : Optional.empty();
        }
    }

    private PauseSwitch(
            String provider,
            AvroSerdes serdes,
            Producer<byte[], byte[]> producer,
            InstantSource clock,
            @Nullable KafkaConnection kafka) {
        this.provider = provider;
        this.serdes = serdes;
        this.producer = producer;
        this.clock = clock;
        this.reader = kafka == null
                ? null
                : new TopicReader<>(
                        kafka, serdes, Topics.PAYMENT_CONTROLS.name(), PaymentControl.class, this::take, () -> {});
    }

    /** The switch of a provider, which has not begun to read. */
    public static PauseSwitch connect(String provider, KafkaConnection kafka, AvroSerdes serdes) {
        Map<String, Object> properties = new HashMap<>(kafka.clientProperties());
        int timeout = Math.toIntExact(DELIVER_WITHIN.toMillis());
        properties.put(ProducerConfig.CLIENT_ID_CONFIG, "payment-controls");
        properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        properties.put(ProducerConfig.BUFFER_MEMORY_CONFIG, BUFFER_BYTES);
        properties.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, timeout);
        properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, timeout / 2);
        properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, timeout);
        return new PauseSwitch(
                provider,
                serdes,
                new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer()),
                InstantSource.system(),
                kafka);
    }

    /** A switch that knows only what is handed to it. */
    static PauseSwitch unconnected(
            String provider, AvroSerdes serdes, Producer<byte[], byte[]> producer, InstantSource clock) {
        return new PauseSwitch(provider, serdes, producer, clock, null);
    }

    /** Begins to read how it was left. */
    @Override
    public void start() {
        if (reader != null) {
            reader.start();
        }
    }

    /** Its provider. */
    public String provider() {
        return provider;
    }

    /** How it stands, as far as is known here. */
    public State state() {
        return state;
    }

    /** Why no call may begin now; empty when it may. */
    public Optional<String> pause() {
        return reader == null || reader.isReady() ? state.pause() : NOT_READ;
    }

    /**
     * Switches it, for every instance; they follow within moments.
     *
     * @param reason why, for people
     * @throws RetriableException when it could not be written, or it is not known whether it was
     */
    public State set(boolean paused, @Nullable String reason) throws InterruptedException {
        Instant now = clock.instant();
        PaymentControl control = new PaymentControl(provider, paused, reason, now);
        String topic = Topics.PAYMENT_CONTROLS.name();
        try {
            producer.send(new ProducerRecord<>(
                            topic,
                            null,
                            now.toEpochMilli(),
                            Routing.keyBytes(provider),
                            serdes.serialize(topic, control),
                            EventHeaders.of(provider + "/" + now.toEpochMilli(), "PaymentControl", SOURCE, now, null)))
                    .get();
        } catch (ExecutionException | KafkaException failure) {
            throw new RetriableException("The switch could not be written to " + topic + ". Send it again.", failure);
        }
        take(control);
        return state;
    }

    /** What was switched elsewhere, or before. */
    synchronized void take(PaymentControl control) {
        State switched = new State(control.getPaused(), control.getReason(), control.getChangedAt());
        if (control.getProvider().equals(provider) && !isOlder(switched, state)) {
            state = switched;
        }
    }

    private static boolean isOlder(State one, State other) {
        Instant before = one.changedAt();
        Instant after = other.changedAt();
        return before != null && after != null && before.isBefore(after);
    }

    @Override
    public void close() {
        if (reader != null) {
            reader.close();
        }
        producer.close(CLOSE_WITHIN);
    }
}
