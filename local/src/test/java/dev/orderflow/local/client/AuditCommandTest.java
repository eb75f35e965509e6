package dev.orderflow.local.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class AuditCommandTest {

    private static final String READ = "{\"readAt\":\"2026-11-27T10:00:00Z\"}";
    private static final String NEVER = "{\"readAt\":null}";
    private static final String IN_TROUBLE = "{\"readAt\":\"2026-11-27T10:00:00Z\",\"trouble\":\"no answer\"}";

    @Test
    void shouldNotTakeSilenceForADifference() {
        assertThat(new CommandLine(new AuditCommand()).execute("--url", "http://127.0.0.1:1"))
                .isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "200; true ; " + READ + "; " + READ + "; 0",
                "200; false; " + READ + "; " + READ + "; 1",
                "200; false; " + NEVER + "; " + READ + "; 1",
                "200; true ; " + NEVER + "; " + READ + "; 3",
                "200; true ; " + READ + "; " + NEVER + "; 3",
                "200; true ; " + READ + "; " + IN_TROUBLE + "; 3",
                "503; true ; " + READ + "; " + READ + "; 3",
            })
    void shouldEndWithZeroOnlyWhereBothSidesWereReadAndAgree(
            int status, boolean agrees, String topics, String provider, int exit) throws IOException {
        byte[] answer = ("{\"agrees\":" + agrees + ",\"topics\":" + topics + ",\"provider\":" + provider + "}")
                .getBytes(StandardCharsets.UTF_8);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/audit", exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
        try {
            String url = "http://127.0.0.1:" + server.getAddress().getPort();
            assertThat(new CommandLine(new AuditCommand()).execute("--url", url))
                    .isEqualTo(exit);
        } finally {
            server.stop(0);
        }
    }
}
