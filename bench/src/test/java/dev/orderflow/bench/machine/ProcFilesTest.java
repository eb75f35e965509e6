package dev.orderflow.bench.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProcFilesTest {

    @Test
    void shouldReadTheTimeOfAProcessWhoseNameHoldsBrackets() {
        ProcessStat stat =
                ProcessStat.parse("4711 (kafka) (1) S 1 4711 4711 0 -1 4194560 15 16 17 18 150 50 7 3 20 0 42");

        assertThat(stat).isEqualTo(new ProcessStat("kafka) (1", 2_100));
    }

    @Test
    void shouldReadTheTimeOfTheMachine() {
        MachineTime time = MachineTime.parse("cpu  100 10 50 9999 77 5 5 30 0 0\ncpu0 1 1 1 1\n");

        assertThat(time).isEqualTo(new MachineTime(1_700, 300));
    }

    @ParameterizedTest
    @CsvSource({
        "'/jdk/bin/java|-Xmx1g|-Dorderflow.home=/x|-cp|a|dev.orderflow.local.command.Main|up|--port', up",
        "'java|-cp|a|dev.orderflow.local.stack.ServiceProcess|payment', payment",
        "'java|-cp|a|dev.orderflow.local.engine.EngineServer|lib', clickhouse",
        "'java|-cp|a|dev.orderflow.local.registry.RegistryMain', registry",
        "'java|-cp|a|dev.orderflow.local.broker.BrokerServer|dir', broker",
        "'/usr/lib/postgresql/15/bin/postgres|-D|data', postgres"
    })
    void shouldNameAProcessByWhatItRuns(String words, String name) {
        assertThat(ProcessName.of(words.replace('|', '\0'))).isEqualTo(name);
    }

    @Test
    void shouldMeasureThisProcess() {
        ProcessTree self = new ProcessTree(ProcessHandle.current().pid());
        Meter meter = new Meter(self);
        long end = System.nanoTime() + 200_000_000L;
        double burnt = 0;
        while (System.nanoTime() - end < 0) {
            burnt += Math.sqrt(burnt + 1);
        }

        Meter.Usage usage = meter.stop();

        assertThat(burnt).isPositive();
        assertThat(usage.totalCpuMillis()).isBetween(20L, 60_000L);
        assertThat(usage.peakTotalKilobytes()).isGreaterThan(10_000);
        assertThat(usage.threadMillis().values().stream()
                        .mapToLong(Long::longValue)
                        .sum())
                .as("by thread")
                .isPositive();
        assertThat(self.cpuMillis()).isNotEqualTo(Map.of());
    }
}
