package dev.orderflow.durable.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.apache.kafka.common.header.Headers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventHeadersTest {

    private static final Instant AT = Instant.parse("2026-11-20T10:00:00.123Z");
    private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    @Test
    void shouldBeACloudEventInBinaryMode() {
        Headers headers = EventHeaders.of("order-7/3", "StockReserved", "/orderflow/inventory", AT, null);

        assertThat(EventHeaders.text(headers, "ce_specversion")).isEqualTo("1.0");
        assertThat(EventHeaders.text(headers, "ce_id")).isEqualTo("order-7/3");
        assertThat(EventHeaders.text(headers, "ce_type")).isEqualTo("StockReserved");
        assertThat(EventHeaders.text(headers, "ce_source")).isEqualTo("/orderflow/inventory");
        assertThat(EventHeaders.text(headers, "ce_time")).isEqualTo("2026-11-20T10:00:00.123Z");
        assertThat(EventHeaders.text(headers, "missing")).isNull();
    }

    @Test
    void shouldGoOnWithTheTraceAsANewSpan() {
        String next = EventHeaders.next(TRACE);

        assertThat(next).hasSameSizeAs(TRACE).startsWith(TRACE.substring(0, 36)).endsWith("-01");
        assertThat(next).isNotEqualTo(TRACE).isNotEqualTo(EventHeaders.next(TRACE));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331",
                "xx-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c+b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b716920333\n-01",
            })
    void shouldBeginANewTraceWhereThereIsNone(String traceparent) {
        assertThat(EventHeaders.next(traceparent))
                .matches("00-[0-9a-f]{32}-[0-9a-f]{16}-01")
                .doesNotContain("0af7651916cd43dd8448eb211c80319c");
    }
}
