package dev.orderflow.local.stack;

import dev.orderflow.durable.service.ServiceHost;
import dev.orderflow.durable.service.ServiceMain;
import dev.orderflow.durable.settings.Settings;
import dev.orderflow.local.client.Api;
import dev.orderflow.local.client.CommandException;
import dev.orderflow.local.process.JavaCommand;
import dev.orderflow.local.process.LoopbackPort;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** Each service as a process of its own, started again when it is killed; the order service is the gateway to all. */
final class SeparateServices {

    private static final Duration START = Duration.ofMinutes(3);
    private static final List<String> OPTIONS = List.of(
            "-Xms32m",
            "-Xmx256m",
            "-XX:+UseSerialGC",
            "-XX:+UseCompactObjectHeaders",
            "-XX:TieredStopAtLevel=1",
            "-XX:ReservedCodeCacheSize=240m",
            "-Djakarta.mail.util.StreamProvider=org.eclipse.angus.mail.util.MailStreamProvider",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow");

    /** What an order waits for first: started all at once on few processors, the others would hold it up. */
    private static final List<Set<ServiceCatalogue>> WAVES = List.of(
            EnumSet.of(ServiceCatalogue.ORDER, ServiceCatalogue.INVENTORY, ServiceCatalogue.PAYMENT),
            EnumSet.of(ServiceCatalogue.NOTIFICATION, ServiceCatalogue.LOYALTY, ServiceCatalogue.ANALYTICS));

    private final Map<ServiceCatalogue, Integer> ports = new EnumMap<>(ServiceCatalogue.class);
    private final Set<ServiceCatalogue> wanted;
    private final Set<ServiceCatalogue> started = EnumSet.noneOf(ServiceCatalogue.class);

    /**
     * @param port of the order service, which is the gateway
     * @param services which are started
     */
    SeparateServices(int port, Set<ServiceCatalogue> services) {
        wanted = services;
        for (ServiceCatalogue service : services) {
            ports.put(service, service == ServiceCatalogue.ORDER ? port : LoopbackPort.free());
        }
    }

    /**
     * Starts them all.
     *
     * @param beans for the controllers that this process serves itself
     * @param awaitReady returns when what has been started until then is ready
     */
    void start(Foundation foundation, Object[] beans, Startup startup, Runnable awaitReady) {
        ServiceHost own = ServiceHost.start(LoopbackPort.HOST, 0, List.of(), ServiceMain.meters(), beans);
        startup.closeLater(own);
        // The mails are served here, by the process that took them, and not by notification, which sends them; and the
        // crash button by the one that starts again what it kills.
        Settings settings = foundation
                .settings()
                .withDefault("gateway.notification", address(own.port()))
                .withDefault("gateway.demo", address(own.port()));
        List<CompletableFuture<?>> rest = new ArrayList<>();
        if (!foundation.remembersSchemas()) {
            rest.add(foundation.registry());
            rest.add(foundation.clickhouse());
        }
        for (Set<ServiceCatalogue> wave : WAVES) {
            List<CompletableFuture<?>> parts = new ArrayList<>();
            Set<ServiceCatalogue> now = EnumSet.copyOf(wave);
            now.retainAll(wanted);
            now.forEach(service -> parts.add(startup.part(
                    service.title(),
                    () -> foundation.supervised(
                            service.title(),
                            () -> foundation.child(
                                    service.title(), command(service), environment(service, settings), START)),
                    child -> address(port(service)) + "   process "
                            + child.running().pid())));
            CompletableFuture.allOf(parts.toArray(CompletableFuture[]::new)).join();
            started.addAll(now);
            if (rest.isEmpty()) {
                LocalStack.letOrdersFirst(this::isReady);
                rest.add(foundation.registry());
                rest.add(foundation.clickhouse());
            }
            awaitReady.run();
        }
        CompletableFuture.allOf(rest.toArray(CompletableFuture[]::new)).join();
    }

    /** Whether all that was started is ready. */
    boolean isReady() {
        return status().isEmpty();
    }

    /** What is not ready, for people. */
    String status() {
        StringBuilder text = new StringBuilder();
        started.forEach(service -> {
            if (!isReady(port(service))) {
                text.append(text.isEmpty() ? "" : ", ").append(service.title());
            }
        });
        return text.toString();
    }

    private int port(ServiceCatalogue service) {
        return ports.getOrDefault(service, 0);
    }

    private static boolean isReady(int port) {
        try {
            return new Api(URI.create(address(port))).get("/health/readiness").status() == 200;
        } catch (CommandException unreachable) {
            return false;
        }
    }

    private static JavaCommand command(ServiceCatalogue service) {
        return JavaCommand.ofThisProgram(ServiceProcess.class, OPTIONS, List.of(service.title()));
    }

    /** By the environment and not by arguments, which anyone on the machine can read. */
    private Map<String, String> environment(ServiceCatalogue service, Settings settings) {
        Settings own = settings.overlaidWith(Settings.of(Map.of("http.port", Integer.toString(port(service)))));
        if (service == ServiceCatalogue.ORDER) {
            for (ServiceCatalogue other : wanted) {
                if (other != service) {
                    own = own.withDefault("gateway." + other.title(), address(port(other)));
                }
            }
        }
        return own.asEnvironment();
    }

    private static String address(int port) {
        return "http://" + LoopbackPort.HOST + ":" + port;
    }
}
