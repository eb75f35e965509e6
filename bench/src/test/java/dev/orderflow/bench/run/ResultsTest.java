package dev.orderflow.bench.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ResultsTest {

    @Test
    void shouldReadWhatThePeersHarnessWrites() {
        CellResult result = Results.ofPeer("""
                {"engine":"dbos","mode":"open","rate":100,"orders":1200,"seconds":12.02,"orders_per_s":99.8,
                "p50_ms":18.2,"p95_ms":40.1,"p99_ms":80,"max_ms":120.5,"confirmed":1200,"cancelled":0,"failures":2,
                "not_sent":1,"unfinished":0,"cpu_s":{"worker":5.8,"engine":9.1,"stub":0.1},
                "cpu_ms_per_order":{"worker":4.8,"engine":7.6,"stub":0.1},"peak_rss_mb":{"worker":120,"engine":215,"stub":60},
                "loadgen_cpu_s":0.6,"machine":{"cores":2,"wall_s":12.1,"busy_cores":1.4,"steal_cores":0,"other_busy_cores":0.1},
                "errors":{"timeout":2}}
                """, 3);

        assertThat(result.cell()).isEqualTo("open:100");
        assertThat(result.round()).isEqualTo(3);
        assertThat(result.p99Ms()).isEqualTo(80);
        assertThat(result.cpuMsPerOrder()).isEqualTo(Map.of("worker", 4.8, "engine", 7.6, CellResult.TOTAL, 12.4));
        assertThat(result.memoryMb()).isEqualTo(335);
        assertThat(result.loadCpuMsPerOrder()).isEqualTo(0.5);
        assertThat(result.isClean()).isFalse();
        assertThat(result.errors()).containsEntry("timeout", 2);
    }

    @Test
    void shouldReadItsOwnLinesAgain() {
        CellResult result = Results.ofPeer("{\"engine\":\"x\",\"mode\":\"closed\",\"concurrency\":4}", 1);

        String line = Results.line(result);

        assertThat(line).contains("\"p50_ms\":", "\"cpu_ms_per_order\":", "\"orders_per_s\":");
        assertThat(Results.parse(line)).isEqualTo(result);
    }
}
