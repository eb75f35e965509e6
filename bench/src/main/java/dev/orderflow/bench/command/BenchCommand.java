package dev.orderflow.bench.command;

import dev.orderflow.bench.machine.Machine;
import dev.orderflow.bench.report.HtmlReport;
import dev.orderflow.bench.report.Ratio;
import dev.orderflow.bench.report.TextTable;
import dev.orderflow.bench.run.Cell;
import dev.orderflow.bench.run.CellResult;
import dev.orderflow.bench.run.Pace;
import dev.orderflow.bench.run.Plan;
import dev.orderflow.bench.run.Session;
import dev.orderflow.bench.run.Subject;
import dev.orderflow.local.client.CommandException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code orderflow bench}. */
@Command(
        name = "orderflow bench",
        mixinStandardHelpOptions = true,
        description = {
            "Measures the whole product on this machine: orders a second, latency, processor time and memory.",
            "",
            "Starts it on free ports with fresh data, warms it up, and runs one cell after the other. One line of JSON",
            "per cell goes to standard output; a table, cells.ndjson and report.html are written at the end."
        },
        footer = {
            "",
            "Cells:",
            "  closed:N      N clients over HTTP, each waiting for the outcome of its order before the next",
            "  open:N        N orders a second over HTTP, timed from when each was to be sent",
            "  kafka:N       orders straight to order.placed, N under way, until they are in order.confirmed",
            "  kafka-rate:N  the same, N a second",
            "  location:N    as kafka:N, all from one stock location; also location-rate:N",
            "  floor:N       records through as many transactions as an order takes, with no work in them; floor-rate:N",
            "  fill:N        no measurement: orders until N are in the log",
            "docs/performance.md says how the numbers are to be read."
        })
public final class BenchCommand implements Callable<Integer> {

    private static final String STANDARD = "closed:1,open:50,open:100,closed:16,closed:64,closed:256,open:500,"
            + "open:1000,kafka:1024,location:1024,floor:1,floor-rate:100,floor:64,floor:256,floor:1024";
    private static final String QUICK = "closed:1,open:100,closed:64,kafka:1024,floor:1,floor:64,floor:1024";
    private static final int SECONDS = 12;
    private static final int QUICK_SECONDS = 4;
    private static final int WARM_UP = 20;
    private static final int QUICK_WARM_UP = 8;
    private static final Duration SETTLE = Duration.ofSeconds(5);
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH-mm-ss");

    @Option(names = "--quick", description = "Fewer and shorter cells.")
    private boolean quick;

    @Option(names = "--cells", paramLabel = "LIST", description = "Cells, with commas between them.")
    private @Nullable String cells;

    @Option(names = "--seconds", paramLabel = "N", description = "Of each cell (default: 12; 4 with --quick).")
    private int seconds;

    @Option(names = "--warm-up", paramLabel = "N", description = "Seconds of load before the first cell (20; 8).")
    private int warmUp;

    @Option(names = "--rounds", paramLabel = "N", description = "How often all of it is done; medians are shown.")
    private int rounds = 1;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Where results go (default: .orderflow-bench/ and the time).")
    private @Nullable Path out;

    @Mixin
    private final Subjects subjects = new Subjects();

    @Option(
            names = "--growth",
            paramLabel = "N",
            arity = "0..1",
            fallbackValue = "1000000",
            description = "Compares 10,000 orders in the log with N (default: 1,000,000).")
    private int growth;

    @Option(
            names = "--micro",
            paramLabel = "REGEX",
            arity = "0..1",
            fallbackValue = ".*",
            description = "Runs the JMH benchmarks of the functions on the hot path instead; --quick only tries them.")
    private @Nullable String micro;

    @Option(
            names = "--budget",
            description = "Holds the processor time of an order against the previous release, in less than a minute;"
                    + " ends with 1 when it is over the limit.")
    private boolean budget;

    @Option(names = "--record-budget", description = "Writes it down for the next releases to be held against.")
    private boolean recordBudget;

    @Override
    public Integer call() {
        Path directory = directory();
        if (micro != null) {
            Micro.run(micro, directory, quick);
            return 0;
        }
        List<Subject.Stack> stacks = subjects.stacks(directory);
        if (budget || recordBudget) {
            return budget(stacks, directory);
        }
        List<Cell> chosen = Cell.parseAll(chosenCells());
        Pace pace = new Pace(
                Duration.ofSeconds(seconds > 0 ? seconds : quick ? QUICK_SECONDS : SECONDS),
                Duration.ofSeconds(warmUp > 0 ? warmUp : quick ? QUICK_WARM_UP : WARM_UP),
                SETTLE);
        Plan plan = Plan.alternating(stacks, subjects.peers(), subjects.floors(), chosen, rounds, pace);
        Map<String, String> machine = Machine.description();
        report(plan, stacks, measure(plan, directory), machine, directory);
        return 0;
    }

    private int budget(List<Subject.Stack> stacks, Path directory) {
        List<CellResult> results = measure(BudgetCheck.plan(stacks, subjects.floors()), directory);
        if (recordBudget) {
            BudgetCheck.record(results);
            return 0;
        }
        return BudgetCheck.judge(results);
    }

    private List<CellResult> measure(Plan plan, Path directory) {
        try (subjects;
                Console console = new Console(directory.resolve("cells.ndjson"), plan.length())) {
            new Session(plan, directory, console).run();
            return console.results();
        }
    }

    private String chosenCells() {
        if (cells != null) {
            return cells;
        }
        if (growth > 0) {
            return "fill:10000,open:100,closed:64,fill:%d,open:100,closed:64".formatted(growth);
        }
        return quick ? QUICK : STANDARD;
    }

    private Path directory() {
        Path directory = out == null
                ? Home.directory()
                        .resolve(".orderflow-bench")
                        .resolve(LocalDateTime.now(ZoneId.systemDefault()).format(STAMP))
                : out.toAbsolutePath();
        try {
            return Files.createDirectories(directory);
        } catch (IOException failure) {
            throw new CommandException("Results cannot be written to " + directory + ": " + failure.getMessage());
        }
    }

    private static void report(
            Plan plan,
            List<Subject.Stack> stacks,
            List<CellResult> results,
            Map<String, String> machine,
            Path directory) {
        Set<String> ours = stacks.stream().map(Subject::label).collect(Collectors.toSet());
        Map<String, String> durability = new LinkedHashMap<>();
        plan.turns()
                .forEach(turn ->
                        durability.put(turn.subject().label(), turn.subject().durability()));
        boolean compared = plan.turns().stream().anyMatch(turn -> turn.subject() instanceof Subject.Peer);
        List<Ratio> ratios = compared ? Ratio.of(results, ours) : List.of();
        System.err.println("\n" + TextTable.of(results));
        if (compared) {
            System.err.println(TextTable.ratios(ratios));
            System.err.println(TextTable.durability(durability));
        }
        Path page = directory.resolve("report.html");
        try {
            Files.writeString(page, HtmlReport.of(results, machine, durability, ratios));
        } catch (IOException failure) {
            throw new UncheckedIOException("The report cannot be written to " + page, failure);
        }
        System.err.println("The report is " + page);
    }
}
