package dev.orderflow.order.http;

import dev.orderflow.durable.TerminalException;
import dev.orderflow.durable.settings.Settings;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where the APIs of the other services are, so that people need to know one address only. Immutable.
 *
 * @param targets base address by the first segment of the path
 */
public record Gateway(Map<String, URI> targets) {

    private static final Map<String, List<String>> PATHS = Map.of(
            "gateway.inventory", List.of("stock"),
            "gateway.loyalty", List.of("loyalty"),
            "gateway.analytics", List.of("v0"),
            "gateway.payment", List.of("payments", "audit"),
            "gateway.notification", List.of("mailbox"),
            "gateway.demo", List.of("demo"));

    public Gateway {
        targets = Map.copyOf(targets);
    }

    /**
     * The gateway by the settings {@code gateway.inventory}, {@code gateway.loyalty}, {@code gateway.analytics},
     * {@code gateway.payment}, {@code gateway.notification} and {@code gateway.demo}, each a base address such as
     * {@code http://127.0.0.1:8081}; what is not set is not forwarded.
     */
    public static Gateway from(Settings settings) {
        Map<String, URI> targets = new HashMap<>();
        PATHS.forEach((setting, paths) -> settings.find(setting)
                .map(address -> parsed(setting, address))
                .ifPresent(address -> paths.forEach(path -> targets.put(path, address))));
        return new Gateway(targets);
    }

    /** Where a path is served, if elsewhere. */
    Optional<URI> target(String path) {
        int end = path.indexOf('/', 1);
        String first = path.substring(1, end < 0 ? path.length() : end);
        return Optional.ofNullable(targets.get(first));
    }

    /** A base address by a setting. */
    public static URI parsed(String setting, String address) {
        try {
            URI uri = URI.create(address);
            if (uri.getHost() != null && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))) {
                return uri;
            }
        } catch (IllegalArgumentException notAnAddress) {
            throw unusable(setting, address);
        }
        throw unusable(setting, address);
    }

    private static TerminalException unusable(String setting, String address) {
        return new TerminalException("Setting " + setting + "=" + address
                + " cannot be used: give a base address such as http://127.0.0.1:8081.");
    }
}
