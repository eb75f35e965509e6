package dev.orderflow.analytics.clickhouse;

import dev.orderflow.durable.TerminalException;
import dev.orderflow.durable.settings.Settings;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * How to reach ClickHouse.
 *
 * @param url of its HTTP interface, such as {@code http://127.0.0.1:8123}
 * @param database created when it is not there; letters, digits and underscores
 * @param user who may create tables in the database
 * @param password may be empty
 * @param timeout of one request, from sending it to its answer
 */
public record ClickHouseSettings(String url, String database, String user, String password, Duration timeout) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,63}");
    private static final Pattern URL = Pattern.compile("https?://\\S+");

    public ClickHouseSettings {
        if (!URL.matcher(url).matches()) {
            throw new TerminalException("Setting clickhouse.url=" + url
                    + " cannot be used: give the address of ClickHouse's HTTP interface, such as"
                    + " http://127.0.0.1:8123.");
        }
        if (!NAME.matcher(database).matches()) {
            throw new TerminalException("Setting clickhouse.database=" + database
                    + " cannot be used: use up to 64 letters, digits and underscores, not beginning with a digit.");
        }
        if (!timeout.isPositive()) {
            throw new TerminalException("Setting clickhouse.timeout must be longer than zero, such as 30s.");
        }
    }

    /**
     * {@code clickhouse.url} (required), {@code clickhouse.database} (orderflow), {@code clickhouse.user} (default),
     * {@code clickhouse.password} (empty), {@code clickhouse.timeout} (30s).
     */
    public static ClickHouseSettings from(Settings settings) {
        return new ClickHouseSettings(
                settings.required("clickhouse.url"),
                settings.text("clickhouse.database", "orderflow"),
                settings.text("clickhouse.user", "default"),
                settings.text("clickhouse.password", ""),
                settings.duration("clickhouse.timeout", Duration.ofSeconds(30)));
    }

    @Override
    public String toString() {
        return "ClickHouse at " + url + ", database " + database + ", user " + user;
    }
}
