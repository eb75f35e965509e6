package dev.orderflow.analytics.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import org.junit.jupiter.api.Test;

class RowBinaryTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final RowBinary row = new RowBinary(out);

    @Test
    void shouldWriteNumbersLittleEndian() throws Exception {
        row.int8(255).int32(0x01020304).int64(-2);

        assertThat(out.toByteArray()).containsExactly(255, 4, 3, 2, 1, 254, 255, 255, 255, 255, 255, 255, 255);
    }

    @Test
    void shouldWriteTextWithTheLengthOfItsBytesInFront() throws Exception {
        row.text("").text("aä");

        assertThat(out.toByteArray()).containsExactly(0, 3, 'a', 0xc3, 0xa4);
    }

    @Test
    void shouldWriteLengthsOfMoreThanSevenBits() throws Exception {
        row.text("x".repeat(300));

        assertThat(out.toByteArray()).startsWith(0b1010_1100, 0b0000_0010).hasSize(302);
    }
}
