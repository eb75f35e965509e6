package dev.orderflow.analytics.clickhouse;

import com.clickhouse.client.api.query.GenericRecord;
import dev.orderflow.durable.TerminalException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Brings a database from whatever version it has to the newest, and remembers in it what was done. */
final class Migrations {

    private static final Logger LOG = LoggerFactory.getLogger(Migrations.class);

    private static final String HISTORY = """
            CREATE TABLE IF NOT EXISTS schema_version
            (
                version UInt32,
                name String,
                checksum String,
                applied_at DateTime64(3, 'UTC') DEFAULT now64(3)
            )
            ENGINE = ReplacingMergeTree
            ORDER BY version
            """;

    private final ClickHouse database;
    private final List<Migration> migrations;

    Migrations(ClickHouse database, List<Migration> migrations) {
        this.database = database;
        this.migrations = List.copyOf(migrations);
    }

    /** Those of this product. */
    static Migrations of(ClickHouse database) {
        return new Migrations(
                database,
                List.of(
                        Migration.load("0001_revenue_entries"),
                        Migration.load("0002_sink_positions"),
                        Migration.load("0003_sold_lines"),
                        Migration.load("0004_order_progress")));
    }

    /**
     * Runs what was not run yet; does nothing when there is nothing to do.
     *
     * @throws TerminalException when a migration differs from what ran under its version
     * @throws dev.orderflow.durable.RetriableException when another process is at it
     */
    void apply() {
        database.executeAnywhere("CREATE DATABASE IF NOT EXISTS " + database.database());
        database.execute(HISTORY);
        if (pending().isEmpty()) {
            return;
        }
        // News for whoever has data in there; the first tables of a new database are none.
        Level level = applied().isEmpty() ? Level.DEBUG : Level.INFO;
        MigrationLock.whileHeld(database, () -> pending().forEach(migration -> run(migration, level)));
    }

    private void run(Migration migration, Level level) {
        LOG.atLevel(level).log("Migrating {} to version {} ({})", database, migration.version(), migration.name());
        migration.statements().forEach(database::execute);
        database.insert(
                "schema_version",
                List.of("version", "name", "checksum"),
                new RowBinary()
                        .int32(migration.version())
                        .text(migration.name())
                        .text(migration.checksum())::writeTo,
                migration.name());
    }

    /** The checksums of what ran, by version. */
    Map<Integer, String> applied() {
        Map<Integer, String> applied = new TreeMap<>();
        String sql = "SELECT toInt32(version) AS number, checksum FROM schema_version FINAL";
        for (GenericRecord row : database.rows(sql, Map.of())) {
            applied.put(row.getInteger("number"), row.getString("checksum"));
        }
        return applied;
    }

    private List<Migration> pending() {
        Map<Integer, String> applied = applied();
        for (Migration migration : migrations) {
            String ran = applied.get(migration.version());
            if (ran != null && !ran.equals(migration.checksum())) {
                throw new TerminalException("Migration " + migration.name() + " differs from what ran in " + database
                        + ": a migration does not change after its release; undo the change and add a new one.");
            }
        }
        return migrations.stream()
                .filter(migration -> !applied.containsKey(migration.version()))
                .toList();
    }
}
