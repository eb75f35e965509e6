package dev.orderflow.local.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orderflow.durable.RetriableException;
import dev.orderflow.durable.settings.Settings;
import dev.orderflow.durable.wire.AvroSerdes;
import dev.orderflow.events.CancelReason;
import dev.orderflow.events.OrderAccepted;
import dev.orderflow.events.OrderCancelled;
import dev.orderflow.events.OrderCompleted;
import dev.orderflow.events.OrderConfirmed;
import dev.orderflow.events.OrderRefunded;
import dev.orderflow.events.PricedLine;
import dev.orderflow.events.StockView;
import dev.orderflow.local.client.Api;
import dev.orderflow.local.client.CommandException;
import dev.orderflow.schemas.Topic;
import dev.orderflow.schemas.Topics;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * What can be proved from the outside: the topics as any consumer reads them, the provider's own list of charges, and the
 * rows in ClickHouse. Confined to one thread.
 */
final class Evidence implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(200);
    private static final List<Topic> TOPICS = List.of(
            Topics.ORDER_ACCEPTED,
            Topics.ORDER_CONFIRMED,
            Topics.ORDER_COMPLETED,
            Topics.ORDER_CANCELLED,
            Topics.ORDER_REFUNDED,
            Topics.STOCK_VIEW);

    private final URI provider;
    private final Api api;
    private final AvroSerdes serdes;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Map<TopicPartition, Long> positions = new HashMap<>();
    private final Map<String, OrderFacts> orders = new HashMap<>();
    private final Map<String, Shelf> shelves = new HashMap<>();
    private Map<String, Verdict.Revenue> revenue = Map.of();

    Evidence(StackUnderChaos stack) {
        provider = stack.providerAddress();
        api = new Api(stack.address());
        serdes = AvroSerdes.from(Settings.of(Map.of("registry.url", stack.registryUrl())));
        consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        stack.bootstrap(),
                        "client.id",
                        "chaos",
                        "isolation.level",
                        "read_committed",
                        "enable.auto.commit",
                        false,
                        "auto.offset.reset",
                        "earliest",
                        "max.poll.records",
                        5_000,
                        "reconnect.backoff.max.ms",
                        500),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    /** Takes what is new in the topics; false where they cannot be read just now. */
    boolean refresh() {
        return isRead(this::readTopics);
    }

    /** Takes the provider's ledger and ClickHouse's rows as they are now; false where one of them cannot be read. */
    boolean readBooks() {
        return isRead(() -> {
            readLedger();
            readRevenue();
        });
    }

    private static boolean isRead(Runnable reading) {
        try {
            reading.run();
            return true;
        } catch (KafkaException | RetriableException | CommandException unreachable) {
            return false;
        }
    }

    Verdict judge(Collection<String> taken, Map<String, Long> adjusted) {
        return Verdict.of(taken, orders, shelves, adjusted, revenue);
    }

    private void readTopics() {
        if (consumer.assignment().isEmpty()) {
            List<TopicPartition> partitions = new ArrayList<>();
            TOPICS.forEach(topic -> consumer.partitionsFor(topic.name())
                    .forEach(info -> partitions.add(new TopicPartition(info.topic(), info.partition()))));
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
        }
        Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
        do {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                TopicPartition partition = new TopicPartition(record.topic(), record.partition());
                // A record that could not be decoded for want of a registry is read again.
                if (record.offset() < positions.getOrDefault(partition, 0L)) {
                    continue;
                }
                try {
                    take(record);
                } catch (RetriableException noRegistry) {
                    positions.forEach(consumer::seek);
                    consumer.seek(partition, record.offset());
                    throw noRegistry;
                }
                positions.put(partition, record.offset() + 1);
            }
        } while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue()));
    }

    private void take(ConsumerRecord<byte[], byte[]> record) {
        String topic = record.topic();
        if (record.value() == null) {
            return;
        }
        if (topic.equals(Topics.ORDER_ACCEPTED.name())) {
            OrderAccepted order = serdes.deserialize(topic, record.value(), OrderAccepted.class);
            OrderFacts facts = facts(order.getOrderId());
            if (!facts.accepted) {
                facts.accepted = true;
                facts.total = order.getTotals().getTotal();
                facts.currency = order.getTotals().getCurrency();
                for (PricedLine line : order.getLines()) {
                    facts.addPieces(line.getProductId(), line.getQuantity());
                }
            }
        } else if (topic.equals(Topics.ORDER_CONFIRMED.name())) {
            facts(serdes.deserialize(topic, record.value(), OrderConfirmed.class)
                            .getOrderId())
                    .confirmations++;
        } else if (topic.equals(Topics.ORDER_COMPLETED.name())) {
            facts(serdes.deserialize(topic, record.value(), OrderCompleted.class)
                            .getOrderId())
                    .completions++;
        } else if (topic.equals(Topics.ORDER_CANCELLED.name())) {
            OrderCancelled order = serdes.deserialize(topic, record.value(), OrderCancelled.class);
            OrderFacts facts = facts(order.getOrderId());
            facts.invalid |= order.getReason() == CancelReason.INVALID;
            facts.cancelled |= order.getReason() != CancelReason.INVALID;
        } else if (topic.equals(Topics.ORDER_REFUNDED.name())) {
            facts(serdes.deserialize(topic, record.value(), OrderRefunded.class).getOrderId()).refunded = true;
        } else {
            StockView view = serdes.deserialize(topic, record.value(), StockView.class);
            if (view.getStockLocation().equals(ChaosOrder.LOCATION)) {
                shelves.compute(
                        view.getProductId(),
                        (_, before) -> (before == null ? Shelf.EMPTY : before)
                                .counted(view.getOnHand(), view.getReserved(), view.getCommitted()));
            }
        }
    }

    private OrderFacts facts(String orderId) {
        return orders.computeIfAbsent(orderId, _ -> new OrderFacts());
    }

    /** All of it each time: what was charged before may be paid back by now. */
    private void readLedger() {
        Api ledger = new Api(provider);
        Map<String, int[]> counts = new HashMap<>();
        Map<String, Long> kept = new HashMap<>();
        String after = "0";
        boolean more = true;
        while (more) {
            Api.Answer page = ledger.get("/charges?limit=5000&after=" + after);
            if (page.status() != 200) {
                throw new CommandException("The ledger answers HTTP " + page.status());
            }
            for (JsonNode charge : page.body().path("data")) {
                if (!charge.path("status").asText().equals("succeeded")) {
                    continue;
                }
                String order = charge.path("orderId").asText();
                boolean refunded = charge.path("refunded").asBoolean();
                int[] count = counts.computeIfAbsent(order, _ -> new int[2]);
                count[0]++;
                count[1] += refunded ? 1 : 0;
                if (!refunded) {
                    kept.merge(order, charge.path("amount").asLong(), Long::sum);
                }
            }
            after = page.text("next");
            more = page.body().path("hasMore").asBoolean();
        }
        counts.forEach((order, count) -> {
            OrderFacts facts = facts(order);
            facts.captures = count[0];
            facts.refunds = count[1];
            facts.kept = kept.getOrDefault(order, 0L);
        });
    }

    private void readRevenue() {
        Api.Answer answer = api.get("/v0/pipes/revenue_dashboard.json?hours=48");
        if (answer.status() != 200) {
            throw new CommandException("Revenue answers HTTP " + answer.status());
        }
        Map<String, Verdict.Revenue> sums = new HashMap<>();
        for (JsonNode row : answer.body().path("data")) {
            Verdict.Revenue hour = new Verdict.Revenue(
                    row.path("order_count").asLong(), row.path("revenue_minor").asLong());
            sums.merge(row.path("currency").asText(), hour, (a, b) -> a.plus(b.orders(), b.amount()));
        }
        revenue = sums;
    }

    @Override
    public void close() {
        consumer.close();
    }
}
