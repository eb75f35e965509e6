package dev.orderflow.local.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

class StatementPropertyTest {

    @Property
    void shouldSplitAnyBinaryRowsFromTheirInsert(@ForAll @Size(max = 200) byte[] rows) {
        byte[] head = "INSERT INTO t (a, b) FORMAT RowBinary\n".getBytes(StandardCharsets.UTF_8);
        byte[] text = Arrays.copyOf(head, head.length + rows.length);
        System.arraycopy(rows, 0, text, head.length, rows.length);
        Statement.Insert insert = (Statement.Insert) Statement.parse(text, text.length);
        assertThat(Arrays.copyOfRange(text, insert.dataStart(), text.length)).isEqualTo(rows);
    }

    @Property
    void shouldReadAnyTextToItsEnd(@ForAll @Size(max = 100) byte[] text) {
        assertThat(Statement.parse(text, text.length)).isNotNull();
    }

    @Property
    void shouldQuoteAnyValueAsOneText(@ForAll String value) {
        byte[] sql = SettingsStatement.set(Map.of("a", value)).getBytes(StandardCharsets.UTF_8);
        SqlTokens tokens = new SqlTokens(sql, sql.length);
        assertThat(tokens.next()).isEqualTo(SqlTokens.Kind.WORD);
        assertThat(tokens.next()).isEqualTo(SqlTokens.Kind.WORD);
        assertThat(tokens.next()).isEqualTo(SqlTokens.Kind.SIGN);
        assertThat(tokens.next()).isEqualTo(SqlTokens.Kind.TEXT);
        assertThat(tokens.next()).isEqualTo(SqlTokens.Kind.END);
        assertThat(tokens.end()).isEqualTo(sql.length);
    }
}
