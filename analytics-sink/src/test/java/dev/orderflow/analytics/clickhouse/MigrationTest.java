package dev.orderflow.analytics.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MigrationTest {

    @Test
    void shouldBeginWithItsVersion() {
        Migration migration = Migration.load("0001_revenue_entries");

        assertThat(migration.version()).isEqualTo(1);
        assertThat(migration.statements()).singleElement().asString().contains("CREATE TABLE IF NOT EXISTS");
    }

    @Test
    void shouldSplitItsStatementsAtTheEndsOfLines() {
        Migration migration = new Migration(1, "m", "SELECT ';' AS a;\nSELECT 2;\n");

        assertThat(migration.statements()).containsExactly("SELECT ';' AS a", "SELECT 2");
    }

    @Test
    void shouldKnowWhenItWasChanged() {
        assertThat(new Migration(1, "m", "SELECT 1").checksum())
                .isEqualTo(new Migration(2, "n", "SELECT 1").checksum())
                .isNotEqualTo(new Migration(1, "m", "SELECT 2").checksum());
    }
}
