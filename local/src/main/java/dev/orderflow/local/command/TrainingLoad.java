package dev.orderflow.local.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orderflow.local.client.Api;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Orders of all kinds from many clients at once: enough for both compilers of the JVM to have seen what a busy stack does, and how it
 * decides. With fewer orders a stack that starts with what was learned is slower in its first minute, and with four times as many
 * in its first ten seconds.
 */
final class TrainingLoad {

    private static final int TOO_MANY = 429;
    private static final int UNAVAILABLE = 500;
    private static final long ORDER_SECONDS = 30;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Api api;
    private final List<String> orders;
    private final Size size;
    private final AtomicInteger sent = new AtomicInteger();

    /**
     * How much of it.
     *
     * @param clients so many orders are under way at once
     * @param orders at most so many
     * @param limit none is sent later than this after the first
     */
    record Size(int clients, int orders, Duration limit) {

        /** A slow machine has learned less when the time is over, and goes on with it. */
        static final Size ENOUGH = new Size(256, 15_000, Duration.ofSeconds(60));
    }

    /** @param orders JSON; each is sent as often as it takes */
    TrainingLoad(Api api, List<String> orders, Size size) {
        this.api = api;
        this.orders = List.copyOf(orders);
        this.size = size;
    }

    /** The orders of the example file, without their ids, so that they are new whenever they are sent. */
    static List<String> examples(Path home) throws IOException {
        List<String> orders = new ArrayList<>();
        for (String line : Files.readAllLines(home.resolve("examples").resolve("orders.ndjson"))) {
            orders.add(withoutId(line));
        }
        return orders;
    }

    /**
     * Returns when all have been answered that were to be sent.
     *
     * @throws IOException where one is not taken
     */
    void run() throws IOException, InterruptedException {
        long end = System.nanoTime() + size.limit().toNanos();
        try (ExecutorService clients = Executors.newFixedThreadPool(size.clients())) {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < size.clients(); i++) {
                running.add(clients.submit(() -> {
                    for (int next = sent.getAndIncrement();
                            next < size.orders() && System.nanoTime() < end;
                            next = sent.getAndIncrement()) {
                        send(orders.get(next % orders.size()));
                    }
                    return null;
                }));
            }
            for (Future<?> client : running) {
                client.get();
            }
        } catch (ExecutionException failure) {
            throw new IOException("An order of the training was not taken", failure);
        }
    }

    /** What is wrong with an order is a good answer, too; that the stack cannot take any is none. */
    private void send(String order) throws IOException {
        Api.Answer answer = api.order(order, ORDER_SECONDS, false);
        if (answer.status() == TOO_MANY || answer.status() >= UNAVAILABLE) {
            throw new IOException(answer.problem());
        }
    }

    private static String withoutId(String line) {
        try {
            if (JSON.readTree(line) instanceof ObjectNode order) {
                order.remove(List.of("expect", "orderId"));
                return order.toString();
            }
        } catch (JsonProcessingException broken) {
            // Sent as it is: refusing it is part of what is learned.
            return line;
        }
        return line;
    }
}
