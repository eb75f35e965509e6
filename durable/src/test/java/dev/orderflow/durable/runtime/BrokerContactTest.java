package dev.orderflow.durable.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.junit.jupiter.api.Test;

class BrokerContactTest {

    private static final Instant NOW = Instant.parse("2026-11-20T10:00:30.400Z");

    private final BrokerContact contact = new BrokerContact(
            new KafkaConnection(
                    "broker:9092", "test", "1", Path.of("state"), (short) 1, 1, 0, Duration.ofSeconds(10), Map.of()),
            () -> NOW);

    @Test
    void shouldSayWhatIsMissingSinceWhen() {
        Map<MetricName, Metric> metrics = member("1", 2, 9_999);
        metrics.putAll(member("2", 6, 9_999));
        assertThat(contact.missing(metrics))
                .contains("no Kafka broker of broker:9092 reached since 2026-11-20T10:00:24Z");
    }

    @Test
    void shouldBearHeartbeatsThatAreALittleLate() {
        assertThat(contact.missing(member("1", 5, 9_999))).isEmpty();
    }

    /** A member that has just joined has sent no heartbeat, or none for as long as that took. */
    @Test
    void shouldCountFromWhenItJoined() {
        assertThat(contact.missing(member("1", -1, 2))).isEmpty();
        assertThat(contact.missing(member("1", 30, 2))).isEmpty();
        assertThat(contact.missing(member("1", -1, 6))).isPresent();
    }

    @Test
    void shouldSayNothingBeforeThereIsAMember() {
        assertThat(contact.missing(member("1", -1, -1))).isEmpty();
        assertThat(contact.missing(Map.of())).isEmpty();
    }

    private static Map<MetricName, Metric> member(String client, double heartbeatSecondsAgo, double joinedSecondsAgo) {
        Map<MetricName, Metric> metrics = new HashMap<>();
        add(metrics, "last-heartbeat-seconds-ago", client, heartbeatSecondsAgo);
        add(metrics, "last-rebalance-seconds-ago", client, joinedSecondsAgo);
        return metrics;
    }

    private static void add(Map<MetricName, Metric> metrics, String what, String client, double value) {
        MetricName name = new MetricName(what, "consumer-coordinator-metrics", "", Map.of("client-id", client));
        metrics.put(name, new Metric() {
            @Override
            public MetricName metricName() {
                return name;
            }

            @Override
            public Object metricValue() {
                return value;
            }
        });
    }
}
