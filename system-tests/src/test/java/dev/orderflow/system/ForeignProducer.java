package dev.orderflow.system;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * A producer as another team would write it with librdkafka: the released schema from its file, Confluent's wire format
 * by hand, and CRC32 of the key for the partition, where Java clients take murmur2.
 */
final class ForeignProducer implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final KafkaProducer<byte[], byte[]> producer;
    private final Schema schema;
    private final int schemaId;

    ForeignProducer(String bootstrap, String registry) throws IOException, InterruptedException {
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrap, "acks", "all"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        schema = new Schema.Parser().parse(Files.readString(newestContract()));
        schemaId = register(registry);
    }

    void send(String orderId, String userId, String productId, int quantity, long price) {
        GenericRecord customer =
                new GenericData.Record(schema.getField("customer").schema());
        customer.put("userId", userId);
        customer.put("paymentMethodId", "pm_" + userId);
        Schema itemSchema = schema.getField("items").schema().getElementType();
        GenericRecord item = new GenericData.Record(itemSchema);
        item.put("productId", productId);
        item.put("quantity", quantity);
        item.put("price", price);
        GenericRecord order = new GenericData.Record(schema);
        order.put("orderId", orderId);
        order.put("customer", customer);
        order.put("currency", "EUR");
        order.put("stockLocation", "berlin");
        order.put("items", new GenericData.Array<>(schema.getField("items").schema(), List.of(item)));
        order.put("placedAt", Instant.now().toEpochMilli());
        sendBytes(orderId, encode(order));
    }

    void sendBytes(String key, byte[] value) {
        byte[] keyBytes = key.getBytes(StandardCharsets.UTF_8);
        CRC32 crc = new CRC32();
        crc.update(keyBytes);
        int partitions = producer.partitionsFor("order.placed").size();
        int partition = (int) (crc.getValue() % partitions);
        var sent = producer.send(new ProducerRecord<>("order.placed", partition, keyBytes, value));
        producer.flush();
        sent.resultNow();
    }

    @Override
    public void close() {
        producer.close();
    }

    private byte[] encode(GenericRecord order) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(ByteBuffer.allocate(5).put((byte) 0).putInt(schemaId).array());
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
        try {
            new GenericDatumWriter<GenericRecord>(schema).write(order, encoder);
            encoder.flush();
        } catch (IOException impossible) {
            throw new AssertionError(impossible);
        }
        return out.toByteArray();
    }

    private int register(String registry) throws IOException, InterruptedException {
        String body = JSON.writeValueAsString(Map.of("schema", schema.toString()));
        HttpRequest request = HttpRequest.newBuilder(URI.create(registry + "/subjects/order.placed-value/versions"))
                .header("Content-Type", "application/vnd.schemaregistry.v1+json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            return JSON.readTree(response.body()).get("id").asInt();
        }
    }

    private static Path newestContract() throws IOException {
        Path released = Stack.HOME.resolve("schemas/released/order.placed-value");
        try (var files = Files.list(released)) {
            return files.sorted().reduce((older, newer) -> newer).orElseThrow();
        }
    }
}
