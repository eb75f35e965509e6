package dev.orderflow.bench.command;

import dev.orderflow.bench.run.Budget;
import dev.orderflow.bench.run.Cell;
import dev.orderflow.bench.run.CellResult;
import dev.orderflow.bench.run.Pace;
import dev.orderflow.bench.run.Plan;
import dev.orderflow.bench.run.Subject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Measures what an order costs, in less than a minute, and holds it against the previous release. */
final class BudgetCheck {

    /** With a thousand under way every commit has its fill: what is left is the cost of an order, not that of a hop. */
    private static final String ORDERS = "kafka:1024";

    private static final String FLOOR = "floor:1024";
    private static final Pace PACE = new Pace(Duration.ofSeconds(8), Duration.ofSeconds(8), Duration.ofSeconds(3));
    private static final int TOLERANCE_PERCENT = 100;
    private static final String RELEASE = "0.1.0";

    private BudgetCheck() {}

    static Plan plan(List<Subject.Stack> stacks, List<Subject.Floor> floors) {
        return Plan.alternating(stacks, List.of(), floors, Cell.parseAll(ORDERS + "," + FLOOR), 1, PACE);
    }

    static Path file() {
        return Home.directory().resolve("bench").resolve("budget.properties");
    }

    /** Writes down what was measured, for the next releases to be held against. */
    static void record(List<CellResult> results) {
        Budget budget = new Budget(
                RELEASE, cell(results, ORDERS).cpuMs(), cell(results, FLOOR).cpuMs(), TOLERANCE_PERCENT);
        budget.write(file());
        System.out.printf("%s: %.1f floors%n", file(), budget.floors());
    }

    /**
     * Says what it costs now and what it did.
     *
     * @return the exit status: 1 when it is over the limit
     */
    static int judge(List<CellResult> results) {
        Budget.Verdict verdict = Budget.read(file()).judge(cell(results, ORDERS), cell(results, FLOOR));
        System.out.println(verdict.text());
        return switch (verdict) {
            case Budget.Verdict.Kept _, Budget.Verdict.Unknown _ -> 0;
            case Budget.Verdict.Exceeded _ -> 1;
        };
    }

    private static CellResult cell(List<CellResult> results, String name) {
        return results.stream()
                .filter(result -> result.cell().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
