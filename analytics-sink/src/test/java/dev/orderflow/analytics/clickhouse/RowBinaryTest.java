package dev.orderflow.analytics.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RowBinaryTest {

    private final RowBinary row = new RowBinary(0);

    @Test
    void shouldWriteNumbersLittleEndian() throws Exception {
        row.int8(255).int32(0x01020304).int64(-2);

        assertThat(bytes()).containsExactly(255, 4, 3, 2, 1, 254, 255, 255, 255, 255, 255, 255, 255);
    }

    @Test
    void shouldWriteTextWithTheLengthOfItsBytesInFront() throws Exception {
        row.text("").text("aä");

        assertThat(bytes()).containsExactly(0, 3, 'a', 0xc3, 0xa4);
    }

    @Test
    void shouldWriteLengthsOfMoreThanSevenBits() throws Exception {
        row.text("x".repeat(300));

        assertThat(bytes()).startsWith(0b1010_1100, 0b0000_0010).hasSize(302);
    }

    @Test
    void shouldWriteArraysWithTheNumberOfTheirElementsInFront() throws Exception {
        row.array(List.of("a", "bc"), text -> text, RowBinary::text).array(List.of(7), n -> n, RowBinary::int32);

        assertThat(bytes()).containsExactly(2, 1, 'a', 2, 'b', 'c', 1, 7, 0, 0, 0);
    }

    @Test
    void shouldSayWhetherAMomentIsThere() throws Exception {
        row.momentOrNull(null).momentOrNull(Instant.ofEpochMilli(1));

        assertThat(bytes()).containsExactly(1, 0, 1, 0, 0, 0, 0, 0, 0, 0);
    }

    private byte[] bytes() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        row.writeTo(out);
        assertThat(row.size()).isEqualTo(out.size());
        return out.toByteArray();
    }
}
