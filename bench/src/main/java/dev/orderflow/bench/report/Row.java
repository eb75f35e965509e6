package dev.orderflow.bench.report;

import dev.orderflow.bench.run.CellResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * One cell of one engine: the median of its runs, number by number.
 *
 * @param runs how many there were
 * @param clean whether every order of every run had its outcome
 */
record Row(
        String engine,
        String cell,
        int runs,
        double ordersPerSecond,
        double p50,
        double p95,
        double p99,
        double max,
        double cpuMs,
        double afterCpuMs,
        double loadCpuMs,
        double memoryMb,
        double otherCores,
        boolean clean) {

    /** In the order in which each engine and cell was first seen. */
    static List<Row> of(List<CellResult> results) {
        Map<List<String>, List<CellResult>> groups = new LinkedHashMap<>();
        for (CellResult result : results) {
            groups.computeIfAbsent(List.of(result.engine(), result.cell()), key -> new ArrayList<>())
                    .add(result);
        }
        return groups.values().stream().map(Row::median).toList();
    }

    private static Row median(List<CellResult> runs) {
        CellResult first = runs.getFirst();
        return new Row(
                first.engine(),
                first.cell(),
                runs.size(),
                median(runs, CellResult::ordersPerS),
                median(runs, CellResult::p50Ms),
                median(runs, CellResult::p95Ms),
                median(runs, CellResult::p99Ms),
                median(runs, CellResult::maxMs),
                median(runs, CellResult::cpuMs),
                median(runs, CellResult::afterCpuMsPerOrder),
                median(runs, CellResult::loadCpuMsPerOrder),
                median(runs, CellResult::memoryMb),
                median(runs, CellResult::otherCores),
                runs.stream().allMatch(CellResult::isClean));
    }

    private static double median(List<CellResult> runs, ToDoubleFunction<CellResult> number) {
        double[] sorted = runs.stream().mapToDouble(number).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
