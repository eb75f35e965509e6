package dev.orderflow.local.engine;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * ClickHouse's HTTP interface in front of the engine: statements at {@code /}, and {@code /ping}. Thread-safe.
 *
 * <p>Left out: sessions, users (everybody on this machine's loopback is {@code default}), files in multipart bodies,
 * progress headers, compressed requests and HTTP compression. A request from a web page is refused.
 */
final class QueryHandler implements HttpHandler {

    private static final System.Logger LOG = System.getLogger(QueryHandler.class.getName());
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final byte[] OK = "Ok.\n".getBytes(StandardCharsets.UTF_8);

    /** Where a library's defaults differ from a server's. */
    private static final Map<String, String> SERVER_DEFAULTS =
            Map.of("implicit_select", "0", "allow_introspection_functions", "0");

    private final Engine engine;
    private final String version;
    private final String timeZone;
    private final int slotCount;
    private final Semaphore slots;

    /** @param slots how many statements run at once; others wait for their turn */
    QueryHandler(Engine engine, String version, String timeZone, int slots) {
        this.engine = engine;
        this.version = version;
        this.timeZone = timeZone;
        this.slotCount = slots;
        this.slots = new Semaphore(slots, true);
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getResponseHeaders().set("X-ClickHouse-Server-Display-Name", "orderflow");
            try {
                route(exchange);
            } catch (EngineException e) {
                refuse(exchange, e);
            } catch (RuntimeException e) {
                LOG.log(System.Logger.Level.ERROR, "A request could not be answered: " + exchange.getRequestURI(), e);
                refuse(exchange, EngineException.of(EngineException.UNKNOWN_EXCEPTION, e.toString()));
            }
        }
    }

    /** Waits for the statements that run, and lets no other begin. False when they did not end in time. */
    boolean drain(Duration limit) throws InterruptedException {
        return slots.tryAcquire(slotCount, limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void route(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String query = exchange.getRequestURI().getRawQuery();
        boolean reading = !exchange.getRequestMethod().equals("POST");
        if (path.equals("/ping") || (path.equals("/") && reading && query == null)) {
            respond(exchange, 200, OK);
        } else if (!path.equals("/")) {
            respond(exchange, 404, ("There is no handle " + path + "\n").getBytes(StandardCharsets.UTF_8));
        } else if (exchange.getRequestHeaders().containsKey("Origin")) {
            // Any page in a browser can send a form to 127.0.0.1, and this server asks for no password.
            throw EngineException.of(
                    EngineException.ACCESS_DENIED, "Requests of web pages are not served. (ACCESS_DENIED)");
        } else {
            answer(exchange, HttpQuery.of(query, exchange.getRequestHeaders()::getFirst), reading);
        }
    }

    private void answer(HttpExchange exchange, HttpQuery query, boolean readOnly) throws IOException {
        exchange.getResponseHeaders().set("X-ClickHouse-Query-Id", query.id());
        RequestText text = RequestText.read(query.statement(), exchange.getRequestBody());
        takeSlot();
        try (EngineSession session = engine.session()) {
            long start = System.nanoTime();
            prepare(session, query, readOnly);
            if (text.rows().isPresent()) {
                insert(exchange, session, query, text, text.rows().get(), start);
            } else {
                select(exchange, session, query, text, start);
            }
        } finally {
            slots.release();
        }
    }

    private void takeSlot() {
        try {
            if (!slots.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw EngineException.of(
                        EngineException.TOO_MANY_SIMULTANEOUS_QUERIES,
                        slotCount + " statements have been running for " + PATIENCE.toSeconds()
                                + " s. (TOO_MANY_SIMULTANEOUS_QUERIES)");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw EngineException.of(EngineException.TOO_MANY_SIMULTANEOUS_QUERIES, "The server is stopping");
        }
    }

    private static void prepare(EngineSession session, HttpQuery query, boolean readOnly) {
        query.database().ifPresent(database -> session.run(SettingsStatement.use(database)));
        Map<String, String> settings = new LinkedHashMap<>(SERVER_DEFAULTS);
        settings.putAll(query.settings());
        if (readOnly) {
            settings.putIfAbsent("readonly", "2");
        }
        session.run(SettingsStatement.set(settings));
    }

    private void insert(
            HttpExchange exchange,
            EngineSession session,
            HttpQuery query,
            RequestText text,
            InputStream rows,
            long start)
            throws IOException {
        String format = text.format().orElseThrow();
        try (EngineInsert insert = session.insert(text.sql(), format, query.parameters())) {
            insert.append(rows);
            try (EngineResult result = insert.finish()) {
                describe(exchange, query.format(), result.summary(), start);
                exchange.sendResponseHeaders(200, -1);
            }
        }
    }

    private void select(HttpExchange exchange, EngineSession session, HttpQuery query, RequestText text, long start)
            throws IOException {
        if (session.statements(text.sql()) > 1) {
            throw EngineException.of(EngineException.SYNTAX_ERROR, "Multi-statements are not allowed. (SYNTAX_ERROR)");
        }
        try (EngineResult result = session.query(text.sql(), query.format(), query.parameters())) {
            describe(exchange, text.format().orElse(query.format()), result.summary(), start);
            if (result.length() == 0) {
                exchange.sendResponseHeaders(200, -1);
            } else if (query.compressResponse()) {
                exchange.sendResponseHeaders(200, 0);
                try (OutputStream out = Lz4Frames.compress(exchange.getResponseBody())) {
                    result.writeTo(out);
                }
            } else {
                exchange.sendResponseHeaders(200, result.length());
                result.writeTo(exchange.getResponseBody());
            }
        }
    }

    private void describe(HttpExchange exchange, String format, QuerySummary summary, long start) {
        Headers headers = exchange.getResponseHeaders();
        headers.set("Content-Type", ContentType.of(format));
        headers.set("X-ClickHouse-Format", format);
        headers.set("X-ClickHouse-Timezone", timeZone);
        headers.set("X-ClickHouse-Summary", summary.json(System.nanoTime() - start));
    }

    private void refuse(HttpExchange exchange, EngineException refused) throws IOException {
        readToTheEnd(exchange.getRequestBody());
        exchange.getResponseHeaders().set("X-ClickHouse-Exception-Code", Integer.toString(refused.code()));
        exchange.getResponseHeaders().set("X-ClickHouse-Timezone", timeZone);
        String message = String.valueOf(refused.getMessage());
        String text = (message.contains("(version ") ? message : message + " (version " + version + ")") + "\n";
        respond(exchange, ErrorStatus.of(refused.code()), text.getBytes(StandardCharsets.UTF_8));
    }

    /** A client that is still sending rows would see a broken connection in place of the error. */
    private static void readToTheEnd(InputStream body) {
        try {
            body.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            // Read and closed already, or the client is gone: the answer shows which.
        }
    }

    private static void respond(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.getResponseHeaders().putIfAbsent("Content-Type", List.of("text/plain; charset=UTF-8"));
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.sendResponseHeaders(status, -1);
            return;
        }
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }
}
