package dev.orderflow.local.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LoopbackPortTest {

    @Test
    void shouldChooseAPortOnlyForZero() {
        assertThat(LoopbackPort.orFree(8080)).isEqualTo(8080);
        assertThat(LoopbackPort.orFree(0)).isPositive();
        assertThatThrownBy(() -> LoopbackPort.orFree(70_000)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldGiveNoPortTwice() {
        assertThat(IntStream.range(0, 200).mapToObj(call -> LoopbackPort.free()))
                .doesNotHaveDuplicates()
                .allSatisfy(port -> LoopbackPort.requireFree("test", port));
    }

    @Test
    void shouldSayWhichPartWantsAPortThatIsTaken() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> LoopbackPort.requireFree("mailbox", taken.getLocalPort()))
                    .isInstanceOfSatisfying(PortTakenException.class, e -> {
                        assertThat(e.part()).isEqualTo("mailbox");
                        assertThat(e.port()).isEqualTo(taken.getLocalPort());
                    });
        }
    }
}
