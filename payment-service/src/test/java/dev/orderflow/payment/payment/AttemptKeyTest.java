package dev.orderflow.payment.payment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.payment.payment.AttemptKey.Named;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class AttemptKeyTest {

    @Test
    void shouldNameAttemptsByTheirKeys() {
        assertThat(AttemptKey.charge("a.b_c-1", 1)).isEqualTo("a.b_c-1:charge");
        assertThat(AttemptKey.charge("a.b_c-1", 12)).isEqualTo("a.b_c-1:charge:12");
        assertThat(AttemptKey.refund("a.b_c-1", 2)).isEqualTo("a.b_c-1:refund:2");
        assertThat(AttemptKey.read("a.b_c-1:charge")).contains(new Named("a.b_c-1", 1));
        assertThat(AttemptKey.read("a.b_c-1", "a.b_c-1:charge:12")).contains(new Named("a.b_c-1", 12));
    }

    @Test
    void shouldTellOrdersOfOneIdApart() {
        String first = PaymentId.of("o-1", Instant.parse("2026-11-20T10:00:00.123Z"));
        String second = PaymentId.of("o-1", Instant.parse("2026-11-28T10:00:00.123Z"));
        assertThat(first).isNotEqualTo(second);
        for (String paymentId : new String[] {first, second, PaymentId.of("o-1", null)}) {
            assertThat(PaymentId.orderOf(paymentId)).isEqualTo("o-1");
            assertThat(AttemptKey.read("o-1", AttemptKey.charge(paymentId, 1))).contains(new Named(paymentId, 1));
            assertThat(AttemptKey.read("o-1", AttemptKey.charge(paymentId, 7))).contains(new Named(paymentId, 7));
        }
    }

    @Test
    void shouldNotKnowTheKeysOfOthers() {
        for (String key : new String[] {
            "o-2:charge",
            "o-1:refund",
            "o-1:charge:",
            "o-1:charge:01",
            "o-1:charge:1",
            "o-1:charge2",
            "o-1:X:charge",
            "o-1:a:b:charge",
            ":charge",
            ""
        }) {
            assertThat(AttemptKey.read("o-1", key)).as(key).isEmpty();
        }
    }
}
