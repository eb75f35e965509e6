package dev.orderflow.local.analytics;

import dev.orderflow.analytics.clickhouse.ClickHouse;
import dev.orderflow.analytics.clickhouse.ClickHouseRevenueStore;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Gives each test a migrated database of its own, on one server for all tests of a class. */
abstract class DatabaseTest {

    private static Databases databases;

    final ClickHouse database = databases.next();
    final ClickHouseRevenueStore store = new ClickHouseRevenueStore(database);

    @BeforeAll
    static void start(@TempDir Path directory) throws InterruptedException {
        databases = new Databases(directory);
    }

    @AfterAll
    static void stop() {
        databases.close();
    }

    @BeforeEach
    void prepare() {
        store.prepare();
    }

    @AfterEach
    void drop() {
        databases.drop(database);
    }
}
