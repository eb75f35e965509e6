package dev.orderflow.local.engine;

import com.sun.net.httpserver.HttpServer;
import dev.orderflow.local.process.ChildSide;
import dev.orderflow.local.process.LoopbackPort;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * ClickHouse as a process of its own, for one machine: {@code EngineServer --data DIRECTORY --library LIBCHDB
 * [--port PORT] [--memory BYTES]}. Says {@code ready 127.0.0.1:PORT} when it serves; ends on SIGTERM and when its parent
 * is gone, after the statements that run, or after 2 s.
 *
 * <p>The process has no logging framework: it is kept small, and its parent keeps what it says on standard error.
 */
public final class EngineServer implements AutoCloseable {

    private static final int STATEMENTS_AT_ONCE = 8;
    private static final int THREADS = 32;
    /** The engine's parser and planner recurse on the caller's stack; reserved, not resident. */
    private static final long STACK_BYTES = 8L << 20;

    private static final Duration DRAIN_LIMIT = Duration.ofSeconds(2);

    private static final Duration GRACE = Duration.ofSeconds(5);

    private final DataDirectoryLock lock;
    private final Engine engine;
    private final QueryHandler handler;
    private final HttpServer server;

    private EngineServer(EngineArguments arguments) {
        lock = DataDirectoryLock.take(arguments.data());
        engine = Engine.open(arguments.library(), arguments.data(), arguments.memoryBytes());
        List<String> facts = ask("SELECT version(), timezone()");
        handler = new QueryHandler(engine, facts.get(0), facts.get(1), STATEMENTS_AT_ONCE);
        server = listen(arguments.port());
    }

    /** Starts the server; the arguments are as in the description of the class. */
    public static void main(String... args) {
        try {
            EngineServer server = new EngineServer(EngineArguments.of(args));
            Runtime.getRuntime().addShutdownHook(new Thread(server::close, "engine-close"));
            ChildSide.leaveInterruptToParent();
            ChildSide.endWithParent(GRACE);
            ChildSide.ready(
                    System.out,
                    LoopbackPort.HOST + ":" + server.server.getAddress().getPort());
        } catch (RuntimeException e) {
            System.err.println(e.getMessage());
            Runtime.getRuntime().exit(1);
        }
    }

    private HttpServer listen(int port) {
        // Read when the server's classes load: answers go out at once, and idle connections outlive the client's.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        System.setProperty("sun.net.httpserver.idleInterval", "120");
        try {
            HttpServer listening =
                    HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral(LoopbackPort.HOST), port), 0);
            listening.createContext("/", handler);
            listening.setExecutor(threads());
            listening.start();
            return listening;
        } catch (IOException e) {
            throw new UncheckedIOException("ClickHouse cannot listen on port " + port + ": " + e.getMessage(), e);
        }
    }

    /** Platform threads, gone when idle: a call into the engine would hold a virtual thread's carrier. */
    private static ThreadPoolExecutor threads() {
        AtomicInteger number = new AtomicInteger();
        ThreadPoolExecutor threads = new ThreadPoolExecutor(
                THREADS,
                THREADS,
                10,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                task -> new Thread(null, task, "http-" + number.incrementAndGet(), STACK_BYTES));
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }

    private List<String> ask(String statement) {
        ByteArrayOutputStream row = new ByteArrayOutputStream();
        try (EngineSession session = engine.session();
                EngineResult result = session.query(statement, "TabSeparated", Map.of())) {
            result.writeTo(row);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return List.of(row.toString(StandardCharsets.UTF_8).strip().split("\t", -1));
    }

    /** Stops listening, waits for what runs, stops the engine. What does not end in time is left to the process's end. */
    @Override
    public void close() {
        server.stop(0);
        try {
            if (handler.drain(DRAIN_LIMIT)) {
                engine.close();
                lock.close();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
