package dev.orderflow.local.analytics;

import dev.orderflow.analytics.clickhouse.ClickHouse;
import dev.orderflow.analytics.clickhouse.ClickHouseSettings;
import dev.orderflow.local.engine.ClickHouseUnderTest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/** A database of its own for each test, on one server. */
final class Databases implements AutoCloseable {

    private final ClickHouseUnderTest server;

    Databases(Path directory) throws InterruptedException {
        server = ClickHouseUnderTest.start(directory);
    }

    /** A database that does not exist yet. */
    ClickHouse next() {
        return new ClickHouse(new ClickHouseSettings(
                server.url().toString(),
                "test_" + UUID.randomUUID().toString().replace('-', '_'),
                Optional.ofNullable(System.getenv("CLICKHOUSE_USER")).orElse("default"),
                Optional.ofNullable(System.getenv("CLICKHOUSE_PASSWORD")).orElse(""),
                Duration.ofSeconds(30)));
    }

    void drop(ClickHouse database) {
        database.executeAnywhere("DROP DATABASE IF EXISTS " + database.database());
        database.close();
    }

    @Override
    public void close() {
        server.close();
    }
}
