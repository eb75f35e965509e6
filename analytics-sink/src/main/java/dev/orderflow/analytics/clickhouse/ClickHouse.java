package dev.orderflow.analytics.clickhouse;

import com.clickhouse.client.api.ClickHouseException;
import com.clickhouse.client.api.Client;
import com.clickhouse.client.api.DataStreamWriter;
import com.clickhouse.client.api.ServerException;
import com.clickhouse.client.api.command.CommandSettings;
import com.clickhouse.client.api.insert.InsertSettings;
import com.clickhouse.client.api.query.GenericRecord;
import com.clickhouse.client.api.query.QueryResponse;
import com.clickhouse.client.api.query.QuerySettings;
import com.clickhouse.data.ClickHouseFormat;
import dev.orderflow.durable.RetriableException;
import dev.orderflow.durable.TerminalException;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One database of a ClickHouse server, over HTTP. Safe for use by several threads. A call ends in a
 * {@link RetriableException} when the server cannot be reached, is overloaded or is shutting down, and in a
 * {@link TerminalException} when it refuses the statement.
 */
public final class ClickHouse implements AutoCloseable {

    /** Server errors that pass by themselves: too many queries, memory, parts; timeouts; a lost table lock; shut-down. */
    private static final List<Integer> PASSING =
            List.of(159, 160, 202, 209, 210, 236, 241, 242, 252, 285, 319, 473, 999);

    private static final int MAX_CONNECTIONS = 16;

    private final ClickHouseSettings settings;
    private final Client client;

    public ClickHouse(ClickHouseSettings settings) {
        this.settings = settings;
        this.client = new Client.Builder()
                .addEndpoint(settings.url())
                .setUsername(settings.user())
                .setPassword(settings.password())
                .setDefaultDatabase(settings.database())
                .setClientName("orderflow-analytics")
                .compressServerResponse(false)
                .compressClientRequest(false)
                .useServerTimeZone(false)
                .useTimeZone("UTC")
                .setMaxRetries(1)
                .setMaxConnections(MAX_CONNECTIONS)
                .setConnectTimeout(settings.timeout().toMillis(), ChronoUnit.MILLIS)
                .setSocketTimeout(settings.timeout().toMillis(), ChronoUnit.MILLIS)
                .build();
    }

    /** The name of the database, safe to stand in a statement. */
    public String database() {
        return settings.database();
    }

    /** Runs a statement that answers nothing. */
    public void execute(String sql) {
        execute(sql, new CommandSettings());
    }

    /** Runs a statement that answers nothing and needs no database to be there yet. */
    public void executeAnywhere(String sql) {
        CommandSettings anywhere = new CommandSettings();
        anywhere.setDatabase("default");
        execute(sql, anywhere);
    }

    /**
     * Inserts rows in ClickHouse's RowBinary format; they can be read when it returns.
     *
     * @param columns as they stand in the statement
     * @param rows writes the rows; called again when a connection turns out to be stale
     * @param token the server ignores an insert with a token that it has seen lately
     */
    void insert(String table, List<String> columns, DataStreamWriter rows, String token) {
        InsertSettings insert =
                new InsertSettings().setDeduplicationToken(token).serverSetting("async_insert", "0");
        run("insert into " + table, () -> {
            await(client.insert(table, columns, rows, ClickHouseFormat.RowBinary, insert))
                    .close();
            return true;
        });
    }

    /**
     * Runs a query and reads its answer into memory.
     *
     * @param parameters values for {@code {name:Type}} in the query
     */
    public List<GenericRecord> rows(String sql, Map<String, Object> parameters) {
        return run("read", () -> client.queryAll(sql, parameters, new QuerySettings()));
    }

    /**
     * Runs a query and reads its answer into memory, as the server formatted it.
     *
     * @param parameters values for {@code {name:Type}} in the query; null for SQL's NULL
     * @param options settings of the server for this query
     */
    public byte[] formatted(
            String sql,
            Map<String, @Nullable String> parameters,
            ClickHouseFormat format,
            Map<String, String> options) {
        QuerySettings query = new QuerySettings().setFormat(format).waitEndOfQuery(true);
        options.forEach(query::serverSetting);
        return run("read", () -> {
            QueryResponse response = await(client.query(sql, new HashMap<>(parameters), query));
            try {
                return response.getInputStream().readAllBytes();
            } finally {
                response.close();
            }
        });
    }

    @Override
    public void close() {
        client.close();
    }

    @Override
    public String toString() {
        return settings.toString();
    }

    private void execute(String sql, CommandSettings options) {
        run("run a statement", () -> {
            await(client.execute(sql, options)).close();
            return true;
        });
    }

    private <T> T await(Future<T> answer) throws ExecutionException, InterruptedException, TimeoutException {
        return answer.get(settings.timeout().toMillis(), TimeUnit.MILLISECONDS);
    }

    private <T> T run(String what, Callable<T> request) {
        try {
            return request.call();
        } catch (ExecutionException failure) {
            throw failure(what, failure.getCause() == null ? failure : failure.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new RetriableException(settings + ": interrupted while it was asked to " + what, interrupted);
        } catch (Exception failure) {
            throw failure(what, failure);
        }
    }

    private RuntimeException failure(String what, Throwable failure) {
        Throwable cause = failure;
        while (cause instanceof ClickHouseException wrapper
                && !(cause instanceof ServerException)
                && wrapper.getCause() != null) {
            cause = wrapper.getCause();
        }
        if (cause instanceof ServerException refused
                && !refused.isRetryable()
                && !PASSING.contains(refused.getCode())) {
            return new TerminalException(
                    settings + " refused to " + what + " (code " + refused.getCode() + "): " + refused.getMessage(),
                    failure);
        }
        return new RetriableException(settings + " could not " + what + ": " + cause, failure);
    }
}
