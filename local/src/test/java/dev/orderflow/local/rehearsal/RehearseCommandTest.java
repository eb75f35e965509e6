package dev.orderflow.local.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.local.client.CommandFailures;
import dev.orderflow.local.process.LoopbackPort;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import picocli.CommandLine;

@ResourceLock(Resources.SYSTEM_ERR)
class RehearseCommandTest {

    private record Finished(int status, String errors) {}

    @Test
    void shouldNotTakeSilenceForADifference() {
        Finished finished = run("--bootstrap", "127.0.0.1:" + LoopbackPort.free());

        assertThat(finished.status()).isEqualTo(3);
        assertThat(finished.errors()).contains("Kafka does not answer at 127.0.0.1:", "--bootstrap");
    }

    @Test
    void shouldNameAnUnknownSettingAndTheOneThatWasMeant() {
        Finished finished = run("--set", "order.tax-basis-point=900");

        assertThat(finished.status()).isOne();
        assertThat(finished.errors()).contains("order.tax-basis-point:", "did you mean order.tax-basis-points?");
    }

    @Test
    void shouldRefuseAValueThatTheSagaRefuses() {
        Finished finished = run("--set", "order.tax-basis-points=10001");

        assertThat(finished.status()).isOne();
        assertThat(finished.errors()).contains("order.tax-basis-points=10001");
    }

    @Test
    void shouldRefuseATimeThatIsNone() {
        Finished finished = run("--since", "yesterday");

        assertThat(finished.status()).isOne();
        assertThat(finished.errors()).contains("--since=yesterday");
    }

    private static Finished run(String... arguments) {
        PrintStream before = System.err;
        ByteArrayOutputStream errors = new ByteArrayOutputStream();
        System.setErr(new PrintStream(errors, true, StandardCharsets.UTF_8));
        try {
            int status = new CommandLine(new RehearseCommand())
                    .setExecutionExceptionHandler(new CommandFailures())
                    .execute(arguments);
            return new Finished(status, errors.toString(StandardCharsets.UTF_8));
        } finally {
            System.setErr(before);
        }
    }
}
