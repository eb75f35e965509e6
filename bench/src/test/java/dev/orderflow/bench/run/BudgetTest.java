package dev.orderflow.bench.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.bench.run.Budget.Verdict;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BudgetTest {

    private static final Budget BUDGET = new Budget("0.1.0", 1.2, 0.1, 25);

    @Test
    void shouldAllowWhatIsWithinTheTolerance() {
        assertThat(BUDGET.judge(cell(1.49, 5_000, 0.2), cell(0.1, 5_000, 0.2))).isInstanceOf(Verdict.Kept.class);
    }

    @Test
    void shouldRefuseWhatCostsMore() {
        assertThat(BUDGET.judge(cell(1.51, 5_000, 0.2), cell(0.1, 5_000, 0.2))).isInstanceOf(Verdict.Exceeded.class);
    }

    @Test
    void shouldCountInFloorsSoThatASlowMachineChangesNothing() {
        assertThat(BUDGET.judge(cell(4.4, 5_000, 0.2), cell(0.3, 5_000, 0.2))).isInstanceOf(Verdict.Kept.class);
        assertThat(BUDGET.judge(cell(0.9, 5_000, 0.2), cell(0.05, 5_000, 0.2))).isInstanceOf(Verdict.Exceeded.class);
    }

    @Test
    void shouldNotJudgeOnAMachineThatIsBusyWithOtherWork() {
        assertThat(BUDGET.judge(cell(9, 5_000, 1.4), cell(0.1, 5_000, 0.2))).isInstanceOf(Verdict.Unknown.class);
        assertThat(BUDGET.judge(cell(9, 1_999, 0.1), cell(0.1, 5_000, 0.2))).isInstanceOf(Verdict.Unknown.class);
    }

    @Test
    void shouldPrintBoth() {
        assertThat(BUDGET.judge(cell(1.0, 5_000, 0.2), cell(0.2, 5_000, 0.2)).text())
                .contains(
                        "this build: 1.000 ms", "= 5.0 floors", "release 0.1.0: 1.200 ms = 12.0 floors", "15.0 floors");
    }

    @Test
    void shouldReadWhatItWrote(@TempDir Path directory) {
        Path file = directory.resolve("budget.properties");
        BUDGET.write(file);
        assertThat(Budget.read(file)).isEqualTo(BUDGET);
    }

    private static CellResult cell(double cpu, int orders, double noise) {
        return new CellResult(
                "x",
                1,
                "kafka:1024",
                orders,
                8,
                500,
                1,
                1,
                1,
                1,
                orders,
                0,
                0,
                0,
                0,
                Map.of(CellResult.TOTAL, cpu),
                0,
                Map.of(),
                Map.of(),
                0,
                1,
                0,
                noise,
                Map.of());
    }
}
