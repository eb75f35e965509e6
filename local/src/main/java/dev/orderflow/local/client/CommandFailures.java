package dev.orderflow.local.client;

import dev.orderflow.durable.TerminalException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** What a command that failed says: what to do about it where that is known, and all that a developer needs where not. */
public final class CommandFailures implements IExecutionExceptionHandler {

    @Override
    public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
        if (failure instanceof CommandException || failure instanceof TerminalException) {
            System.err.println(failure.getMessage());
        } else {
            failure.printStackTrace(System.err);
        }
        return 1;
    }
}
