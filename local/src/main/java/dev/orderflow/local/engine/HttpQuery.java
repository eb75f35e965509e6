package dev.orderflow.local.engine;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the URL and the headers of a request ask for, by the rules of ClickHouse's HTTP interface.
 *
 * @param statement the part of the statement that is in the URL; empty where the body has it all
 * @param database the current database of the statement
 * @param format of the result, unless the statement names one
 * @param settings that hold for this statement
 * @param parameters values of {@code {name:Type}}, escaped by the client
 * @param compressResponse whether the client wants ClickHouse's own LZ4 frames
 */
record HttpQuery(
        String statement,
        Optional<String> database,
        String format,
        Map<String, String> settings,
        Map<String, String> parameters,
        String id,
        boolean compressResponse) {

    /** Names in the URL that are not settings, though this server has no use for some of them. */
    private static final Set<String> NOT_SETTINGS = Set.of(
            "query",
            "database",
            "default_format",
            "compress",
            "decompress",
            "query_id",
            "user",
            "password",
            "quota_key",
            "role",
            "stacktrace",
            "buffer_size",
            "wait_end_of_query",
            "client_protocol_version",
            "session_id",
            "session_check",
            "session_timeout",
            "close_session");

    private static final String PARAMETER = "param_";
    private static final String DEFAULT_FORMAT = "TabSeparated";

    /**
     * Reads a request.
     *
     * @param rawQuery the URL behind its question mark, encoded; null where there is none
     * @param header gives a header's value, or null
     * @throws EngineException where the URL cannot be decoded, or asks for what this server does not have
     */
    static HttpQuery of(@Nullable String rawQuery, Function<String, @Nullable String> header) {
        Map<String, String> url = decode(rawQuery);
        requireSupported(url);
        Map<String, String> settings = new LinkedHashMap<>();
        Map<String, String> parameters = new LinkedHashMap<>();
        url.forEach((name, value) -> {
            if (name.startsWith(PARAMETER)) {
                parameters.put(name.substring(PARAMETER.length()), value);
            } else if (!NOT_SETTINGS.contains(name)) {
                settings.put(name, value);
            }
        });
        return new HttpQuery(
                url.getOrDefault("query", ""),
                first(url.get("database"), header.apply("X-ClickHouse-Database")),
                first(url.get("default_format"), header.apply("X-ClickHouse-Format"))
                        .orElse(DEFAULT_FORMAT),
                settings,
                parameters,
                first(url.get("query_id"), header.apply("X-ClickHouse-Query-Id"))
                        .orElseGet(() -> UUID.randomUUID().toString()),
                "1".equals(url.get("compress")));
    }

    private static void requireSupported(Map<String, String> url) {
        if (!url.getOrDefault("session_id", "").isEmpty()) {
            throw EngineException.of(
                    EngineException.NOT_IMPLEMENTED,
                    "This server has no sessions: leave session_id out. (NOT_IMPLEMENTED)");
        }
        if ("1".equals(url.get("decompress"))) {
            throw EngineException.of(
                    EngineException.NOT_IMPLEMENTED,
                    "This server takes no compressed requests: switch the client's request compression off."
                            + " (NOT_IMPLEMENTED)");
        }
    }

    private static Optional<String> first(@Nullable String one, @Nullable String other) {
        return Optional.ofNullable(one == null || one.isEmpty() ? other : one).filter(value -> !value.isEmpty());
    }

    private static Map<String, String> decode(@Nullable String rawQuery) {
        Map<String, String> decoded = new LinkedHashMap<>();
        if (rawQuery == null || rawQuery.isEmpty()) {
            return decoded;
        }
        for (String pair : rawQuery.split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            if (!name.isEmpty()) {
                decoded.put(decodeText(name), equals < 0 ? "" : decodeText(pair.substring(equals + 1)));
            }
        }
        return decoded;
    }

    private static String decodeText(String encoded) {
        try {
            return URLDecoder.decode(encoded, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw EngineException.of(
                    EngineException.BAD_ARGUMENTS,
                    "The URL has a broken percent escape in \"" + encoded + "\". (BAD_ARGUMENTS)");
        }
    }
}
