package dev.orderflow.analytics.pipes;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.orderflow.analytics.clickhouse.ClickHouse;
import dev.orderflow.durable.RetriableException;
import dev.orderflow.durable.TerminalException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Answers questions about revenue over HTTP, in the shape of Tinybird's pipe endpoints. Safe for use by several threads. */
public final class Pipes {

    private static final JsonFactory JSON = new JsonFactory();
    private static final List<String> NAMES =
            List.of("revenue_dashboard", "top_products", "order_funnel", "order_latency", "failed_steps");
    private static final String DOCUMENTATION = "/v0/pipes";
    private static final Map<String, String> OPTIONS = Map.of(
            "output_format_json_quote_64bit_integers", "0",
            "output_format_json_quote_decimals", "0",
            "max_execution_time", "20",
            "readonly", "2");

    private final ClickHouse database;
    private final Function<Set<String>, Coverage> coverage;
    private final List<Pipe> pipes;

    /** @param coverage what is stored of some topics at the time of the call, or a little less */
    public Pipes(ClickHouse database, Function<Set<String>, Coverage> coverage) {
        this.database = database;
        this.coverage = coverage;
        this.pipes = NAMES.stream().map(PipeFile::load).toList();
    }

    /**
     * Runs a pipe.
     *
     * @param file name and ending, such as {@code revenue_dashboard.json}
     * @param query what the caller asked with
     * @throws PipeException when it cannot be answered
     */
    public Answer answer(String file, Map<String, String> query) {
        PipeFormat format = PipeFormat.of(file)
                .orElseThrow(() -> PipeException.notFound(
                        "'" + file + "' has no ending that is known here; there is " + PipeFormat.endings()));
        Pipe pipe = find(file.substring(0, file.length() - format.ending().length()));
        Map<String, @Nullable String> values = pipe.values(query);
        try {
            // What is covered is read first: the answer may hold more than it says, never less.
            Coverage covered = coverage.apply(pipe.topics());
            byte[] rows = database.formatted(pipe.sql(), values, format.format(), OPTIONS);
            byte[] body = format == PipeFormat.JSON ? PipeAnswer.complete(rows, covered) : rows;
            return new Answer(body, format.contentType(), covered);
        } catch (RetriableException away) {
            throw PipeException.unavailable("the analytics database is away: " + away.getMessage(), away);
        } catch (TerminalException refused) {
            throw PipeException.failed("pipe '" + pipe.name() + "' failed: " + refused.getMessage(), refused);
        }
    }

    /** All pipes with their parameters, as JSON in UTF-8. */
    public byte[] list() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            json.writeArrayFieldStart("pipes");
            for (Pipe pipe : pipes) {
                json.writeStartObject();
                json.writeStringField("name", pipe.name());
                json.writeStringField("description", pipe.description());
                json.writeStringField("url", "/v0/pipes/" + pipe.name() + PipeFormat.JSON.ending());
                json.writeArrayFieldStart("parameters");
                for (Parameter parameter : pipe.parameters()) {
                    json.writeStartObject();
                    json.writeStringField("name", parameter.name());
                    json.writeStringField("type", parameter.type().sql());
                    json.writeStringField("default", parameter.otherwise());
                    json.writeStringField("description", parameter.description());
                    json.writeEndObject();
                }
                json.writeEndArray();
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return out.toByteArray();
    }

    /** An error in the shape of Tinybird's. */
    static byte[] error(String message) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            json.writeStringField("error", message);
            json.writeStringField("documentation", DOCUMENTATION);
            json.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return out.toByteArray();
    }

    private Pipe find(String name) {
        Optional<Pipe> found =
                pipes.stream().filter(pipe -> pipe.name().equals(name)).findFirst();
        return found.orElseThrow(() ->
                PipeException.notFound("there is no pipe '" + name + "'; there is " + Pipe.names(pipes, Pipe::name)));
    }
}
