package dev.orderflow.local.command;

import dev.orderflow.local.chaos.ChaosCommand;
import dev.orderflow.local.chaos.RecoveryCommand;
import dev.orderflow.local.client.AuditCommand;
import dev.orderflow.local.client.CommandFailures;
import dev.orderflow.local.client.DeadLettersCommand;
import dev.orderflow.local.client.OrderCommand;
import dev.orderflow.local.client.PaymentsCommand;
import dev.orderflow.local.client.RevenueCommand;
import dev.orderflow.local.client.ShowCommand;
import dev.orderflow.local.client.StockCommand;
import dev.orderflow.local.rehearsal.RehearseCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code ./orderflow}: the one command. */
@Command(
        name = "orderflow",
        mixinStandardHelpOptions = true,
        version = "Orderflow 0.1.0",
        description = "The order backend that cannot charge a customer without an order.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            UpCommand.class,
            ServiceCommand.class,
            OrderCommand.class,
            ShowCommand.class,
            RevenueCommand.class,
            StockCommand.class,
            AuditCommand.class,
            ChaosCommand.class,
            RecoveryCommand.class,
            PaymentsCommand.class,
            DeadLettersCommand.class,
            RehearseCommand.class,
            PrepareCommand.class,
        },
        footer = {
            "",
            "Beside these:",
            "  test      Builds everything and runs all tests.",
            "  build     Only builds.",
            "  bench     Measures orders a second, latency and cost.",
            "",
            "'orderflow COMMAND --help' explains a command."
        })
public final class Main {

    private Main() {}

    /** Runs a command; the exit status is 0 when it did what was asked, 1 when not, 2 when it was not understood. */
    public static void main(String[] args) {
        CommandLine command = new CommandLine(new Main());
        command.getSubcommands().values().forEach(each -> each.getCommandSpec().mixinStandardHelpOptions(true));
        command.setExecutionExceptionHandler(new CommandFailures());
        System.exit(args.length == 0 ? command.execute("--help") : command.execute(args));
    }
}
