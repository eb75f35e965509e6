package dev.orderflow.payment.payment;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AttemptKeyTest {

    @Test
    void shouldNameAttemptsByTheirKeys() {
        assertThat(AttemptKey.charge("a.b_c-1", 1)).isEqualTo("a.b_c-1:charge");
        assertThat(AttemptKey.charge("a.b_c-1", 12)).isEqualTo("a.b_c-1:charge:12");
        assertThat(AttemptKey.refund("a.b_c-1", 2)).isEqualTo("a.b_c-1:refund:2");
        assertThat(AttemptKey.attemptOf("a.b_c-1", "a.b_c-1:charge")).hasValue(1);
        assertThat(AttemptKey.attemptOf("a.b_c-1", "a.b_c-1:charge:12")).hasValue(12);
    }

    @Test
    void shouldNotKnowTheKeysOfOthers() {
        for (String key :
                new String[] {"o-2:charge", "o-1:refund", "o-1:charge:", "o-1:charge:01", "o-1:charge:1", ""}) {
            assertThat(AttemptKey.attemptOf("o-1", key)).as(key).isEmpty();
        }
    }
}
