package dev.orderflow.payment.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.orderflow.durable.RetriableException;
import dev.orderflow.durable.TerminalException;
import dev.orderflow.payment.payment.Amount;
import dev.orderflow.payment.payment.Bill;
import dev.orderflow.payment.payment.Capture;
import dev.orderflow.payment.payment.ChargeAnswer;
import dev.orderflow.payment.payment.Found.Standing;
import dev.orderflow.payment.provider.PaymentProvider.ChargeRequest;
import dev.orderflow.payment.provider.PaymentProvider.LookUpRequest;
import dev.orderflow.payment.provider.PaymentProvider.RefundRequest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainProviderTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final String CHARGED = FaultyServer.json(200, "{\"chargeId\":\"ch_1\",\"status\":\"succeeded\"}");
    private static final ChargeRequest REQUEST =
            new ChargeRequest("o-1:charge", "o-1", new Bill("user \"1\"", "pm_card", new Amount(2999, "USD")), 0);
    private static final LookUpRequest LOOK_UP = new LookUpRequest("o-1:charge", null, false);
    private static final RefundRequest REFUND =
            new RefundRequest("o-1:refund", "o-1", new Capture(1, "ch_1", new Amount(2999, "USD")), 0);

    private final FaultyServer server = new FaultyServer();
    private final PlainProvider provider = provider(Duration.ofSeconds(5));

    private PlainProvider provider(Duration timeout) {
        return new PlainProvider(
                "plain", HttpOrigin.parse("payment.url", server.url() + "/v1/"), timeout, InstantSource.fixed(NOW));
    }

    @AfterEach
    void close() {
        provider.close();
        server.close();
    }

    @Test
    void shouldSendTheSameBytesAtEveryTry() {
        server.script(CHARGED, CHARGED);
        assertThat(provider.charge(REQUEST)).isEqualTo(new ChargeAnswer.Captured("ch_1"));
        provider.charge(REQUEST);

        assertThat(server.requests.getFirst())
                .startsWith("POST /v1/charge HTTP/1.1\n")
                .contains("Idempotency-Key: o-1:charge\n")
                .endsWith("{\"orderId\":\"o-1\",\"userId\":\"user \\\"1\\\"\",\"amount\":2999,\"currency\":\"USD\","
                        + "\"paymentMethodId\":\"pm_card\"}");
        assertThat(server.requests.get(1)).isEqualTo(server.requests.getFirst());
        assertThat(server.connections).as("connections").hasSize(1);
    }

    @Test
    void shouldTellADeclineFromItsReason() {
        server.script(FaultyServer.json(402, "{\"error\":\"insufficient_funds\"}"), FaultyServer.json(402, "nope"));
        assertThat(provider.charge(REQUEST)).isEqualTo(new ChargeAnswer.Declined("insufficient_funds"));
        assertThat(provider.charge(REQUEST)).isEqualTo(new ChargeAnswer.Declined("declined"));
    }

    @Test
    void shouldTakeAPendingCharge() {
        server.script(FaultyServer.json(
                202,
                "{\"status\":\"pending\",\"paymentUrl\":\"http://pay/1\",\"expiresAt\":\"2026-01-02T00:00:00Z\"}"));
        assertThat(provider.charge(REQUEST))
                .isEqualTo(new ChargeAnswer.Pending("http://pay/1", Instant.parse("2026-01-02T00:00:00Z")));
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 401, 403, 404, 408, 425, 429, 500, 502, 503, 504})
    void shouldNotKnowWhatBecameOfIt(int status) {
        server.script(FaultyServer.json(status, "{\"error\":\"x\"}"));
        assertThatThrownBy(() -> provider.charge(REQUEST))
                .isInstanceOf(RetriableException.class)
                .hasMessageContaining("o-1:charge")
                .hasMessageContaining(Integer.toString(status));
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 409, 422})
    void shouldGiveUpWhatWillNeverBeTaken(int status) {
        server.script(FaultyServer.json(status, "{\"error\":\"key_reused\"}"));
        assertThatThrownBy(() -> provider.charge(REQUEST))
                .isInstanceOf(TerminalException.class)
                .hasMessageContaining("key_reused");
    }

    /** Analytics counts failed tries by what stands before the first colon. */
    @Test
    void shouldBeginWithWordsThatManyFailuresShare() {
        server.script(
                FaultyServer.json(503, "{\"error\":\"busy\"}"),
                FaultyServer.json(422, "{\"error\":\"key_reused\"}"),
                FaultyServer.json(200, "{\"status\":\"odd\"}"),
                FaultyServer.CUT);
        String rest = ": the charge o-1:charge at " + server.url() + "/v1: ";
        assertThatThrownBy(() -> provider.charge(REQUEST)).hasMessage("answered 503" + rest + "{\"error\":\"busy\"}");
        assertThatThrownBy(() -> provider.charge(REQUEST))
                .hasMessage("refused with 422" + rest + "{\"error\":\"key_reused\"}");
        assertThatThrownBy(() -> provider.lookUp(LOOK_UP))
                .hasMessage("unknown status: the look-up of o-1:charge at " + server.url() + "/v1: it is odd");
        try (PlainProvider another = provider(Duration.ofSeconds(5))) {
            assertThatThrownBy(() -> another.charge(REQUEST)).hasMessageStartingWith("no answer" + rest);
        }
    }

    @Test
    void shouldHonourRetryAfter() {
        server.script(
                FaultyServer.json(503, "", "Retry-After: 7"),
                FaultyServer.json(429, "", "retry-after: Thu, 01 Jan 2026 00:00:30 GMT"),
                FaultyServer.json(503, "", "Retry-After: 999999"),
                FaultyServer.json(503, "", "Retry-After: soon"),
                FaultyServer.json(503, "", "Retry-After: Wed, 31 Dec 2025 00:00:00 GMT"));
        List<Duration> pauses = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            RetriableException failure = catchThrowableOfType(RetriableException.class, () -> provider.charge(REQUEST));
            pauses.add(failure.retryAfter().orElse(null));
        }
        assertThat(pauses)
                .containsExactly(Duration.ofSeconds(7), Duration.ofSeconds(30), Duration.ofHours(1), null, null);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                FaultyServer.CUT,
                "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"chargeId\":",
                "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}",
                "HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\nnot json",
                "HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n",
                "SSH-2.0-OpenSSH_9.2\r\n\r\n",
                "HTTP/1.1 abc OK\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 37\r\n\r\n{\"chargeId\":\"ch_1\",\"status\":\"curious\"}"
            })
    void shouldNotTakeABrokenAnswerForOne(String answer) {
        server.script(answer);
        try (PlainProvider impatient = provider(Duration.ofMillis(500))) {
            assertThatThrownBy(() -> impatient.charge(REQUEST)).isInstanceOf(RetriableException.class);
        }
        assertThat(server.requests).hasSize(1);
    }

    @Test
    void shouldReadAnAnswerInChunks() {
        server.script(
                "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n12\r\n{\"chargeId\":\"ch_1\""
                        + "\r\n5;x=y\r\n,\"x\":\r\n2\r\n1}\r\n0\r\nTrailer: 1\r\n\r\n",
                CHARGED);
        assertThat(provider.charge(REQUEST)).isEqualTo(new ChargeAnswer.Captured("ch_1"));
        assertThat(provider.charge(REQUEST)).isEqualTo(new ChargeAnswer.Captured("ch_1"));
        assertThat(server.connections).hasSize(1);
    }

    @Test
    void shouldWaitNoLongerThanOneTryMayTake() {
        server.script(FaultyServer.SILENCE);
        try (PlainProvider impatient = provider(Duration.ofMillis(200))) {
            long start = System.nanoTime();
            assertThatThrownBy(() -> impatient.charge(REQUEST)).isInstanceOf(RetriableException.class);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
        }
    }

    @Test
    void shouldEndWhenItIsInterrupted() throws InterruptedException {
        server.script(FaultyServer.SILENCE);
        List<Throwable> ended = new ArrayList<>();
        Thread call = Thread.ofVirtual().start(() -> {
            try {
                provider.charge(REQUEST);
            } catch (RetriableException interrupted) {
                ended.add(interrupted);
            }
        });
        while (server.requests.isEmpty()) {
            Thread.onSpinWait();
        }
        call.interrupt();
        assertThat(call.join(Duration.ofSeconds(3))).as("ended").isTrue();
        assertThat(ended).hasSize(1);
    }

    @Test
    void shouldSayThatNobodyIsThere() {
        server.close();
        assertThatThrownBy(() -> provider.charge(REQUEST))
                .isInstanceOf(RetriableException.class)
                .hasMessageContaining(server.url());
    }

    @Test
    void shouldFindANewConnectionWhenTheOldOneWasCutMeanwhile() {
        // One more than is needed: the old connection may read the request while it is being closed.
        server.script(CHARGED, CHARGED, CHARGED);
        provider.charge(REQUEST);
        server.cutAll();
        assertThat(provider.charge(REQUEST)).isEqualTo(new ChargeAnswer.Captured("ch_1"));
    }

    @Test
    void shouldRefund() {
        server.script(
                FaultyServer.json(200, "{\"refundId\":\"re_1\",\"status\":\"succeeded\"}"),
                FaultyServer.json(200, "{}"),
                FaultyServer.json(404, "{\"error\":\"no_such_charge\"}"),
                FaultyServer.json(503, ""));
        assertThat(provider.refund(REFUND)).isEqualTo("re_1");
        assertThat(provider.refund(REFUND)).isEqualTo("refund:ch_1");
        assertThatThrownBy(() -> provider.refund(REFUND))
                .isInstanceOf(TerminalException.class)
                .hasMessageContaining("ch_1");
        assertThatThrownBy(() -> provider.refund(REFUND)).isInstanceOf(RetriableException.class);
        assertThat(server.requests.getFirst())
                .startsWith("POST /v1/refund")
                .contains("Idempotency-Key: o-1:refund")
                .endsWith("{\"chargeId\":\"ch_1\"}");
    }

    @Test
    void shouldLookUpByKey() {
        server.script(
                FaultyServer.json(200, charge("succeeded", false)),
                FaultyServer.json(200, charge("succeeded", true)),
                FaultyServer.json(200, charge("declined", false)),
                FaultyServer.json(200, charge("pending", false)),
                FaultyServer.json(404, "{\"error\":\"no_such_key\"}"));
        assertThat(provider.lookUp(LOOK_UP))
                .contains(
                        new SeenCharge("o-1:charge", Standing.CAPTURED, "ch_1", new Amount(2999, Amount.NO_CURRENCY)));
        assertThat(provider.lookUp(LOOK_UP).orElseThrow().standing()).isEqualTo(Standing.REFUNDED);
        assertThat(provider.lookUp(LOOK_UP).orElseThrow().standing()).isEqualTo(Standing.DECLINED);
        assertThat(provider.lookUp(LOOK_UP).orElseThrow().standing()).isEqualTo(Standing.PENDING);
        assertThat(provider.lookUp(LOOK_UP)).isEmpty();
        assertThat(server.requests.getFirst()).startsWith("GET /v1/charges/o-1%3Acharge HTTP/1.1");
    }

    @Test
    void shouldTellTheLengthOfACancelThatHasNoBody() {
        server.script(
                FaultyServer.json(200, charge("pending", false)), FaultyServer.json(200, charge("declined", false)));
        assertThat(provider.lookUp(new LookUpRequest("o-1:charge", null, true)))
                .hasValueSatisfying(seen -> assertThat(seen.standing()).isEqualTo(Standing.DECLINED));
        assertThat(server.requests.getFirst()).startsWith("GET ").doesNotContain("Content-Length");
        assertThat(server.requests.getLast())
                .startsWith("POST /v1/charges/o-1%3Acharge/cancel HTTP/1.1\n")
                .contains("Content-Length: 0\n");
    }

    @Test
    void shouldNotTakeTheNotFoundOfAnotherServerForNeverCharged() {
        server.script(FaultyServer.json(404, "<html>not here</html>"), FaultyServer.json(404, "{}"));
        assertThatThrownBy(() -> provider.lookUp(LOOK_UP))
                .isInstanceOf(RetriableException.class)
                .hasMessageContaining("payment.url");
        assertThatThrownBy(() -> provider.lookUp(LOOK_UP)).isInstanceOf(RetriableException.class);
    }

    @Test
    void shouldListPages() {
        server.script(
                FaultyServer.json(200, "{\"data\":[" + charge("succeeded", false) + "],\"next\":17,\"hasMore\":true}"));
        ChargePage page = provider.list("", 1);
        assertThat(page.charges()).extracting(SeenCharge::key).containsExactly("o-1:charge");
        assertThat(page.next()).isEqualTo("17");
        assertThat(page.hasMore()).isTrue();
    }

    private static String charge(String status, boolean refunded) {
        return "{\"key\":\"o-1:charge\",\"chargeId\":\"ch_1\",\"orderId\":\"o-1\",\"amount\":2999,\"status\":\""
                + status + "\",\"refunded\":" + refunded + ",\"more\":{\"x\":[1]}}";
    }
}
