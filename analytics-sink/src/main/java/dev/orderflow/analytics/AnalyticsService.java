package dev.orderflow.analytics;

import dev.orderflow.analytics.batch.Partition;
import dev.orderflow.analytics.clickhouse.ClickHouse;
import dev.orderflow.analytics.clickhouse.ClickHouseRevenueStore;
import dev.orderflow.analytics.clickhouse.ClickHouseSettings;
import dev.orderflow.analytics.pipes.Coverage;
import dev.orderflow.analytics.pipes.Pipes;
import dev.orderflow.analytics.sink.FactReader;
import dev.orderflow.analytics.sink.RevenueSink;
import dev.orderflow.analytics.sink.SinkSettings;
import dev.orderflow.analytics.sink.SinkStatus;
import dev.orderflow.durable.service.OrderflowService;
import dev.orderflow.durable.service.ServiceContext;
import dev.orderflow.durable.settings.Settings;
import dev.orderflow.schemas.Pseudonym;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Revenue: loads completed and refunded orders into ClickHouse, and answers questions about them over HTTP. */
public final class AnalyticsService implements OrderflowService {

    private final ClickHouse database;
    private final ClickHouseRevenueStore store;
    private final SinkStatus status;
    private final RevenueSink sink;
    private final Pipes pipes;

    public AnalyticsService(ServiceContext context) {
        Settings settings = context.settings();
        Pseudonym pseudonym = Pseudonym.keyedWith(settings.required("pseudonym.key"));
        SinkSettings sinkSettings = SinkSettings.from(settings);
        database = new ClickHouse(ClickHouseSettings.from(settings));
        store = new ClickHouseRevenueStore(database);
        status = new SinkStatus(context.meters());
        sink = new RevenueSink(
                context.kafka(), new FactReader(context.serdes(), pseudonym), store, sinkSettings, status);
        pipes = new Pipes(database, this::coverage);
    }

    @Override
    public String name() {
        return "analytics";
    }

    @Override
    public List<Object> beans() {
        return List.of(pipes);
    }

    @Override
    public void start() {
        sink.start();
    }

    @Override
    public boolean isReady() {
        return status.isReady() && sink.isAlive() && sink.missing().isEmpty();
    }

    @Override
    public boolean isAlive() {
        return sink.isAlive();
    }

    @Override
    public String status() {
        return sink.missing().orElseGet(status::text);
    }

    @Override
    public void close() {
        sink.close();
        database.close();
    }

    private Coverage coverage(Set<String> topics) {
        Map<Partition, Long> stored = store.positions();
        stored.keySet().removeIf(partition -> !topics.contains(partition.topic()));
        Optional<Duration> age = sink.age(stored, topics);
        return new Coverage(stored, age.isPresent() ? OptionalLong.of(age.get().toMillis()) : OptionalLong.empty());
    }
}
