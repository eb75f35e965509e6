package dev.orderflow.local.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.orderflow.payment.http.WebhookSignature;
import dev.orderflow.payment.payment.Amount;
import dev.orderflow.payment.payment.Bill;
import dev.orderflow.payment.payment.Capture;
import dev.orderflow.payment.payment.ChargeAnswer;
import dev.orderflow.payment.payment.Found.Standing;
import dev.orderflow.payment.provider.HttpOrigin;
import dev.orderflow.payment.provider.PaymentProvider.ChargeRequest;
import dev.orderflow.payment.provider.PaymentProvider.LookUpRequest;
import dev.orderflow.payment.provider.PaymentProvider.RefundRequest;
import dev.orderflow.payment.provider.PlainProvider;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Payments that wait for a person, and what the shop is told of them. */
class SandboxPendingTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final String SECRET = "a secret of both sides";

    @TempDir
    Path directory;

    private final LinkedBlockingQueue<String> told = new LinkedBlockingQueue<>();
    private final LinkedBlockingQueue<Integer> answers = new LinkedBlockingQueue<>();
    private HttpServer shop;
    private SandboxProvider sandbox;
    private PlainProvider provider;

    @BeforeEach
    void start() throws IOException {
        shop = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        shop.createContext("/webhooks", this::take);
        shop.start();
        open();
    }

    private void open() {
        sandbox = SandboxProvider.start(
                directory.resolve("ledger.ndjson"),
                0,
                SECRET,
                "http://127.0.0.1:" + shop.getAddress().getPort() + "/webhooks");
        provider = new PlainProvider(
                "sandbox", HttpOrigin.parse("payment.url", sandbox.url()), TIMEOUT, InstantSource.system());
    }

    @AfterEach
    void stop() {
        provider.close();
        sandbox.close();
        shop.stop(0);
    }

    private void take(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        String header = exchange.getRequestHeaders().getFirst(WebhookSignature.HEADER);
        boolean genuine = header != null
                && header.equals(new WebhookSignature(SECRET)
                        .sign(body, Instant.ofEpochSecond(Long.parseLong(header.substring(2, header.indexOf(','))))));
        Integer answer = answers.poll();
        exchange.sendResponseHeaders(answer == null ? 202 : answer, -1);
        exchange.close();
        told.add((genuine ? "" : "forged ") + new String(body, StandardCharsets.UTF_8));
    }

    @Test
    void shouldWaitForAPersonAndTellWhatTheyDecided() throws Exception {
        ChargeAnswer answer = charge("o-1", "pm_pending_transfer");
        String page = ((ChargeAnswer.Pending) answer).paymentUrl();
        assertThat(charge("o-1", "pm_pending_transfer")).isEqualTo(answer);
        assertThat(standing("o-1", false)).isEqualTo(Standing.PENDING);
        assertThat(get(page)).contains("29.99 USD", "Order o-1", "Approve", "Decline");
        assertThat(get(sandbox.url() + "/pay")).contains("Order o-1");

        assertThat(post(page + "/approve")).contains("succeeded").doesNotContain("Approve");

        assertThat(notice())
                .contains("\"idempotencyKey\":\"o-1:charge\",\"status\":\"succeeded\"")
                .doesNotContain("forged");
        assertThat(standing("o-1", false)).isEqualTo(Standing.CAPTURED);
        assertThat(post(page + "/decline")).as("the first word counts").contains("succeeded");
        assertThat(get(sandbox.url() + "/pay")).contains("Nothing waits");
        assertThat(get(sandbox.url() + "/stats"))
                .contains("\"amountCaptured\":2999")
                .contains("\"waiting\":0");
        assertThat(told).isEmpty();
    }

    @Test
    void shouldKeepWhatWaitsAndWhatWasDecidedOverARestart() throws Exception {
        charge("o-1", "pm_pending");
        charge("o-2", "pm_pending");
        charge("o-3", "pm_pending");
        String approved = ((ChargeAnswer.Pending) charge("o-1", "pm_pending")).paymentUrl();
        post(approved + "/approve");
        post(((ChargeAnswer.Pending) charge("o-2", "pm_pending")).paymentUrl() + "/decline");
        provider.refund(new RefundRequest(
                "o-1:refund", "o-1", new Capture(1, approved.substring(approved.lastIndexOf('/') + 1), usd()), 0));

        provider.close();
        sandbox.close();
        open();

        assertThat(standing("o-1", false)).isEqualTo(Standing.REFUNDED);
        assertThat(charge("o-2", "pm_pending")).isEqualTo(new ChargeAnswer.Declined("not_approved"));
        assertThat(standing("o-3", false)).isEqualTo(Standing.PENDING);
        assertThat(get(sandbox.url() + "/pay")).contains("Order o-3").doesNotContain("Order o-1");
        assertThat(get(sandbox.url() + "/stats")).contains("\"amountCaptured\":2999,\"amountRefunded\":2999");
    }

    @Test
    void shouldCloseWhatStillWaitsWhenItIsCancelled() throws Exception {
        String page = ((ChargeAnswer.Pending) charge("o-1", "pm_pending")).paymentUrl();

        assertThat(standing("o-1", true)).isEqualTo(Standing.DECLINED);

        assertThat(notice()).contains("\"status\":\"canceled\"");
        assertThat(post(page + "/approve")).contains("declined");
        assertThat(get(sandbox.url() + "/stats")).contains("\"amountCaptured\":0");
    }

    @Test
    void shouldTellTwiceLateAndAgainUntilItIsTaken() throws Exception {
        configure("{\"webhooks\":\"all\",\"webhookDoubleRate\":1,\"webhookDisorderMs\":30,\"webhookDelayMs\":10}");
        answers.add(503);
        charge("o-1", "pm_card");
        charge("o-2", "pm_declined");

        List<String> notices = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            notices.add(notice());
        }
        assertThat(notices.stream().filter(notice -> notice.contains("o-1:charge")))
                .allMatch(n -> n.contains("succeeded"));
        assertThat(notices.stream().filter(notice -> notice.contains("o-2:charge")))
                .allMatch(n -> n.contains("failed"));
        assertThat(notices.stream().distinct()).hasSize(2);
    }

    @Test
    void shouldRefuseSettingsThatItCannotUse() throws Exception {
        assertThat(request(sandbox.url() + "/config", "{\"webhookUrl\":\"ftp://x\"}")
                        .statusCode())
                .isEqualTo(400);
        assertThat(request(sandbox.url() + "/config", "{\"webhooks\":\"some\"}").statusCode())
                .isEqualTo(400);
        assertThat(request(sandbox.url() + "/config", "{\"pendingRate\":2}").statusCode())
                .isEqualTo(400);
        configure("{\"pendingRate\":1}");
        assertThat(charge("o-1", "pm_card")).isInstanceOf(ChargeAnswer.Pending.class);
    }

    private ChargeAnswer charge(String orderId, String method) {
        return provider.charge(new ChargeRequest(orderId + ":charge", orderId, new Bill("u-1", method, usd()), 0));
    }

    private Standing standing(String orderId, boolean close) {
        return provider.lookUp(new LookUpRequest(orderId + ":charge", null, close))
                .orElseThrow()
                .standing();
    }

    private static Amount usd() {
        return new Amount(2999, "USD");
    }

    private String notice() throws InterruptedException {
        String notice = told.poll(60, TimeUnit.SECONDS);
        assertThat(notice).as("a notification within a minute").isNotNull();
        return notice;
    }

    private void configure(String json) throws Exception {
        assertThat(request(sandbox.url() + "/config", json).statusCode()).isEqualTo(200);
    }

    private static String post(String url) throws Exception {
        return request(url, "").body();
    }

    private static HttpResponse<String> request(String url, String body) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                    HttpRequest.newBuilder(URI.create(url))
                            .POST(HttpRequest.BodyPublishers.ofString(body))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }

    private static String get(String url) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString())
                    .body();
        }
    }
}
