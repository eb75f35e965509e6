package dev.orderflow.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orderflow.durable.TerminalException;
import dev.orderflow.durable.settings.Settings;
import dev.orderflow.payment.provider.HttpOrigin;
import dev.orderflow.payment.provider.StripeAccount;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PaymentSettingsTest {

    private static final String URL = "http://127.0.0.1:27001";

    @Test
    void shouldUseTheUsualValuesWhereNothingIsSet() {
        assertThat(from(Map.of()))
                .isEqualTo(new PaymentSettings(
                        "sandbox",
                        new HttpOrigin("127.0.0.1", 27001, false, ""),
                        512,
                        0,
                        Duration.ofSeconds(10),
                        Duration.ofMillis(500),
                        Duration.ofSeconds(30),
                        Duration.ofHours(24),
                        Duration.ofDays(8),
                        Optional.empty(),
                        Optional.empty()));
    }

    @Test
    void shouldReadEverySetting() {
        PaymentSettings settings = from(Map.of(
                "payment.provider", "plain",
                "payment.url", "https://pay.example.com/v1",
                "payment.calls-at-once", "16",
                "payment.rate", "100",
                "payment.attempt-timeout", "2s",
                "payment.retry-first", "100ms",
                "payment.retry-ceiling", "5s",
                "payment.idempotency-window", "1h",
                "payment.retention", "30d",
                "payment.webhook-secret", "0123456789abcdef"));

        assertThat(settings)
                .isEqualTo(new PaymentSettings(
                        "plain",
                        new HttpOrigin("pay.example.com", 443, true, "/v1"),
                        16,
                        100,
                        Duration.ofSeconds(2),
                        Duration.ofMillis(100),
                        Duration.ofSeconds(5),
                        Duration.ofHours(1),
                        Duration.ofDays(30),
                        Optional.empty(),
                        Optional.of("0123456789abcdef")));
        assertThat(settings.toString()).contains("***").doesNotContain("0123456789abcdef");
        assertThat(settings.rules().attemptLife()).isGreaterThan(settings.attemptTimeout());
        assertThat(settings.retryPolicy().attemptTimeout())
                .isLessThan(settings.rules().attemptLife());
    }

    @Test
    void shouldKnowWhereStripeIs() {
        PaymentSettings settings = PaymentSettings.from(Settings.of(Map.of(
                "payment.provider", "stripe",
                "payment.api-key", "sk_test_0123",
                "payment.key-prefix", "shop:",
                "payment.return-url", "https://shop.example.com/back")));
        assertThat(settings.stripe())
                .contains(new StripeAccount(
                        "https://api.stripe.com",
                        "sk_test_0123",
                        "shop:",
                        "https://shop.example.com/back",
                        Duration.ofSeconds(10)));
        assertThat(settings.toString()).doesNotContain("sk_test_0123");
        refuses(Map.of("payment.provider", "stripe"), "payment.api-key");
    }

    @Test
    void shouldNameTheSettingThatCannotBeUsed() {
        refuses(Map.of("payment.url", "127.0.0.1"), "payment.url=127.0.0.1");
        refuses(Map.of("payment.url", ""), "payment.url");
        refuses(Map.of("payment.provider", "paypal"), "payment.provider=paypal");
        refuses(Map.of("payment.retention", "1d"), "payment.retention");
        refuses(Map.of("payment.retry-ceiling", "1ms"), "payment.retry-ceiling");
        refuses(Map.of("payment.attempt-timeout", "0s"), "payment.attempt-timeout");
        refuses(Map.of("payment.webhook-secret", "short"), "payment.webhook-secret");
    }

    private static void refuses(Map<String, String> values, String named) {
        assertThatThrownBy(() -> from(values))
                .isInstanceOf(TerminalException.class)
                .hasMessageContaining(named);
    }

    private static PaymentSettings from(Map<String, String> values) {
        Map<String, String> all = new HashMap<>(Map.of("payment.url", URL));
        all.putAll(values);
        return PaymentSettings.from(Settings.of(all));
    }
}
