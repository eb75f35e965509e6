package dev.orderflow.durable.wire;

import dev.orderflow.durable.TerminalException;
import java.nio.file.Path;
import java.util.Map;

/** Where a serde finds its registry, by the property names of Confluent's serdes. */
final class RegistrySetting {

    /** The property that Confluent's serdes read, too. */
    static final String URL = "schema.registry.url";

    /** A directory that answers are kept in; it must go when the registry's own data do. */
    static final String MEMORY = "orderflow.registry.memory";

    /** A {@link RegistryClient} to use in place of one over HTTP. */
    static final String CLIENT = "orderflow.registry.client";

    private RegistrySetting() {}

    static RegistryClient clientFrom(Map<String, ?> settings) {
        if (settings.get(CLIENT) instanceof RegistryClient client) {
            return client;
        }
        if (settings.get(URL) instanceof String url && !url.isBlank()) {
            RegistryClient registry = HttpRegistryClient.at(url);
            return settings.get(MEMORY) instanceof String directory && !directory.isBlank()
                    ? new RememberingRegistry(registry, Path.of(directory))
                    : registry;
        }
        throw new TerminalException("No schema registry is set: give " + URL + " the address of its REST API.");
    }
}
