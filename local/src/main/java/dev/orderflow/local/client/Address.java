package dev.orderflow.local.client;

import java.net.URI;
import picocli.CommandLine.Option;

/** Where a command finds Orderflow. */
public final class Address {

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "Where Orderflow is served%n(default: ORDERFLOW_URL, or%n http://127.0.0.1:8080).")
    private URI url = URI.create(System.getenv().getOrDefault("ORDERFLOW_URL", "http://127.0.0.1:8080"));

    Api api() {
        if (url.getHost() == null) {
            throw new CommandException("'" + url + "' is no address: write --url http://127.0.0.1:8080");
        }
        return new Api(url);
    }
}
