package dev.orderflow.analytics.clickhouse;

import com.clickhouse.client.api.query.GenericRecord;
import dev.orderflow.durable.RetriableException;
import dev.orderflow.durable.TerminalException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps two processes from migrating at the same time: whoever creates a certain table holds the lock. ClickHouse has
 * nothing better to offer without Keeper. A holder that died is found out by the age of its lock. If that ever let two in,
 * no harm would come of it, since statements of a migration may run twice.
 */
final class MigrationLock {

    private static final Logger LOG = LoggerFactory.getLogger(MigrationLock.class);
    private static final Duration STALE = Duration.ofMinutes(2);
    private static final String TABLE = "migration_lock";
    private static final String DROP = "DROP TABLE IF EXISTS " + TABLE + " SYNC";

    private MigrationLock() {}

    /**
     * Does some work while it holds the lock.
     *
     * @throws RetriableException when somebody else has it; nothing was done then
     */
    static void whileHeld(ClickHouse database, Runnable work) {
        take(database);
        try {
            work.run();
        } finally {
            database.execute(DROP);
        }
    }

    private static void take(ClickHouse database) {
        List<GenericRecord> holders = database.rows(
                "SELECT dateDiff('second', metadata_modification_time, now()) AS age FROM system.tables"
                        + " WHERE database = {database:String} AND name = {name:String}",
                Map.of("database", database.database(), "name", TABLE));
        if (!holders.isEmpty()) {
            Duration age = Duration.ofSeconds(holders.getFirst().getLong("age"));
            if (age.compareTo(STALE) < 0) {
                throw new RetriableException("Somebody else has been migrating " + database + " for " + age.toSeconds()
                        + " s; its lock counts for " + STALE.toSeconds() + " s.");
            }
            LOG.warn("Removing the lock of a migration of {} that began {} s ago and never ended", database, age);
            database.execute(DROP);
        }
        try {
            database.execute("CREATE TABLE " + TABLE + " (held UInt8) ENGINE = Memory");
        } catch (TerminalException exists) {
            throw new RetriableException("Somebody else has just begun to migrate " + database + ".", exists);
        }
    }
}
