package dev.orderflow.order.http;

import dev.orderflow.events.OrderView;
import dev.orderflow.order.saga.Request;
import dev.orderflow.order.saga.SagaSettings;
import dev.orderflow.order.view.OrderViews;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Everything that can be asked of orders by HTTP. Thread-safe; never blocks. */
public final class OrderApi implements AutoCloseable {

    private static final byte[] NO_BODY = {};

    private final Peers peers = new Peers();
    private final OrderIntake intake;
    private final OrderLookup lookup;
    private final OrderActions actions;
    private final OrderLists lists;
    private final UnaryOperator<OrderView> located;
    private final InstantSource clock;
    private final ExecutorService reading = Executors.newVirtualThreadPerTaskExecutor();

    /**
     * An API.
     *
     * @param settings by which orders are checked at the door, the same as the saga's
     * @param located finds the evidence whose place was not known when the view was written; may block
     */
    public OrderApi(
            OrderViews views,
            OrderLog log,
            SagaSettings settings,
            UnaryOperator<OrderView> located,
            InstantSource clock) {
        this.located = located;
        this.clock = clock;
        intake = new OrderIntake(views, log, peers, settings, clock);
        lookup = new OrderLookup(views, peers);
        actions = new OrderActions(lookup, views, log, clock);
        lists = new OrderLists(views, peers, clock);
    }

    CompletionStage<MutableHttpResponse<byte[]>> place(Call call, Optional<byte[]> body) {
        return guarded(() -> intake.place(call, body.orElse(NO_BODY)));
    }

    CompletionStage<MutableHttpResponse<byte[]>> get(String orderId, Call call) {
        return guarded(() -> lookup.answer(orderId, call, NO_BODY, this::order));
    }

    CompletionStage<MutableHttpResponse<byte[]>> timeline(String orderId, Call call) {
        return guarded(() -> lookup.answer(orderId, call, NO_BODY, this::timeline));
    }

    CompletionStage<MutableHttpResponse<byte[]>> ask(
            String orderId, Call call, Optional<byte[]> body, Function<@Nullable String, Request> request) {
        return guarded(() -> actions.ask(orderId, call, body.orElse(NO_BODY), request));
    }

    CompletionStage<MutableHttpResponse<byte[]>> list(
            Call call, Optional<String> status, Optional<String> limit, Optional<String> cursor) {
        return guarded(() -> lists.list(call, status, limit, cursor));
    }

    @Override
    public void close() {
        peers.close();
        reading.shutdown();
    }

    private CompletionStage<MutableHttpResponse<byte[]>> order(OrderView view) {
        return Answers.now(Answers.json(HttpStatus.OK, OrderJson.order(view, clock.instant())));
    }

    private CompletionStage<MutableHttpResponse<byte[]>> timeline(OrderView view) {
        return CompletableFuture.supplyAsync(
                () -> Answers.json(HttpStatus.OK, OrderJson.timeline(located.apply(view))), reading);
    }

    /** Whatever goes wrong is told in an answer. */
    private static CompletionStage<MutableHttpResponse<byte[]>> guarded(
            Supplier<CompletionStage<MutableHttpResponse<byte[]>>> action) {
        try {
            return action.get().exceptionally(Answers::failed);
        } catch (RuntimeException failure) {
            return Answers.now(Answers.failed(failure));
        }
    }
}
