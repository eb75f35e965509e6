package dev.orderflow.local.stack;

import dev.orderflow.durable.TerminalException;
import dev.orderflow.durable.service.OrderflowService;
import dev.orderflow.durable.service.ServiceContext;
import dev.orderflow.durable.service.ServiceHost;
import dev.orderflow.durable.service.ServiceMain;
import dev.orderflow.durable.settings.Settings;
import dev.orderflow.local.process.LoopbackPort;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Services in this process, on one HTTP port. */
final class TogetherServices implements AutoCloseable {

    /** Whether the services on the way of an order share their transactions. */
    private static final String SHARED = "transactions.shared";

    private static final Set<ServiceCatalogue> ON_THE_WAY =
            Set.of(ServiceCatalogue.ORDER, ServiceCatalogue.INVENTORY, ServiceCatalogue.PAYMENT);

    private final PrometheusMeterRegistry meters = ServiceMain.meters();
    private final List<OrderflowService> services = new ArrayList<>();
    private @Nullable ServiceHost http;

    /**
     * Makes all services, without starting any: those that are left out only so that their settings are known.
     *
     * @param settings by which they find what they stand on
     * @param options what somebody has set by hand: each setting must be known to a service, or to the stack
     * @throws TerminalException when a setting is unknown or cannot be used
     */
    TogetherServices(Settings settings, StackOptions options) {
        ServiceContext alone = ServiceContext.from(settings, meters);
        ServiceContext context =
                settings.flag(SHARED, true) && ON_THE_WAY.stream().allMatch(options::has) ? alone.sharing() : alone;
        List<OrderflowService> leftOut = new ArrayList<>();
        for (ServiceCatalogue service : ServiceCatalogue.values()) {
            (options.has(service) ? services : leftOut).add(service.create(context));
        }
        leftOut.forEach(OrderflowService::close);
        Set<String> known = new HashSet<>(settings.known());
        known.addAll(options.settings().known());
        List<String> unread = settings.unread().stream()
                .filter(options.assigned().asMap()::containsKey)
                .filter(name -> !known.contains(name))
                .toList();
        if (!unread.isEmpty()) {
            throw Settings.unknown(unread, known);
        }
    }

    /** Starts those that are not left out; returns before they are ready. */
    void start(int port, Object... beans) {
        CompletableFuture<?> starting = CompletableFuture.allOf(services.stream()
                .map(service -> CompletableFuture.runAsync(service::start))
                .toArray(CompletableFuture[]::new));
        http = ServiceHost.start(LoopbackPort.HOST, port, services, meters, beans);
        starting.join();
    }

    boolean isReady() {
        return services.stream().allMatch(OrderflowService::isReady);
    }

    /** What is not ready, for people. */
    String status() {
        StringBuilder text = new StringBuilder();
        for (OrderflowService service : services) {
            if (!service.isReady()) {
                text.append(text.isEmpty() ? "" : ", ")
                        .append(service.name())
                        .append(" ")
                        .append(service.status());
            }
        }
        return text.toString();
    }

    @Override
    public void close() {
        if (http != null) {
            http.close();
        }
        CompletableFuture.allOf(services.stream()
                        .map(service -> CompletableFuture.runAsync(service::close))
                        .toArray(CompletableFuture[]::new))
                .join();
    }
}
