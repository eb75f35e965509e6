package dev.orderflow.order.view;

import dev.orderflow.durable.RetriableException;
import dev.orderflow.durable.TerminalException;
import dev.orderflow.durable.runtime.KafkaConnection;
import dev.orderflow.durable.runtime.Routing;
import dev.orderflow.durable.wire.AvroSerdes;
import dev.orderflow.events.OrderStatus;
import dev.orderflow.events.OrderView;
import dev.orderflow.schemas.Topics;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The view of orders, read from Kafka by a thread of its own. Safe for use by several threads. */
public final class KafkaOrderViews implements OrderViews, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(KafkaOrderViews.class);
    private static final String NAME = "order-view";
    private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(3);

    private final KafkaConnection kafka;
    private final AvroSerdes serdes;
    private final Optional<URI> address;
    private final String group;
    private final ViewTables tables;
    private final Waiters waiters = new Waiters();
    private final EarlyViews early = new EarlyViews();
    private final Thread thread = Thread.ofPlatform().name(NAME).daemon().unstarted(this::run);
    private volatile int partitions;
    private volatile boolean closing;
    private @Nullable Admin admin;
    private @Nullable ViewOwners owners;
    private volatile @Nullable Consumer<byte[], byte[]> consumer;

    /** @param address where other instances reach the HTTP API of this one; empty when it is the only one */
    public KafkaOrderViews(KafkaConnection kafka, AvroSerdes serdes, Optional<URI> address) {
        this.kafka = kafka;
        this.serdes = serdes;
        this.address = address;
        group = kafka.applicationId(NAME);
        Path directory = kafka.stateDirectory().resolve(group).resolve(kafka.instance());
        tables = new ViewTables(directory, early::clear);
    }

    /** Begins to read; returns before everything has been read. */
    public void start() {
        Admin client = Admin.create(kafka.clientProperties());
        admin = client;
        owners = new ViewOwners(client, group);
        thread.start();
    }

    /** Whether all orders of the partitions kept here can be found. */
    public boolean isReady() {
        return tables.allCurrent();
    }

    /** Whether it can come to be ready by itself. */
    public boolean isAlive() {
        return thread.getState() == Thread.State.NEW || thread.isAlive();
    }

    /** Where it is, for people. */
    public String status() {
        if (!isAlive()) {
            return "stopped";
        }
        return isReady() ? "partitions " + tables.partitions() : "reading";
    }

    @Override
    public CompletionStage<Place> place(String orderId) {
        ViewOwners asked = owners;
        if (asked == null || partitions == 0) {
            return CompletableFuture.completedFuture(new Place.Nowhere("the orders are not read yet"));
        }
        int partition = Routing.partitionOf(orderId, partitions);
        if (tables.isCurrent(partition)) {
            return CompletableFuture.completedFuture(new Place.Here());
        }
        if (tables.find(partition).isPresent() || address.isEmpty()) {
            return CompletableFuture.completedFuture(
                    new Place.Nowhere("the orders of partition " + partition + " are still being read"));
        }
        return asked.of(partition)
                .handle((owner, failure) -> owner != null && owner.isPresent() && !owner.equals(address)
                        ? new Place.There(owner.get())
                        : new Place.Nowhere("partition " + partition + " is being handed over"));
    }

    @Override
    public boolean isHere(String orderId) {
        return partitions > 0 && tables.isCurrent(Routing.partitionOf(orderId, partitions));
    }

    @Override
    public Optional<OrderView> find(String orderId) {
        // Before the table: what leaves it is in the table by then.
        Optional<OrderView> told = early.find(orderId);
        Optional<OrderView> read = tables.get(Routing.partitionOf(orderId, partitions))
                .find(orderId)
                .map(this::decode);
        return EarlyViews.newer(read, told);
    }

    /**
     * Whether somebody waits for the order of this view, which is about to be committed: then {@link #committed} may tell of it
     * before it is read.
     */
    public boolean awaits(OrderView view) {
        if (!waiters.hasAny(view.getOrderId())) {
            return false;
        }
        early.expect(view);
        return true;
    }

    /** A view that is awaited is committed: ends the wait of those for whom it is enough. */
    public void committed(OrderView view) {
        early.committed(view);
        waiters.seen(view);
    }

    /** How many orders have a view that was told of, or is about to be, and was not read yet: normally a few. */
    public int unread() {
        return early.count();
    }

    private void seen(OrderView view) {
        early.read(view);
        waiters.seen(view);
    }

    @Override
    public CompletableFuture<Optional<OrderView>> await(String orderId, Predicate<OrderView> enough, Duration atMost) {
        CompletableFuture<Optional<OrderView>> awaited = waiters.await(orderId, enough, atMost);
        find(orderId).filter(enough).ifPresent(view -> awaited.complete(Optional.of(view)));
        return awaited;
    }

    @Override
    public List<ListedOrder> newest(@Nullable OrderStatus status, @Nullable ListPosition after, int limit) {
        if (tables.isReading()) {
            throw new RetriableException("Orders are still being read, so the list would not be whole. Ask again");
        }
        return tables.all().stream()
                .flatMap(table -> table.newest(status, after, limit).stream())
                .map(found -> new ListedOrder(found.row().position(found.orderId()), decode(found.row())))
                .sorted((one, other) -> one.position().compareTo(other.position()))
                .limit(limit)
                .toList();
    }

    @Override
    public CompletionStage<List<URI>> others() {
        ViewOwners asked = owners;
        if (asked == null || address.isEmpty()) {
            return areAllKept(tables.partitions())
                    ? CompletableFuture.completedFuture(List.of())
                    : CompletableFuture.failedFuture(handedOver());
        }
        return asked.all().thenApply(all -> {
            // What the group says of this instance may be of a moment before its tables are there.
            Map<Integer, URI> others = new HashMap<>(all);
            others.values().removeIf(address.get()::equals);
            Set<Integer> kept = new HashSet<>(tables.partitions());
            kept.addAll(others.keySet());
            if (!areAllKept(kept)) {
                throw handedOver();
            }
            return others.values().stream().distinct().toList();
        });
    }

    private boolean areAllKept(Set<Integer> kept) {
        return partitions > 0 && kept.size() >= partitions;
    }

    private static RetriableException handedOver() {
        return new RetriableException("Orders are being handed over, so the list would not be whole. Ask again");
    }

    /** Stops reading and lets go of everybody who waits. */
    @Override
    public void close() {
        closing = true;
        Consumer<byte[], byte[]> reading = consumer;
        if (reading != null) {
            reading.wakeup();
        }
        LockSupport.unpark(thread);
        try {
            if (thread.isAlive() && !thread.join(CLOSE_WITHIN)) {
                LOG.warn("The view did not end within {} s; it goes on from where it was", CLOSE_WITHIN.toSeconds());
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        waiters.releaseAll();
        if (admin != null) {
            admin.close(Duration.ZERO);
        }
    }

    private OrderView decode(ViewRow row) {
        return serdes.deserialize(Topics.ORDER_VIEW.name(), row.view(), OrderView.class);
    }

    private void run() {
        while (!closing) {
            try {
                read();
            } catch (WakeupException closed) {
                LOG.debug("The view ends");
            } catch (TerminalException | AuthorizationException | Error failure) {
                LOG.error("The view of orders stops: {}", failure.getMessage(), failure);
                return;
            } catch (RuntimeException failure) {
                LOG.warn("The view of orders is read anew after: {}", failure.toString());
                LOG.debug("The failure was", failure);
                pause();
            } finally {
                tables.closeAll();
            }
        }
    }

    private void read() {
        TopicDescription topic = describe();
        partitions = topic.partitions().size();
        try (Consumer<byte[], byte[]> reading = new KafkaConsumer<>(
                ViewConsumer.properties(kafka, group, ViewOwners.clientId(group, address)),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            consumer = reading;
            ViewReader reader = new ViewReader(
                    reading, topic.name(), topic.topicId().toString(), tables, serdes, this::seen, Clock.systemUTC());
            reader.subscribe();
            while (!closing) {
                reader.readOnce();
            }
        } finally {
            consumer = null;
        }
    }

    private TopicDescription describe() {
        String name = Topics.ORDER_VIEW.name();
        Admin client = admin;
        if (client == null) {
            throw new IllegalStateException("start() was not called");
        }
        try {
            return client.describeTopics(List.of(name)).allTopicNames().get().values().stream()
                    .findFirst()
                    .orElseThrow(() -> new RetriableException("The broker does not describe " + name));
        } catch (ExecutionException failure) {
            throw new RetriableException("The broker does not describe " + name + ": " + failure.getCause(), failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new TerminalException("The view was interrupted", interrupted);
        }
    }

    private void pause() {
        if (!closing) {
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }
}
