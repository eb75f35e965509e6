package dev.orderflow.bench.command;

import dev.orderflow.local.client.CommandFailures;
import picocli.CommandLine;

/** {@code ./orderflow bench}: the launcher starts it. */
public final class Main {

    private Main() {}

    /** Runs; the exit status is 0 when everything was measured. */
    public static void main(String[] args) {
        CommandLine command = new CommandLine(new BenchCommand());
        command.setExecutionExceptionHandler(new CommandFailures());
        System.exit(command.execute(args));
    }
}
