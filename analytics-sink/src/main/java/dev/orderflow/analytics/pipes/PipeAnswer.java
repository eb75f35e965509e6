package dev.orderflow.analytics.pipes;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.orderflow.analytics.batch.Partition;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Completes what ClickHouse answers in its JSON format, which is the shape of Tinybird's answers: a count that ClickHouse
 * leaves out where a query has no limit, and what the answer covers. Everything else stays byte for byte, numbers of any
 * size included.
 */
final class PipeAnswer {

    private static final JsonFactory JSON = new JsonFactory();
    private static final String ROWS = "rows";
    private static final String ROWS_BEFORE_LIMIT = "rows_before_limit_at_least";

    private PipeAnswer() {}

    static byte[] complete(byte[] answer, Coverage coverage) {
        try {
            Long rows = null;
            boolean limited = false;
            try (JsonParser parser = JSON.createParser(answer)) {
                parser.nextToken();
                while (parser.nextToken() == JsonToken.FIELD_NAME) {
                    String field = parser.currentName();
                    JsonToken value = parser.nextToken();
                    if (field.equals(ROWS) && value == JsonToken.VALUE_NUMBER_INT) {
                        rows = parser.getLongValue();
                    }
                    limited |= field.equals(ROWS_BEFORE_LIMIT);
                    parser.skipChildren();
                }
            }
            int end = answer.length - 1;
            while (answer[end] != '}') {
                end--;
            }
            ByteArrayOutputStream out = new ByteArrayOutputStream(answer.length + 512);
            out.write(answer, 0, end);
            out.write(',');
            byte[] more = more(limited ? null : rows, coverage);
            out.write(more, 1, more.length - 1);
            return out.toByteArray();
        } catch (IOException broken) {
            throw new UncheckedIOException("ClickHouse's answer is no JSON object", broken);
        }
    }

    private static byte[] more(@Nullable Long rows, Coverage coverage) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            if (rows != null) {
                json.writeNumberField(ROWS_BEFORE_LIMIT, rows);
            }
            if (coverage.freshnessMillis().isPresent()) {
                json.writeNumberField("freshness_ms", coverage.freshnessMillis().getAsLong());
            } else {
                json.writeNullField("freshness_ms");
            }
            json.writeArrayFieldStart("covered");
            for (Map.Entry<Partition, Long> covered : new TreeMap<>(coverage.nextOffsets()).entrySet()) {
                json.writeStartObject();
                json.writeStringField("topic", covered.getKey().topic());
                json.writeNumberField("partition", covered.getKey().number());
                json.writeNumberField("next_offset", covered.getValue());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        return out.toByteArray();
    }
}
