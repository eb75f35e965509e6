package dev.orderflow.local.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class RequestTextTest {

    @Test
    void shouldReadAStatementFromTheBody() throws IOException {
        RequestText text = RequestText.read("", body("SELECT 1 FORMAT JSON"));
        assertThat(text.sql()).isEqualTo("SELECT 1 FORMAT JSON");
        assertThat(text.format()).contains("JSON");
        assertThat(text.rows()).isEmpty();
    }

    @Test
    void shouldReadAStatementThatGoesOnInTheBody() throws IOException {
        assertThat(RequestText.read("SELECT", body("1")).sql()).isEqualTo("SELECT\n1");
    }

    @Test
    void shouldReadRowsBehindAnInsertInTheUrlWithoutTouchingThem() throws IOException {
        RequestText text = RequestText.read("INSERT INTO t FORMAT RowBinary", body("\n \u0000\u0001"));
        assertThat(text.sql()).isEqualTo("INSERT INTO t ");
        assertThat(text.format()).contains("RowBinary");
        assertThat(text.rows().orElseThrow().readAllBytes()).containsExactly('\n', ' ', 0, 1);
    }

    @Test
    void shouldReadMoreRowsThanAStatementMayHaveBytes() throws IOException {
        String rows = "1\n".repeat(RequestText.MAX_STATEMENT);
        RequestText text = RequestText.read("", body("INSERT INTO t FORMAT CSV\n" + rows));
        assertThat(text.rows().orElseThrow().readAllBytes()).hasSize(rows.length());
    }

    @Test
    void shouldReadValuesFromTheUrl() throws IOException {
        RequestText text = RequestText.read("INSERT INTO t VALUES (1)", body(""));
        assertThat(new String(text.rows().orElseThrow().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo(" (1)\n");
    }

    @Test
    void shouldRefuseAStatementThatIsTooLong() {
        assertThatThrownBy(() -> RequestText.read("", body("SELECT '" + "x".repeat(RequestText.MAX_STATEMENT) + "'")))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("Max query size exceeded");
    }

    @Test
    void shouldRefuseAnEmptyStatement() {
        assertThatThrownBy(() -> RequestText.read("", body(" \n")))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("Empty query");
    }

    private static InputStream body(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }
}
