package dev.orderflow.analytics.pipes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orderflow.analytics.batch.Partition;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class PipeAnswerTest {

    private static final Coverage COVERAGE =
            new Coverage(Map.of(new Partition("order.completed", 1), 42L), OptionalLong.of(812));

    @Test
    void shouldAddWhatIsMissingAndLeaveTheRestAsItIs() {
        String answer =
                "{\"meta\":[{\"name\":\"rows\"}],\"data\":[{\"rows\":7,\"n\":12345678901234567890.1234}],\"rows\":1}\n";

        assertThat(complete(answer, COVERAGE))
                .isEqualTo(
                        "{\"meta\":[{\"name\":\"rows\"}],\"data\":[{\"rows\":7,\"n\":12345678901234567890.1234}],\"rows\":1,"
                                + "\"rows_before_limit_at_least\":1,\"freshness_ms\":812,"
                                + "\"covered\":[{\"topic\":\"order.completed\",\"partition\":1,\"next_offset\":42}]}");
    }

    @Test
    void shouldKeepTheCountThatTheServerGives() {
        String answer = "{\"rows\":1,\"rows_before_limit_at_least\":99}";

        assertThat(complete(answer, COVERAGE))
                .containsOnlyOnce("rows_before_limit_at_least")
                .contains(":99,");
    }

    @Test
    void shouldSayNothingAboutFreshnessThatIsNotKnown() {
        assertThat(complete("{\"rows\":0}", new Coverage(Map.of(), OptionalLong.empty())))
                .isEqualTo("{\"rows\":0,\"rows_before_limit_at_least\":0,\"freshness_ms\":null,\"covered\":[]}");
    }

    @Test
    void shouldNotAcceptAnythingElse() {
        assertThatThrownBy(() -> complete("Code: 62", COVERAGE)).hasMessageContaining("no JSON object");
    }

    private static String complete(String answer, Coverage coverage) {
        return new String(PipeAnswer.complete(answer.getBytes(UTF_8), coverage), UTF_8);
    }
}
