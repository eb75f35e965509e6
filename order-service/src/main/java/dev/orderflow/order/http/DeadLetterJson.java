package dev.orderflow.order.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import dev.orderflow.durable.PoisonException;
import dev.orderflow.durable.RetriableException;
import dev.orderflow.durable.TerminalException;
import dev.orderflow.durable.deadletter.DeadLetter;
import dev.orderflow.durable.deadletter.DeadLetterContent;
import dev.orderflow.durable.deadletter.DeadLetterCursor;
import dev.orderflow.durable.deadletter.DeadLetterPage;
import dev.orderflow.durable.deadletter.DeadLetters;
import dev.orderflow.durable.deadletter.Redrive;
import dev.orderflow.durable.wire.AvroSerdes;
import dev.orderflow.schemas.Topics;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** Dead letters as JSON. */
final class DeadLetterJson {

    private static final JsonFactory JSON = new JsonFactory();

    private final DeadLetters letters;
    private final AvroSerdes serdes;

    DeadLetterJson(DeadLetters letters, AvroSerdes serdes) {
        this.letters = letters;
        this.serdes = serdes;
    }

    /** What a piece of JSON consists of. */
    private interface Content {
        void write(JsonGenerator json) throws IOException;
    }

    byte[] page(DeadLetterPage page) {
        return object(json -> {
            json.writeArrayFieldStart("deadLetters");
            for (DeadLetter letter : page.letters()) {
                json.writeStartObject();
                letter(json, letter, page.sentAgain().get(letter.id()));
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeArrayFieldStart("services");
            for (String service : letters.services()) {
                json.writeString(service);
            }
            json.writeEndArray();
            json.writeStringField(
                    "nextCursor", page.next().map(DeadLetterCursor::toString).orElse(null));
        });
    }

    byte[] whole(DeadLetterContent content) {
        return object(json -> {
            letter(json, content.letter(), content.sentAgain().orElse(null));
            json.writeObjectFieldStart("headers");
            for (Header header : content.headers()) {
                json.writeStringField(
                        header.key(),
                        header.value() == null ? null : new String(header.value(), StandardCharsets.UTF_8));
            }
            json.writeEndObject();
            json.writeFieldName("value");
            Optional<String> decoded = content.value().flatMap(value -> decoded(content.letter(), value));
            if (decoded.isPresent()) {
                json.writeRawValue(decoded.get());
            } else {
                json.writeNull();
            }
            json.writeStringField(
                    "valueBase64",
                    content.value()
                            .map(value -> Base64.getEncoder().encodeToString(bytes(value)))
                            .orElse(null));
        });
    }

    static byte[] results(List<Redrive> results) {
        return object(json -> {
            json.writeArrayFieldStart("results");
            for (Redrive result : results) {
                json.writeStartObject();
                json.writeStringField("id", result.id().toString());
                switch (result) {
                    case Redrive.Sent sent -> {
                        json.writeBooleanField("sent", true);
                        json.writeStringField("sentAgainAt", sent.time().toString());
                        json.writeStringField("topic", sent.to().topic());
                        json.writeNumberField("partition", sent.to().partition());
                        json.writeNumberField("offset", sent.to().offset());
                    }
                    case Redrive.Refused refused -> {
                        json.writeBooleanField("sent", false);
                        json.writeStringField("why", refused.why());
                    }
                }
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }

    private void letter(JsonGenerator json, DeadLetter letter, @Nullable Instant sentAgain) throws IOException {
        json.writeStringField("id", letter.id().toString());
        json.writeStringField("service", letter.id().service());
        json.writeStringField("time", letter.time().toString());
        json.writeStringField("reason", letter.reason());
        json.writeStringField("topic", letter.origin().topic());
        json.writeNumberField("partition", letter.origin().partition());
        json.writeNumberField("offset", letter.origin().offset());
        json.writeStringField("key", letter.key());
        json.writeBooleanField("redrivable", letters.isRedrivable(letter));
        json.writeStringField("sentAgainAt", sentAgain == null ? null : sentAgain.toString());
    }

    /** What it says, where it can be read at all: many dead letters are ones that cannot. */
    private Optional<String> decoded(DeadLetter letter, ByteBuffer value) {
        String topic = letter.origin().topic();
        return Topics.all().stream()
                .filter(known -> known.name().equals(topic))
                .findFirst()
                .flatMap(known -> known.valueType())
                .flatMap(type -> decoded(topic, bytes(value), type));
    }

    private Optional<String> decoded(String topic, byte[] value, Class<? extends SpecificRecord> type) {
        try {
            String text = serdes.deserialize(topic, value, type).toString();
            return isJson(text) ? Optional.of(text) : Optional.empty();
        } catch (PoisonException | RetriableException | TerminalException unreadable) {
            return Optional.empty();
        }
    }

    /** Avro writes a record as JSON where it has no numbers that JSON does not know. */
    private static boolean isJson(String text) {
        try (JsonParser json = JSON.createParser(text)) {
            while (json.nextToken() != null) {
                // Only whether it can be read to its end counts.
                json.getText();
            }
            return true;
        } catch (IOException noJson) {
            return false;
        }
    }

    private static byte[] bytes(ByteBuffer value) {
        byte[] bytes = new byte[value.remaining()];
        value.duplicate().get(bytes);
        return bytes;
    }

    /** By way of a text, which turns half a character into a question mark, where writing bytes at once fails. */
    private static byte[] object(Content content) {
        StringWriter out = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            content.write(json);
            json.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }
}
