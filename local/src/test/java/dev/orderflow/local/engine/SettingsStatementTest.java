package dev.orderflow.local.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsStatementTest {

    @Test
    void shouldSetAllInOrder() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("max_threads", "2");
        settings.put("log_comment", "it's a \\ here");
        assertThat(SettingsStatement.set(settings))
                .isEqualTo("SET max_threads = '2', log_comment = 'it\\'s a \\\\ here'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "a=1,b", "a;DROP TABLE t", "", "1a", "a.b", "a\n"})
    void shouldRefuseANameThatIsNone(String name) {
        assertThatThrownBy(() -> SettingsStatement.set(Map.of(name, "1")))
                .isInstanceOfSatisfying(
                        EngineException.class, e -> assertThat(e.code()).isEqualTo(EngineException.UNKNOWN_SETTING));
    }

    @Test
    void shouldQuoteADatabase() {
        assertThat(SettingsStatement.use("a`; DROP TABLE t")).isEqualTo("USE `a\\`; DROP TABLE t`");
    }
}
