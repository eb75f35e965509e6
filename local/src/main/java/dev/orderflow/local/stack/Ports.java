package dev.orderflow.local.stack;

import dev.orderflow.durable.TerminalException;
import dev.orderflow.durable.settings.Settings;
import dev.orderflow.local.process.LoopbackPort;
import dev.orderflow.local.process.PortTakenException;

/**
 * The ports of a local stack, all on 127.0.0.1. One that is set is used or refused; another is the usual one where that is
 * free, else any free one.
 */
record Ports(int http, int kafka, int registry, int clickhouse, int provider, int smtp) {

    private static final int USUAL_KAFKA = 9092;
    private static final int USUAL_REGISTRY = 8081;
    private static final int USUAL_CLICKHOUSE = 8123;
    private static final int USUAL_PROVIDER = 8090;
    private static final int USUAL_SMTP = 2525;
    static final int HIGHEST = 65_535;

    /** @param http the port of the API; with 0 every port that is not set is any free one */
    static Ports choose(int http, Settings settings) {
        boolean anyFree = http == 0;
        if (http < 0 || http > HIGHEST) {
            throw new TerminalException(
                    "There is no port " + http + ": write --port with 1 to " + HIGHEST + ", or 0 for free ones");
        }
        if (!anyFree) {
            LoopbackPort.requireFree("HTTP API", http, "another one with --port N (0 takes free ones)");
        }
        return new Ports(
                LoopbackPort.orFree(http),
                port(settings, "broker", "port.kafka", USUAL_KAFKA, anyFree),
                port(settings, "schema registry", "port.registry", USUAL_REGISTRY, anyFree),
                port(settings, "ClickHouse engine", "port.clickhouse", USUAL_CLICKHOUSE, anyFree),
                port(settings, "sandbox provider", "port.provider", USUAL_PROVIDER, anyFree),
                port(settings, "mailbox", "port.smtp", USUAL_SMTP, anyFree));
    }

    /** Whether this is one of them. */
    boolean has(int port) {
        return port == http
                || port == kafka
                || port == registry
                || port == clickhouse
                || port == provider
                || port == smtp;
    }

    private static int port(Settings settings, String part, String name, int usual, boolean anyFree) {
        if (settings.find(name).isPresent()) {
            int port = (int) settings.number(name, usual, 1, HIGHEST);
            LoopbackPort.requireFree(part, port, "another one with --set " + name + "=N");
            return port;
        }
        if (anyFree) {
            return LoopbackPort.free();
        }
        try {
            LoopbackPort.requireFree(part, usual);
            return usual;
        } catch (PortTakenException taken) {
            return LoopbackPort.free();
        }
    }
}
