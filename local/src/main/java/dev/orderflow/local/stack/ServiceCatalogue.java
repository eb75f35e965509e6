package dev.orderflow.local.stack;

import dev.orderflow.analytics.AnalyticsService;
import dev.orderflow.durable.TerminalException;
import dev.orderflow.durable.service.OrderflowService;
import dev.orderflow.durable.service.ServiceContext;
import dev.orderflow.inventory.InventoryService;
import dev.orderflow.loyalty.LoyaltyService;
import dev.orderflow.notification.NotificationService;
import dev.orderflow.order.OrderService;
import dev.orderflow.payment.PaymentService;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The services of the product. */
public enum ServiceCatalogue {
    ORDER,
    INVENTORY,
    PAYMENT,
    NOTIFICATION,
    LOYALTY,
    ANALYTICS;

    /** The service with this name. */
    public static ServiceCatalogue named(String name) {
        return Arrays.stream(values())
                .filter(service -> service.title().equals(name))
                .findFirst()
                .orElseThrow(() -> new TerminalException("There is no service '" + name + "': name one of " + names()));
    }

    /** The names of all services. */
    public static List<String> names() {
        return Arrays.stream(values()).map(ServiceCatalogue::title).toList();
    }

    /**
     * All services but these.
     *
     * @throws TerminalException when one of them does not exist, or cannot be left out
     */
    public static Set<ServiceCatalogue> allBut(Collection<String> names) {
        Set<ServiceCatalogue> services = EnumSet.allOf(ServiceCatalogue.class);
        for (String name : names) {
            ServiceCatalogue service = named(name);
            if (service == ORDER) {
                throw new TerminalException(
                        "The order service cannot be left out: it serves the API and leads to all others. Name others with"
                                + " --without.");
            }
            services.remove(service);
        }
        return services;
    }

    /** Its name. */
    public String title() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Makes the service; it is not started. */
    public OrderflowService create(ServiceContext context) {
        return switch (this) {
            case ORDER -> new OrderService(context);
            case INVENTORY -> new InventoryService(context);
            case PAYMENT -> new PaymentService(context);
            case NOTIFICATION -> new NotificationService(context);
            case LOYALTY -> new LoyaltyService(context);
            case ANALYTICS -> new AnalyticsService(context);
        };
    }
}
