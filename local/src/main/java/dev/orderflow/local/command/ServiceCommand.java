package dev.orderflow.local.command;

import dev.orderflow.durable.service.ServiceMain;
import dev.orderflow.local.stack.ServiceCatalogue;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
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

    @Option(names = "--bootstrap", paramLabel = "HOST:PORT", description = "Kafka (default: ${DEFAULT-VALUE}).")
    private String bootstrap = "127.0.0.1:9092";

    @Option(
            names = "--registry",
            paramLabel = "URL",
            description = "Schema registry, where Confluent's API begins (default: ${DEFAULT-VALUE}).")
    private String registry = "http://127.0.0.1:8081/apis/ccompat/v7";

    @Option(names = "--clickhouse", paramLabel = "URL", description = "ClickHouse (default: ${DEFAULT-VALUE}).")
    private String clickhouse = "http://127.0.0.1:8123";

    @Option(
            names = "--port",
            paramLabel = "N",
            description = "Port of its HTTP API; 0 for a free one (default: ${DEFAULT-VALUE}).")
    private int port = 8080;

    @Option(names = "--data", paramLabel = "DIR", description = "Where its state is kept (default: .orderflow-NAME).")
    private Path data = Path.of("");

    @Option(names = "--set", paramLabel = "NAME=VALUE", description = "Sets a setting; may be given more than once.")
    private List<String> assignments = new ArrayList<>();

    @Override
    public Integer call() {
        ServiceCatalogue service = ServiceCatalogue.named(name);
        Path directory = data.toString().isEmpty() ? Path.of(".orderflow-" + name) : data;
        List<String> arguments = new ArrayList<>();
        set(arguments, "kafka.bootstrap=" + bootstrap);
        set(arguments, "registry.url=" + registry);
        set(arguments, "http.port=" + port);
        set(arguments, "data.dir=" + directory.toAbsolutePath());
        if (service == ServiceCatalogue.ANALYTICS) {
            set(arguments, "clickhouse.url=" + clickhouse);
        }
        assignments.forEach(assignment -> set(arguments, assignment));
        ServiceMain.run(arguments.toArray(String[]::new), ServiceCatalogue::topics, service::create);
        return 0;
    }

    private static void set(List<String> arguments, String assignment) {
        arguments.add("--set");
        arguments.add(assignment);
    }
}
