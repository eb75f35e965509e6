package dev.orderflow.local.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orderflow.durable.RetriableException;
import dev.orderflow.durable.TerminalException;
import dev.orderflow.payment.payment.Amount;
import dev.orderflow.payment.payment.Bill;
import dev.orderflow.payment.payment.Capture;
import dev.orderflow.payment.payment.ChargeAnswer;
import dev.orderflow.payment.payment.Found.Standing;
import dev.orderflow.payment.provider.ChargePage;
import dev.orderflow.payment.provider.HttpOrigin;
import dev.orderflow.payment.provider.PaymentProvider.ChargeRequest;
import dev.orderflow.payment.provider.PaymentProvider.LookUpRequest;
import dev.orderflow.payment.provider.PaymentProvider.RefundRequest;
import dev.orderflow.payment.provider.PlainProvider;
import dev.orderflow.payment.provider.SeenCharge;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sandbox as payment's own adapter sees it. */
class SandboxProviderTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    @TempDir
    Path directory;

    private SandboxProvider sandbox;
    private PlainProvider provider;

    @BeforeEach
    void start() {
        sandbox = SandboxProvider.start(directory.resolve("ledger.ndjson"), 0);
        provider = adapter(TIMEOUT);
    }

    @AfterEach
    void stop() {
        provider.close();
        sandbox.close();
    }

    private PlainProvider adapter(Duration timeout) {
        return new PlainProvider(
                "sandbox", HttpOrigin.parse("payment.url", sandbox.url()), timeout, InstantSource.system());
    }

    @Test
    void shouldChargeAKeyOnce() {
        ChargeAnswer first = provider.charge(request("o-1", "pm_card", 2999));
        assertThat(first).isInstanceOf(ChargeAnswer.Captured.class);
        assertThat(provider.charge(request("o-1", "pm_card", 2999))).isEqualTo(first);
        assertThat(provider.lookUp(new LookUpRequest("o-1:charge", null, false)))
                .contains(new SeenCharge(
                        "o-1:charge",
                        Standing.CAPTURED,
                        ((ChargeAnswer.Captured) first).chargeId(),
                        new Amount(2999, "USD")));
        assertThat(provider.lookUp(new LookUpRequest("o-2:charge", null, false)))
                .isEmpty();
        assertThat(stats()).contains("\"uniqueCharges\":1").contains("\"duplicateCalls\":1");
    }

    @Test
    void shouldDeclineByThePaymentMethod() {
        assertThat(provider.charge(request("o-1", "pm_declined_visa", 1)))
                .isEqualTo(new ChargeAnswer.Declined("card_declined"));
        assertThat(provider.charge(request("o-1", "pm_declined_visa", 1)))
                .isEqualTo(new ChargeAnswer.Declined("card_declined"));
        assertThat(provider.charge(request("o-2", "pm_insufficient", 1)))
                .isEqualTo(new ChargeAnswer.Declined("insufficient_funds"));
        assertThat(provider.lookUp(new LookUpRequest("o-2:charge", null, false))
                        .orElseThrow()
                        .standing())
                .isEqualTo(Standing.DECLINED);
    }

    @Test
    void shouldRefuseAKeyThatWasUsedForAnotherAmount() {
        provider.charge(request("o-1", "pm_card", 2999));
        assertThatThrownBy(() -> provider.charge(request("o-1", "pm_card", 3000)))
                .isInstanceOf(TerminalException.class)
                .hasMessageContaining("409");
    }

    @Test
    void shouldRefundOnce() {
        var charged = (ChargeAnswer.Captured) provider.charge(request("o-1", "pm_card", 2999));
        RefundRequest refund =
                new RefundRequest("o-1:refund", "o-1", new Capture(1, charged.chargeId(), new Amount(2999, "USD")), 0);
        String refundId = provider.refund(refund);
        assertThat(provider.refund(refund)).isEqualTo(refundId);
        assertThat(provider.lookUp(new LookUpRequest("o-1:charge", null, false))
                        .orElseThrow()
                        .standing())
                .isEqualTo(Standing.REFUNDED);
        assertThat(stats()).contains("\"refunds\":1").contains("\"amountRefunded\":2999");
        assertThatThrownBy(() -> provider.refund(
                        new RefundRequest("o-9:refund", "o-9", new Capture(1, "ch_99", new Amount(1, "USD")), 0)))
                .isInstanceOf(TerminalException.class)
                .hasMessageContaining("404");
    }

    @Test
    void shouldDropAnswersOfChargesThatItMade() {
        configure("{\"dropRate\":1}");
        assertThatThrownBy(() -> provider.charge(request("o-1", "pm_card", 2999)))
                .isInstanceOf(RetriableException.class)
                .hasMessageContaining("o-1:charge");
        assertThat(provider.lookUp(new LookUpRequest("o-1:charge", null, false))
                        .orElseThrow()
                        .standing())
                .isEqualTo(Standing.CAPTURED);
        assertThat(provider.charge(request("o-1", "pm_card", 2999))).isInstanceOf(ChargeAnswer.Captured.class);
        assertThat(stats()).contains("\"uniqueCharges\":1").contains("\"dropped\":1");
    }

    @Test
    void shouldBeDownAndComeBack() {
        configure("{\"outage\":true}");
        assertThatThrownBy(() -> provider.charge(request("o-1", "pm_card", 1)))
                .isInstanceOf(RetriableException.class)
                .hasMessageContaining("503");
        assertThatThrownBy(() -> provider.lookUp(new LookUpRequest("o-1:charge", null, false)))
                .isInstanceOf(RetriableException.class);
        configure("{\"reset\":true}");
        assertThat(provider.lookUp(new LookUpRequest("o-1:charge", null, false)))
                .isEmpty();
    }

    @Test
    void shouldBeSlowerThanItsCallerWaits() {
        configure("{\"latencyMs\":60000}");
        try (PlainProvider impatient = adapter(Duration.ofMillis(200))) {
            assertThatThrownBy(() -> impatient.charge(request("o-1", "pm_card", 1)))
                    .isInstanceOf(RetriableException.class);
        }
        assertThat(provider.lookUp(new LookUpRequest("o-1:charge", null, false))
                        .orElseThrow()
                        .standing())
                .isEqualTo(Standing.CAPTURED);
    }

    @Test
    void shouldDeclineAShare() {
        configure("{\"declineRate\":0.5}");
        long declined = 0;
        for (int i = 0; i < 200; i++) {
            declined += provider.charge(request("o-" + i, "pm_card", 1)) instanceof ChargeAnswer.Declined ? 1 : 0;
        }
        assertThat(declined).isBetween(70L, 130L);
    }

    @Test
    void shouldListItsCharges() {
        for (int i = 0; i < 7; i++) {
            provider.charge(request("o-" + i, "pm_card", i + 1));
        }
        List<String> keys = new ArrayList<>();
        ChargePage page = provider.list("", 3);
        while (true) {
            page.charges().forEach(charge -> keys.add(charge.key()));
            if (!page.hasMore()) {
                break;
            }
            page = provider.list(page.next(), 3);
        }
        assertThat(keys).hasSize(7).doesNotHaveDuplicates().startsWith("o-0:charge");
    }

    @Test
    void shouldTellWhatIsWrongWithARequest() throws Exception {
        assertThat(post("/config", "{\"latency\":1}").body()).contains("There is no setting latency");
        assertThat(post("/config", "{\"declineRate\":2}").statusCode()).isEqualTo(400);
        assertThat(post("/charge", "{\"orderId\":\"o-1\",\"amount\":1}").body()).contains("Idempotency-Key is missing");
        assertThat(post("/charge", "{\"idempotencyKey\":\"k\",\"orderId\":\"o-1\",\"amount\":1.5}")
                        .statusCode())
                .isEqualTo(400);
        assertThat(post("/charge", "not json").statusCode()).isEqualTo(400);
        assertThat(post("/nowhere", "{}").statusCode()).isEqualTo(404);
    }

    @Test
    void shouldKeepItsVerdictsOverARestart() {
        ChargeAnswer before = provider.charge(request("o-1", "pm_card", 2999));
        provider.close();
        sandbox.close();
        sandbox = SandboxProvider.start(directory.resolve("ledger.ndjson"), 0);
        provider = adapter(TIMEOUT);
        assertThat(provider.charge(request("o-1", "pm_card", 2999))).isEqualTo(before);
        assertThat(stats()).contains("\"uniqueCharges\":1");
    }

    private static ChargeRequest request(String orderId, String method, long amount) {
        return new ChargeRequest(
                orderId + ":charge", orderId, new Bill("user-1", method, new Amount(amount, "USD")), 0);
    }

    private void configure(String json) {
        try {
            assertThat(post("/config", json).statusCode()).isEqualTo(200);
        } catch (IOException | InterruptedException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private String stats() {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                            HttpRequest.newBuilder(URI.create(sandbox.url() + "/stats"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (IOException | InterruptedException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                    HttpRequest.newBuilder(URI.create(sandbox.url() + path))
                            .POST(HttpRequest.BodyPublishers.ofString(body))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }
}
