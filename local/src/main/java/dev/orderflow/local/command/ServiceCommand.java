package dev.orderflow.local.command;

import dev.orderflow.durable.service.ServiceMain;
import dev.orderflow.durable.settings.Settings;
import dev.orderflow.local.stack.ServiceCatalogue;
import dev.orderflow.schemas.Topics;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code orderflow service NAME}: one service on its own. */
@Command(
        name = "service",
        description = "Runs one service on its own, against a Kafka, registry and ClickHouse that are there already:"
                + " order, inventory, payment, notification, loyalty or analytics.")
public final class ServiceCommand implements Callable<Integer> {

    @Parameters(paramLabel = "NAME", description = "The service.")
    private String name = "";

    @Option(names = "--bootstrap", paramLabel = "HOST:PORT", description = "Kafka (default: 127.0.0.1:9092).")
    private @Nullable String bootstrap;

    @Option(
            names = "--registry",
            paramLabel = "URL",
            description = "Schema registry, where Confluent's API begins (default:"
                    + " http://127.0.0.1:8081/apis/ccompat/v7).")
    private @Nullable String registry;

    @Option(names = "--clickhouse", paramLabel = "URL", description = "ClickHouse (default: http://127.0.0.1:8123).")
    private @Nullable String clickhouse;

    @Option(names = "--port", paramLabel = "N", description = "Port of its HTTP API; 0 for a free one (default: 8080).")
    private @Nullable String port;

    @Option(names = "--data", paramLabel = "DIR", description = "Where its state is kept (default: .orderflow-NAME).")
    private @Nullable Path data;

    @Option(names = "--set", paramLabel = "NAME=VALUE", description = "Sets a setting; may be given more than once.")
    private List<String> assignments = new ArrayList<>();

    @Override
    public Integer call() {
        ServiceCatalogue service = ServiceCatalogue.named(name);
        Settings environment = Settings.fromEnvironment(System.getenv());
        List<String> arguments = new ArrayList<>();
        set(arguments, environment, "kafka.bootstrap", bootstrap, "127.0.0.1:9092");
        set(arguments, environment, "registry.url", registry, "http://127.0.0.1:8081/apis/ccompat/v7");
        set(arguments, environment, "http.port", port, "8080");
        set(arguments, environment, "data.dir", data == null ? null : data.toString(), ".orderflow-" + name);
        if (service == ServiceCatalogue.ANALYTICS) {
            set(arguments, environment, "clickhouse.url", clickhouse, "http://127.0.0.1:8123");
        }
        assignments.forEach(assignment -> arguments.addAll(List.of("--set", assignment)));
        ServiceMain.run(arguments.toArray(String[]::new), Topics::toCreate, service::create);
        return 0;
    }

    /** What is given wins over the environment, and that over the usual. */
    private static void set(
            List<String> arguments, Settings environment, String name, @Nullable String given, String usual) {
        if (given != null || environment.find(name).isEmpty()) {
            arguments.addAll(List.of("--set", name + "=" + (given == null ? usual : given)));
        }
    }
}
