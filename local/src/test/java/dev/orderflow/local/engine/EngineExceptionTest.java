package dev.orderflow.local.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EngineExceptionTest {

    @Test
    void shouldTakeTheFirstCodeOfAReport() {
        EngineException e = EngineException.reported(
                "Code: 241. DB::Exception: Code: 1. DB::Exception: Query memory limit exceeded. (MEMORY_LIMIT_EXCEEDED)\n");
        assertThat(e.code()).isEqualTo(241);
        assertThat(e).hasMessageStartingWith("Code: 241.").hasMessageEndingWith("(MEMORY_LIMIT_EXCEEDED)");
    }

    @Test
    void shouldHaveACodeForAReportWithoutOne() {
        assertThat(EngineException.reported("Invalid or closed connection").code())
                .isEqualTo(EngineException.UNKNOWN_EXCEPTION);
    }

    @ParameterizedTest
    @CsvSource({
        "62, 400",
        "27, 400",
        "117, 400",
        "497, 403",
        "60, 404",
        "115, 404",
        "81, 404",
        "159, 408",
        "48, 501",
        "202, 500",
        "241, 500",
        "164, 500",
        "1002, 500",
        "0, 500"
    })
    void shouldAnswerAsClickHouseDoes(int code, int status) {
        assertThat(ErrorStatus.of(code)).isEqualTo(status);
    }
}
