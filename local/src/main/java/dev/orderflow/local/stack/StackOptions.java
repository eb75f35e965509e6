package dev.orderflow.local.stack;

import dev.orderflow.durable.settings.Settings;
import java.nio.file.Path;
import java.util.Set;

/**
 * What to start, and where.
 *
 * @param data the directory of everything that is kept
 * @param port of the HTTP API; 0 for free ports throughout
 * @param separate whether each service is a process of its own
 * @param services which are started; who is not among them is left to somebody else
 * @param demo whether parts can be crashed over HTTP
 * @param settings what was set, by hand or in the environment
 * @param assigned what was set by hand: each must be known to somebody
 */
public record StackOptions(
        Path data,
        int port,
        boolean separate,
        Set<ServiceCatalogue> services,
        boolean demo,
        Settings settings,
        Settings assigned) {
    public StackOptions {
        services = Set.copyOf(services);
    }

    /** Whether a service is started. */
    boolean has(ServiceCatalogue service) {
        return services.contains(service);
    }
}
