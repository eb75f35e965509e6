package dev.orderflow.system.compose;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The health check that runs in our containers, run here against servers in every state. */
class HealthScriptTest {

    @ParameterizedTest
    @CsvSource({"200, true", "503, false", "404, false", "301, false"})
    void shouldTakeOnly200ForHealthy(int status, boolean healthy) throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/health/readiness", exchange -> {
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        server.start();
        try {
            assertThat(check(server.getAddress().getPort())).isEqualTo(healthy);
        } finally {
            server.stop(0);
        }
    }

    @Test
    void shouldFailWhereNothingListens() throws Exception {
        int port;
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = closed.getLocalPort();
        }

        assertThat(check(port)).isFalse();
    }

    @Test
    void shouldFailWhereNobodyAnswers() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(check(silent.getLocalPort())).isFalse();
        }
    }

    private static boolean check(int port) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(
                "bash", ComposeFile.DIRECTORY.resolve("health").toString(), "/health/readiness");
        builder.environment().put("ORDERFLOW_HTTP_PORT", Integer.toString(port));
        Process process = builder.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).as("ended in time").isTrue();
        return process.exitValue() == 0;
    }
}
