package dev.orderflow.bench.report;

import dev.orderflow.bench.run.CellResult;
import java.util.Map;

/** Results for tests. */
final class Sample {

    private Sample() {}

    static CellResult result(String engine, int round, String cell, double perSecond, double p50, double cpu) {
        return new CellResult(
                engine,
                round,
                cell,
                1_000,
                10,
                perSecond,
                p50,
                p50 * 2,
                p50 * 3,
                p50 * 9,
                990,
                10,
                0,
                0,
                0,
                Map.of("up", cpu * 0.9, "clickhouse", cpu * 0.1, CellResult.TOTAL, cpu),
                0.1,
                Map.of("up", 700L, CellResult.TOTAL, 900L),
                Map.of("StreamThread-1", 0.2),
                0.05,
                1.9,
                0.01,
                0.1,
                Map.of());
    }
}
