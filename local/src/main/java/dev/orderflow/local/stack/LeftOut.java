package dev.orderflow.local.stack;

import dev.orderflow.durable.settings.Settings;
import dev.orderflow.local.process.LoopbackPort;
import dev.orderflow.order.http.Gateway;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The services that the stack leaves to somebody, such as a developer with a debugger: where the API looks for them, and
 * how they are started so that they find the stack.
 */
final class LeftOut {

    private static final int ABOVE_THE_API = 100;

    /** What is meant for the command that starts this stack, and not for another one. */
    private static final Set<String> LAUNCHER = Set.of("java.options", "java.home", "no.build");

    private final Map<ServiceCatalogue, Integer> ports = new EnumMap<>(ServiceCatalogue.class);
    private final Path environment;

    private LeftOut(Path environment) {
        this.environment = environment;
    }

    /** @param taken the ports of the stack itself */
    static LeftOut of(StackOptions options, Ports taken) {
        LeftOut leftOut = new LeftOut(options.data().resolve("services.env"));
        Set<ServiceCatalogue> services = EnumSet.allOf(ServiceCatalogue.class);
        services.removeAll(options.services());
        services.forEach(service -> leftOut.ports.put(service, port(service, options, taken)));
        return leftOut;
    }

    /**
     * The one that the API was told by hand; else the same at each start, a hundred above the API's where there is such a port:
     * the service may be running on it already.
     */
    private static int port(ServiceCatalogue service, StackOptions options, Ports taken) {
        Optional<Integer> told = options.settings()
                .find(gateway(service))
                .map(address -> Gateway.parsed(gateway(service), address).getPort())
                .filter(port -> port > 0);
        if (told.isPresent()) {
            return told.get();
        }
        int usual = options.port() + ABOVE_THE_API + ServiceCatalogue.names().indexOf(service.title());
        return options.port() == 0 || usual > Ports.HIGHEST || taken.has(usual) ? LoopbackPort.free() : usual;
    }

    private static String gateway(ServiceCatalogue service) {
        return "gateway." + service.title();
    }

    /** The settings by which the API finds them. Mails are served by the process that takes them, and that is ours. */
    Settings lead(Settings settings) {
        Settings led = settings;
        for (Map.Entry<ServiceCatalogue, Integer> service : ports.entrySet()) {
            if (service.getKey() != ServiceCatalogue.NOTIFICATION) {
                led = led.withDefault(
                        gateway(service.getKey()), "http://" + LoopbackPort.HOST + ":" + service.getValue());
            }
        }
        return led;
    }

    /** Writes the settings by which they find the stack: secrets are among them, so for the eyes of this user only. */
    void write(Settings settings) {
        if (ports.isEmpty()) {
            return;
        }
        Map<String, String> found = new HashMap<>(settings.asMap());
        found.keySet().removeAll(LAUNCHER);
        String lines = Settings.of(found).asEnvironment().entrySet().stream()
                .map(variable -> variable.getKey() + "=" + quoted(variable.getValue()) + "\n")
                .collect(Collectors.joining());
        try {
            Files.deleteIfExists(environment);
            Files.createFile(environment, readableByOwner());
            Files.writeString(environment, lines);
        } catch (IOException failure) {
            throw new UncheckedIOException(
                    "The settings for other services cannot be written to " + environment
                            + ": give another directory with --data",
                    failure);
        }
    }

    /** A line for a shell for each, which starts it. */
    List<String> commands() {
        return ports.entrySet().stream()
                .map(service -> "(set -a; . %s; ./orderflow service %s --port %d)"
                        .formatted(
                                quoted(environment.toString()), service.getKey().title(), service.getValue()))
                .toList();
    }

    private static String quoted(String value) {
        return "'" + value.replace("'", "'\\''") + "'";
    }

    private FileAttribute<?>[] readableByOwner() {
        return environment.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(
                            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE))
                }
                : new FileAttribute<?>[0];
    }
}
