package dev.orderflow.bench.command;

import dev.orderflow.local.client.CommandException;
import picocli.CommandLine;

/** {@code ./orderflow bench}: the launcher starts it. */
public final class Main {

    private Main() {}

    /** Runs; the exit status is 0 when everything was measured. */
    public static void main(String[] args) {
        CommandLine command = new CommandLine(new BenchCommand());
        command.setExecutionExceptionHandler((failure, line, parsed) -> {
            if (failure instanceof CommandException) {
                System.err.println(failure.getMessage());
            } else {
                failure.printStackTrace(System.err);
            }
            return 1;
        });
        System.exit(command.execute(args));
    }
}
