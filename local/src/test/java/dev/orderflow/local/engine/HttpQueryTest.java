package dev.orderflow.local.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpQueryTest {

    @Test
    void shouldHaveDefaultsForAnEmptyUrl() {
        HttpQuery query = HttpQuery.of(null, name -> null);
        assertThat(query.statement()).isEmpty();
        assertThat(query.database()).isEmpty();
        assertThat(query.format()).isEqualTo("TabSeparated");
        assertThat(query.settings()).isEmpty();
        assertThat(query.parameters()).isEmpty();
        assertThat(query.id()).hasSize(36);
        assertThat(query.compressResponse()).isFalse();
    }

    @Test
    void shouldTellSettingsFromParametersAndFromTheRest() {
        HttpQuery query = HttpQuery.of(
                "query=SELECT+%7Bx%3AString%7D&param_x=a%5Ctb%2B&query_id=q-1&compress=1&decompress=0&database=shop"
                        + "&default_format=JSON&insert_deduplication_token=0-9&wait_end_of_query=1&&empty",
                name -> null);
        assertThat(query)
                .isEqualTo(new HttpQuery(
                        "SELECT {x:String}",
                        Optional.of("shop"),
                        "JSON",
                        Map.of("insert_deduplication_token", "0-9", "empty", ""),
                        Map.of("x", "a\\tb+"),
                        "q-1",
                        true));
    }

    @Test
    void shouldTakeDatabaseFormatAndIdFromHeaders() {
        Map<String, String> headers = Map.of(
                "X-ClickHouse-Database", "shop",
                "X-ClickHouse-Format", "RowBinaryWithNamesAndTypes",
                "X-ClickHouse-Query-Id", "q-2");
        HttpQuery query = HttpQuery.of("database=", headers::get);
        assertThat(query.database()).contains("shop");
        assertThat(query.format()).isEqualTo("RowBinaryWithNamesAndTypes");
        assertThat(query.id()).isEqualTo("q-2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"session_id=s", "decompress=1"})
    void shouldRefuseWhatItDoesNotHave(String url) {
        assertThatThrownBy(() -> HttpQuery.of(url, name -> null))
                .isInstanceOfSatisfying(
                        EngineException.class, e -> assertThat(e.code()).isEqualTo(EngineException.NOT_IMPLEMENTED));
    }

    @Test
    void shouldRefuseABrokenEscape() {
        assertThatThrownBy(() -> HttpQuery.of("query=%zz", name -> null))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("%zz");
    }
}
