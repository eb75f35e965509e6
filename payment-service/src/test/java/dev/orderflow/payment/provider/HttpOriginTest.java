package dev.orderflow.payment.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orderflow.durable.TerminalException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpOriginTest {

    @Test
    void shouldReadABaseUrl() {
        assertThat(HttpOrigin.parse("payment.url", "http://127.0.0.1:27001"))
                .isEqualTo(new HttpOrigin("127.0.0.1", 27001, false, ""));
        assertThat(HttpOrigin.parse("payment.url", "https://pay.example.com/v1/"))
                .isEqualTo(new HttpOrigin("pay.example.com", 443, true, "/v1"));
        assertThat(HttpOrigin.parse("payment.url", "HTTP://pay").authority()).isEqualTo("pay");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "127.0.0.1:27001", "ftp://x", "http://", "http://a b", "http://x?y=1", "http://u:p@x"})
    void shouldSayWhatIsWrongWithAUrl(String url) {
        assertThatThrownBy(() -> HttpOrigin.parse("payment.url", url))
                .isInstanceOf(TerminalException.class)
                .hasMessageContaining("payment.url=" + url);
    }
}
