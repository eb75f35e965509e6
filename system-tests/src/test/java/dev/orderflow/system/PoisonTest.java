package dev.orderflow.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A poison message of every kind on every input topic of a running stack: it is put aside, and nobody waits for it. */
final class PoisonTest {

    /** Who reads each topic, and has to put a poison message aside. */
    private static final Map<String, List<String>> READERS = Map.ofEntries(
            Map.entry("order.placed", List.of("order-saga")),
            Map.entry("order.requests", List.of("order-saga")),
            Map.entry("order.accepted", List.of("inventory")),
            Map.entry("inventory.commands", List.of("inventory")),
            Map.entry("stock.adjustments", List.of("inventory")),
            Map.entry("inventory.events", List.of("order-saga", "payment")),
            Map.entry("payment.commands", List.of("payment")),
            Map.entry("payment.webhooks", List.of("payment")),
            Map.entry("payment.events", List.of("order-saga")),
            Map.entry("order.confirmed", List.of("notification")),
            Map.entry("order.cancelled", List.of("notification")),
            Map.entry("order.completed", List.of("notification", "loyalty", "analytics")),
            Map.entry("order.refunded", List.of("notification", "loyalty", "analytics")),
            Map.entry("loyalty.changes", List.of("loyalty")));

    /** What a broker takes by default, less a batch's and a record's own bytes. */
    private static final int LARGEST = 1_048_588 - 128;

    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    static Path data;

    private static Stack stack;
    private static KafkaProducer<byte[], byte[]> producer;
    private static KafkaConsumer<byte[], byte[]> deadLetters;
    private static final List<ConsumerRecord<byte[], byte[]>> LETTERS = new ArrayList<>();
    private static int orders;

    enum Kind {
        RANDOM_BYTES,
        UNKNOWN_SCHEMA_ID,
        ANOTHER_TYPE,
        LARGEST_RECORD,
        NULL_KEY,
        NULL_VALUE
    }

    @BeforeAll
    static void up() {
        stack = Stack.up(data, "--set", "dispatch.duration=0s");
        Map<String, Object> connection = Map.of("bootstrap.servers", stack.bootstrap(), "max.request.size", 2_000_000);
        producer = new KafkaProducer<>(connection, new ByteArraySerializer(), new ByteArraySerializer());
        deadLetters = new KafkaConsumer<>(
                Map.of("bootstrap.servers", stack.bootstrap(), "isolation.level", "read_committed"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        List<TopicPartition> partitions = Stream.of(
                        "order-saga", "inventory", "payment", "notification", "loyalty", "analytics")
                .flatMap(service -> deadLetters.partitionsFor(service + ".dead-letters").stream())
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        deadLetters.assign(partitions);
        deadLetters.seekToBeginning(partitions);
        order();
    }

    @AfterAll
    static void down() {
        producer.close();
        deadLetters.close();
        stack.close();
    }

    static Stream<Arguments> poisons() {
        return READERS.keySet().stream()
                .sorted()
                .flatMap(topic -> Stream.of(Kind.values()).map(kind -> Arguments.of(topic, kind)));
    }

    @ParameterizedTest(name = "{1} on {0}")
    @MethodSource("poisons")
    void shouldPutItAsideWithTheReasonAndGoOn(String topic, Kind kind) throws Exception {
        List<RecordMetadata> sent = new ArrayList<>();
        for (int partition = 0; partition < producer.partitionsFor(topic).size(); partition++) {
            sent.add(send(topic, partition, kind));
        }

        order();

        for (RecordMetadata poison : sent) {
            for (String service : READERS.getOrDefault(topic, List.of())) {
                Eventually.within(LIMIT, () -> {
                    String reason = reason(service, poison);
                    assertThat(reason)
                            .as("reason of %s for %s", service, poison)
                            .isNotBlank();
                    if (kind == Kind.NULL_VALUE) {
                        assertThat(reason).contains("value");
                    }
                });
            }
        }
        assertThat(stack.get("/health/readiness").status()).isEqualTo(200);
    }

    @Test
    void shouldBeListedAndShownAndSentAgainToItsServiceAlone() throws Exception {
        RecordMetadata poison = send("order.confirmed", 0, Kind.UNKNOWN_SCHEMA_ID);
        String id = letterOf("notification", poison);

        assertThat(orderflow("dead-letters", "--service", "notification").output())
                .contains(id, "poison of order.confirmed", "1999999999");
        assertThat(orderflow("dead-letters", "show", id).output())
                .contains(id, "order.confirmed, partition 0, offset " + poison.offset(), "cannot be read");

        Stack.Finished redrive = orderflow("dead-letters", "redrive", id, "--reason", "tried once more");
        assertThat(redrive.output()).contains("1 sent again");
        assertThat(redrive.status()).isZero();
        Eventually.within(LIMIT, () -> {
            List<JsonNode> letters = new ArrayList<>();
            stack.get("/dead-letters?service=notification&limit=500")
                    .json()
                    .path("deadLetters")
                    .forEach(letters::add);
            assertThat(letters)
                    .filteredOn(letter -> letter.path("topic").asText().equals("order.confirmed")
                            && letter.path("offset").asLong() == poison.offset()
                            && !letter.path("id").asText().equals(id))
                    .as("the same once more, since nothing was mended")
                    .singleElement()
                    .satisfies(again -> {
                        JsonNode headers = stack.get(
                                        "/dead-letters/" + again.path("id").asText())
                                .json()
                                .path("headers");
                        assertThat(headers.path("dl_redrive_of").asText()).isEqualTo(id);
                        assertThat(headers.path("dl_redrive_reason").asText()).isEqualTo("tried once more");
                    });
        });
        Stack.Finished second = orderflow("dead-letters", "redrive", id);
        assertThat(second.output()).contains(id, "sent again at", "0 sent again, 1 not");
        assertThat(second.status()).isEqualTo(1);
        order();
    }

    /** The id under which a service lists what it has put aside. */
    private static String letterOf(String service, RecordMetadata poison) {
        List<String> found = new ArrayList<>();
        Eventually.within(LIMIT, () -> {
            for (JsonNode letter :
                    stack.get("/dead-letters?service=" + service).json().path("deadLetters")) {
                if (letter.path("topic").asText().equals(poison.topic())
                        && letter.path("partition").asInt() == poison.partition()
                        && letter.path("offset").asLong() == poison.offset()) {
                    found.add(letter.path("id").asText());
                }
            }
            assertThat(found).as("dead letters of %s", poison).isNotEmpty();
        });
        return found.getFirst();
    }

    private static Stack.Finished orderflow(String... arguments) {
        return Stack.run(Stream.concat(Stream.of(arguments), Stream.of("--url", stack.address()))
                .toArray(String[]::new));
    }

    private static RecordMetadata send(String topic, int partition, Kind kind)
            throws ExecutionException, InterruptedException {
        byte @Nullable [] key = kind == Kind.NULL_KEY ? null : "poison".getBytes(StandardCharsets.UTF_8);
        return producer.send(new ProducerRecord<>(topic, partition, key, value(topic, kind)))
                .get();
    }

    private static byte @Nullable [] value(String topic, Kind kind) {
        return switch (kind) {
            case RANDOM_BYTES, NULL_KEY -> bytes(200);
            case UNKNOWN_SCHEMA_ID ->
                ByteBuffer.allocate(40).put((byte) 0).putInt(1_999_999_999).array();
            case ANOTHER_TYPE -> anyRecord(topic.equals("stock.adjustments") ? "order.placed" : "stock.adjustments");
            case LARGEST_RECORD -> bytes(LARGEST);
            case NULL_VALUE -> null;
        };
    }

    private static byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        new Random(count).nextBytes(bytes);
        return bytes;
    }

    /** What somebody has written to a topic before: a valid record of its type. */
    private static byte[] anyRecord(String topic) {
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", stack.bootstrap(), "isolation.level", "read_committed"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            long end = System.nanoTime() + LIMIT.toNanos();
            while (System.nanoTime() < end) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                    // Poison of an earlier case is in there, too.
                    if (record.value() != null
                            && record.value().length < 2_000
                            && record.key() != null
                            && !new String(record.key(), StandardCharsets.UTF_8).equals("poison")) {
                        return record.value();
                    }
                }
            }
        }
        throw new AssertionError("There is no record on " + topic);
    }

    /** Why a service has put a record aside; empty when it has not. */
    private static String reason(String service, RecordMetadata poison) {
        deadLetters.poll(Duration.ofMillis(50)).forEach(LETTERS::add);
        return LETTERS.stream()
                .filter(letter -> letter.topic().equals(service + ".dead-letters"))
                .filter(letter -> header(letter, "dl_topic").equals(poison.topic())
                        && header(letter, "dl_partition").equals(Integer.toString(poison.partition()))
                        && header(letter, "dl_offset").equals(Long.toString(poison.offset())))
                .map(letter -> header(letter, "dl_reason"))
                .findFirst()
                .orElse("");
    }

    private static String header(ConsumerRecord<byte[], byte[]> letter, String name) {
        return letter.headers().lastHeader(name) == null
                ? ""
                : new String(letter.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    /** An order of somebody else is confirmed as if nothing had been. */
    private static void order() {
        String order = "{\"orderId\":\"after-poison-" + orders++ + "\",\"userId\":\"u1\",\"currency\":\"EUR\","
                + "\"stockLocation\":\"berlin\",\"items\":[{\"productId\":\"mug-blue\",\"quantity\":1,\"price\":1250}],"
                + "\"paymentMethodId\":\"pm_u1\"}";
        Eventually.within(LIMIT, () -> {
            Stack.Answer answer = stack.post("/orders", order, "Prefer", "wait=20");
            assertThat(answer.json().path("outcome").asText())
                    .as(answer.json().toString())
                    .isEqualTo("confirmed");
        });
    }
}
