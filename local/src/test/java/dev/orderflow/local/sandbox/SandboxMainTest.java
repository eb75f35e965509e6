package dev.orderflow.local.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.durable.RetriableException;
import dev.orderflow.local.process.ChildProcess;
import dev.orderflow.local.process.JavaCommand;
import dev.orderflow.payment.payment.Amount;
import dev.orderflow.payment.payment.Bill;
import dev.orderflow.payment.payment.ChargeAnswer;
import dev.orderflow.payment.provider.HttpOrigin;
import dev.orderflow.payment.provider.PaymentProvider.ChargeRequest;
import dev.orderflow.payment.provider.PlainProvider;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SandboxMainTest {

    private static final int KILL_AFTER = 500;
    private static final Duration START_LIMIT = Duration.ofSeconds(30);

    @TempDir
    Path directory;

    @Test
    void shouldKnowAfterAKillWhatItHadAnswered() throws Exception {
        Map<String, ChargeAnswer> answered = new ConcurrentHashMap<>();
        AtomicInteger next = new AtomicInteger();
        try (ChildProcess first = start(Map.of())) {
            String address = first.awaitReadyLine(START_LIMIT);
            try (PlainProvider provider = adapter(address)) {
                List<Thread> callers = IntStream.range(0, 4)
                        .mapToObj(_ ->
                                Thread.ofVirtual().start(() -> chargeUntilItIsGone(provider, next, answered, first)))
                        .toList();
                for (Thread caller : callers) {
                    caller.join();
                }
            }
        }

        try (ChildProcess second = start(Map.of())) {
            String address = second.awaitReadyLine(START_LIMIT);
            try (PlainProvider provider = adapter(address)) {
                Map<String, ChargeAnswer> again = new HashMap<>();
                answered.keySet().forEach(orderId -> again.put(orderId, provider.charge(request(orderId))));
                assertThat(again).isEqualTo(answered).hasSizeGreaterThanOrEqualTo(KILL_AFTER);
            }
        }
    }

    @Test
    void shouldSendCustomersWhereTheirBrowsersReachIt() throws InterruptedException {
        try (ChildProcess provider = start(Map.of("ORDERFLOW_PAYMENT_PUBLIC__URL", "https://pay.example.com"))) {
            String address = provider.awaitReadyLine(START_LIMIT);
            try (PlainProvider adapter = adapter(address)) {
                ChargeRequest waits = new ChargeRequest(
                        "o-1:charge", "o-1", new Bill("user-1", "pm_pending", new Amount(100, "EUR")), 0);
                assertThat(adapter.charge(waits))
                        .isInstanceOfSatisfying(
                                ChargeAnswer.Pending.class,
                                pending -> assertThat(pending.paymentUrl())
                                        .matches("https://pay\\.example\\.com/pay/ch_[0-9a-f]+"));
            }
        }
    }

    private static void chargeUntilItIsGone(
            PlainProvider provider, AtomicInteger next, Map<String, ChargeAnswer> answered, ChildProcess process) {
        while (true) {
            String orderId = "o-" + next.incrementAndGet();
            try {
                answered.put(orderId, provider.charge(request(orderId)));
                if (answered.size() == KILL_AFTER) {
                    process.kill();
                }
            } catch (RetriableException gone) {
                return;
            }
        }
    }

    private ChildProcess start(Map<String, String> environment) {
        return ChildProcess.start(
                "sandbox provider",
                JavaCommand.ofThisProgram(
                        SandboxMain.class,
                        List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"),
                        List.of(directory.resolve("ledger.ndjson").toString())),
                directory,
                environment,
                directory.resolve("sandbox.log"));
    }

    private static PlainProvider adapter(String address) {
        return new PlainProvider(
                "sandbox",
                HttpOrigin.parse("payment.url", "http://" + address),
                Duration.ofSeconds(5),
                InstantSource.system());
    }

    private static ChargeRequest request(String orderId) {
        return new ChargeRequest(
                orderId + ":charge", orderId, new Bill("user-1", "pm_card", new Amount(100, "EUR")), 0);
    }
}
