package dev.orderflow.durable.runtime;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;

/**
 * Whether the members of consumer groups can still reach Kafka. It goes by the heartbeats that they send in any case, of
 * which their clients keep the time: nothing runs for it, and nothing is sent. Immutable and thread-safe.
 */
public final class BrokerContact {

    private static final String HEARTBEAT = "last-heartbeat-seconds-ago";
    private static final String REBALANCE = "last-rebalance-seconds-ago";

    private final String bootstrap;
    private final Duration patience;
    private final InstantSource clock;

    /** Contact is lost when two heartbeats in a row could not be sent: a quarter of the session lies between them. */
    public BrokerContact(KafkaConnection kafka, InstantSource clock) {
        this.bootstrap = kafka.bootstrap();
        this.patience = kafka.sessionTimeout().dividedBy(2);
        this.clock = clock;
    }

    /**
     * What is missing, and since when, in words for people; empty while Kafka is reached, or nobody has joined a group yet.
     *
     * @param metrics of the clients that are members
     */
    public Optional<String> missing(Map<MetricName, ? extends Metric> metrics) {
        OptionalLong silence = metrics.keySet().stream()
                .filter(name -> name.name().equals(HEARTBEAT))
                .flatMapToLong(heartbeat -> silence(metrics, heartbeat).stream())
                .max();
        if (silence.isEmpty() || Duration.ofSeconds(silence.getAsLong()).compareTo(patience) <= 0) {
            return Optional.empty();
        }
        Instant since = clock.instant().truncatedTo(ChronoUnit.SECONDS).minusSeconds(silence.getAsLong());
        return Optional.of("no Kafka broker of " + bootstrap + " reached since " + since);
    }

    /** Since the last heartbeat of a member, or since it joined: the first heartbeat is not sent at once. */
    private static OptionalLong silence(Map<MetricName, ? extends Metric> metrics, MetricName heartbeat) {
        MetricName rebalance = new MetricName(REBALANCE, heartbeat.group(), "", heartbeat.tags());
        return Stream.of(heartbeat, rebalance)
                .map(metrics::get)
                .filter(Objects::nonNull)
                .mapToLong(metric -> ((Number) metric.metricValue()).longValue())
                .filter(seconds -> seconds >= 0)
                .min();
    }
}
