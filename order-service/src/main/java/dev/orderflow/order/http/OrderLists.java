package dev.orderflow.order.http;

import dev.orderflow.events.OrderStatus;
import dev.orderflow.order.saga.Fault;
import dev.orderflow.order.view.ListPosition;
import dev.orderflow.order.view.ListedOrder;
import dev.orderflow.order.view.OrderViews;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Lists orders, newest first, over all instances: each is asked for as many as fit on the page, and the newest of them
 * all are shown. Thread-safe.
 */
final class OrderLists {

    private static final int DEFAULT_LIMIT = 50;
    private static final int MAX_LIMIT = 500;
    private static final char SEPARATOR = '\t';

    private final OrderViews views;
    private final Peers peers;
    private final InstantSource clock;

    OrderLists(OrderViews views, Peers peers, InstantSource clock) {
        this.views = views;
        this.peers = peers;
        this.clock = clock;
    }

    /** An order on its way to the page. */
    private record Entry(ListPosition position, String json) {}

    /** What is asked for. */
    private record Query(
            @Nullable OrderStatus status, @Nullable ListPosition after, int limit) {}

    CompletionStage<MutableHttpResponse<byte[]>> list(
            Call call, Optional<String> status, Optional<String> limit, Optional<String> cursor) {
        FaultList faults = new FaultList();
        Query query = new Query(
                status.map(text -> status(text, faults)).orElse(null),
                cursor.map(text -> position(text, faults)).orElse(null),
                limit.map(text -> PageLimit.parse(text, DEFAULT_LIMIT, MAX_LIMIT, faults))
                        .orElse(DEFAULT_LIMIT));
        if (!faults.isEmpty()) {
            return Answers.now(Answers.invalid("Invalid parameter", faults.toList()));
        }
        List<Entry> own = own(query);
        return call.forwarded()
                ? Answers.now(lines(own))
                : views.others().thenCompose(others -> gather(call, query, own, others));
    }

    private List<Entry> own(Query query) {
        Instant now = clock.instant();
        // One more than is shown tells whether there is another page.
        List<ListedOrder> orders = views.newest(query.status, query.after, query.limit + 1);
        return orders.stream()
                .map(order -> new Entry(
                        order.position(), new String(OrderJson.summary(order.view(), now), StandardCharsets.UTF_8)))
                .toList();
    }

    private CompletionStage<MutableHttpResponse<byte[]>> gather(
            Call call, Query query, List<Entry> own, List<URI> others) {
        List<CompletableFuture<List<Entry>>> asked = others.stream()
                .map(other -> peers.forward(other, call, new byte[0])
                        .thenApply(OrderLists::entries)
                        .toCompletableFuture())
                .toList();
        return CompletableFuture.allOf(asked.toArray(CompletableFuture[]::new)).handle((_, failure) -> {
            if (failure != null) {
                return Answers.unavailable("Not every instance answers, so the list would not be whole: " + failure);
            }
            List<Entry> all = new ArrayList<>(own);
            asked.forEach(answer -> all.addAll(answer.join()));
            return page(all, query.limit);
        });
    }

    private static MutableHttpResponse<byte[]> page(List<Entry> all, int limit) {
        List<Entry> shown = all.stream()
                .sorted(Comparator.comparing(Entry::position))
                .limit(limit)
                .toList();
        String next = all.size() > limit ? shown.getLast().position().cursor() : null;
        return Answers.json(
                HttpStatus.OK, OrderJson.page(shown.stream().map(Entry::json).toList(), next));
    }

    /** Between instances, each order is a line: its position, a tab, and its JSON. */
    private static MutableHttpResponse<byte[]> lines(List<Entry> entries) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (Entry entry : entries) {
            String line = entry.position().cursor() + SEPARATOR + entry.json() + '\n';
            out.writeBytes(line.getBytes(StandardCharsets.UTF_8));
        }
        return Answers.json(HttpStatus.OK, out.toByteArray()).contentType(MediaType.TEXT_PLAIN_TYPE);
    }

    private static List<Entry> entries(MutableHttpResponse<byte[]> answer) {
        String body = new String(answer.body(), StandardCharsets.UTF_8);
        if (answer.code() != HttpStatus.OK.getCode()) {
            throw new IllegalStateException("an instance answers " + answer.code() + ": " + body);
        }
        return body.lines().flatMap(OrderLists::entry).toList();
    }

    private static Stream<Entry> entry(String line) {
        int tab = line.indexOf(SEPARATOR);
        return ListPosition.parse(line.substring(0, tab)).stream()
                .map(position -> new Entry(position, line.substring(tab + 1)));
    }

    private static @Nullable OrderStatus status(String text, FaultList faults) {
        Optional<OrderStatus> status = Arrays.stream(OrderStatus.values())
                .filter(known -> known.name().toLowerCase(Locale.ROOT).equals(text))
                .findFirst();
        if (status.isEmpty()) {
            String all = Arrays.stream(OrderStatus.values())
                    .map(known -> known.name().toLowerCase(Locale.ROOT))
                    .collect(Collectors.joining(", "));
            faults.add(new Fault("status", text, "use one of " + all));
        }
        return status.orElse(null);
    }

    private static @Nullable ListPosition position(String cursor, FaultList faults) {
        Optional<ListPosition> position = ListPosition.parse(cursor);
        if (position.isEmpty()) {
            faults.add("cursor", cursor, "use the nextCursor of the page before, as it is");
        }
        return position.orElse(null);
    }
}
