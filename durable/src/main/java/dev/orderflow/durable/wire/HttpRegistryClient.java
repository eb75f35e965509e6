package dev.orderflow.durable.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.orderflow.durable.PoisonException;
import dev.orderflow.durable.RetriableException;
import dev.orderflow.durable.TerminalException;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;

/**
 * A client of the Confluent Schema Registry REST API, which Confluent's registry, Karapace and Apicurio (under
 * {@code /apis/ccompat/v7}) all serve. Answers are kept for ever: an id never changes its schema.
 */
public final class HttpRegistryClient implements RegistryClient {

    private static final String MEDIA_TYPE = "application/vnd.schemaregistry.v1+json";
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final int TRIES = 3;
    private static final int REQUEST_TIMEOUT = 408;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final JsonFactory JSON = new JsonFactory();
    private static final Map<String, HttpRegistryClient> SHARED = new ConcurrentHashMap<>();

    private final String base;
    private final HttpClient http;
    private final Map<Integer, Schema> byId = new ConcurrentHashMap<>();
    private final Map<Registration, Integer> ids = new ConcurrentHashMap<>();

    private record Registration(String subject, Schema schema) {}

    private HttpRegistryClient(String url) {
        this.base = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(TIMEOUT)
                .build();
    }

    /**
     * The client of this process for a registry.
     *
     * @param url where the API begins, such as {@code http://127.0.0.1:8081} or {@code .../apis/ccompat/v7}
     */
    public static HttpRegistryClient at(String url) {
        if (!url.startsWith("http://") && !url.startsWith("https://")) {
            throw new TerminalException("The schema registry's address '" + url
                    + "' cannot be used: it begins with http:// or https://, such as http://127.0.0.1:8081.");
        }
        return SHARED.computeIfAbsent(url, HttpRegistryClient::new);
    }

    @Override
    public int register(String subject, Schema schema) {
        Registration registration = new Registration(subject, schema);
        Integer known = ids.get(registration);
        if (known != null) {
            return known;
        }
        HttpResponse<String> response = send(request(versionsOf(subject))
                .POST(HttpRequest.BodyPublishers.ofString(body(schema)))
                .build());
        if (response.statusCode() != 200) {
            throw new TerminalException("The registry at " + base + " refused the schema of " + subject + " (HTTP "
                    + response.statusCode() + "): " + response.body()
                    + ". Make the change compatible, or register it by hand.");
        }
        int id = Integer.parseInt(member(response.body(), "id"));
        ids.put(registration, id);
        byId.putIfAbsent(id, schema);
        return id;
    }

    @Override
    public OptionalInt newest(String subject) {
        HttpResponse<String> response =
                send(request(versionsOf(subject) + "/latest").GET().build());
        if (response.statusCode() != 200) {
            return OptionalInt.empty();
        }
        int id = Integer.parseInt(member(response.body(), "id"));
        byId.computeIfAbsent(id, _ -> parsed(id, response.body()));
        return OptionalInt.of(id);
    }

    @Override
    public Schema byId(int id) {
        Schema known = byId.get(id);
        if (known != null) {
            return known;
        }
        HttpResponse<String> response = send(request("/schemas/ids/" + id).GET().build());
        if (response.statusCode() == 401 || response.statusCode() == 403) {
            throw new TerminalException("The registry at " + base + " lets nobody look up schema " + id + " (HTTP "
                    + response.statusCode() + "): " + response.body() + ". Give this service the right to read.");
        }
        if (response.statusCode() != 200) {
            // Not only 404: the id may be any four bytes, and some registries call a negative one a bad request.
            throw new PoisonException("The registry at " + base + " knows no schema with id " + id + " (HTTP "
                    + response.statusCode() + ")");
        }
        Schema schema = parsed(id, response.body());
        byId.put(id, schema);
        return schema;
    }

    private static Schema parsed(int id, String answer) {
        try {
            return new Schema.Parser().parse(member(answer, "schema"));
        } catch (AvroRuntimeException noAvro) {
            throw new PoisonException("Schema " + id + " is no Avro schema that stands for itself: " + noAvro, noAvro);
        }
    }

    private static String versionsOf(String subject) {
        return "/subjects/" + URLEncoder.encode(subject, StandardCharsets.UTF_8) + "/versions";
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(base + path))
                .timeout(TIMEOUT)
                .header("Accept", MEDIA_TYPE)
                .header("Content-Type", MEDIA_TYPE);
    }

    private HttpResponse<String> send(HttpRequest request) {
        IOException last = new IOException("never sent");
        for (int attempt = 0; attempt < TRIES; attempt++) {
            try {
                HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
                if (!mayPass(response.statusCode())) {
                    return response;
                }
                last = new IOException("HTTP " + response.statusCode() + ": " + response.body());
            } catch (IOException unreachable) {
                last = unreachable;
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new RetriableException("Interrupted while asking the registry at " + base, interrupted);
            }
        }
        throw new RetriableException("The schema registry at " + base + " cannot be reached: " + last, last);
    }

    /** Whether the same call may be answered otherwise a little later. */
    private static boolean mayPass(int status) {
        return status >= 500 || status == REQUEST_TIMEOUT || status == TOO_MANY_REQUESTS;
    }

    private static String body(Schema schema) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            json.writeStringField("schema", schema.toString());
            json.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return text.toString();
    }

    private static String member(String json, String name) {
        Map<String, String> members = new HashMap<>();
        try (JsonParser parser = JSON.createParser(json)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String field = parser.currentName();
                parser.nextToken();
                members.put(field, parser.getText());
                parser.skipChildren();
            }
        } catch (IOException broken) {
            throw new RetriableException("The registry's answer is no JSON: " + json, broken);
        }
        String value = members.get(name);
        if (value == null) {
            throw new RetriableException("The registry's answer has no '" + name + "': " + json);
        }
        return value;
    }
}
