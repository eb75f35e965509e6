package dev.orderflow.local.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatementTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "INSERT INTO t FORMAT JSONEachRow {\"a\":1} | INSERT INTO t | JSONEachRow | {\"a\":1}",
                "insert into t format CSV\\n1,2 | insert into t | CSV | 1,2",
                "INSERT INTO db.t (a, `format`) FORMAT TSV\\n1\\t2 | INSERT INTO db.t (a, `format`) | TSV | 1\\t2",
                "INSERT INTO t (a) SETTINGS async_insert=1 FORMAT X\\nrows"
                        + " | INSERT INTO t (a) SETTINGS async_insert=1 | X | rows",
                "INSERT INTO t VALUES (1, 'FORMAT x'), (2, 'b') | INSERT INTO t | Values |  (1, 'FORMAT x'), (2, 'b')",
                "INSERT INTO format FORMAT CSV\\n1 | INSERT INTO format | CSV | 1",
                "INSERT INTO `values` VALUES (1) | INSERT INTO `values` | Values |  (1)",
                "INSERT INTO TABLE FUNCTION file('a FORMAT b', 'CSV') FORMAT CSV\\n1"
                        + " | INSERT INTO TABLE FUNCTION file('a FORMAT b', 'CSV') | CSV | 1",
                "/* INSERT */ -- FORMAT\\nINSERT INTO {t:Identifier} FORMAT CSV\\n1"
                        + " | /* INSERT */ -- FORMAT\\nINSERT INTO {t:Identifier} | CSV | 1",
                "INSERT INTO t VALUES | INSERT INTO t | Values | ''"
            })
    void shouldSplitAnInsertFromItsRows(String text, String head, String format, String rows) {
        byte[] bytes = unescape(text).getBytes(StandardCharsets.UTF_8);
        Statement.Insert insert = (Statement.Insert) Statement.parse(bytes, bytes.length);
        assertThat(slice(bytes, 0, insert.headEnd()).strip()).isEqualTo(unescape(head));
        assertThat(insert.format()).isEqualTo(format);
        assertThat(slice(bytes, insert.dataStart(), bytes.length).strip())
                .isEqualTo(unescape(rows).strip());
    }

    @Test
    void shouldTakeExactlyOneLineEndFromBinaryRows() {
        byte[] bytes = "INSERT INTO t FORMAT RowBinary \r\n\n \u0001".getBytes(StandardCharsets.UTF_8);
        Statement.Insert insert = (Statement.Insert) Statement.parse(bytes, bytes.length);
        assertThat(slice(bytes, insert.dataStart(), bytes.length)).isEqualTo("\n \u0001");
    }

    @Test
    void shouldNotLookIntoBinaryRows() {
        byte[] head = "INSERT INTO t FORMAT RowBinary\n".getBytes(StandardCharsets.UTF_8);
        byte[] bytes = new byte[head.length + 256];
        System.arraycopy(head, 0, bytes, 0, head.length);
        for (int i = 0; i < 256; i++) {
            bytes[head.length + i] = (byte) (255 - i);
        }
        assertThat(Statement.parse(bytes, bytes.length))
                .isEqualTo(new Statement.Insert(head.length - "FORMAT RowBinary\n".length(), "RowBinary", head.length));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "INSERT INTO t SELECT 1 AS format FORMAT CSV",
                "INSERT INTO t (a) WITH 1 AS x SELECT x",
                "INSERT INTO t FROM INFILE 'x' FORMAT CSV",
                "INSERT INTO t",
                "INSERT INTO t FORMAT",
                "INSERT",
                "INSERT INTO t (a, 'not closed",
                "SELECT 'INSERT INTO t VALUES (1)'",
                "",
                "   "
            })
    void shouldSeeWhatBringsNoRows(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        assertThat(Statement.parse(bytes, bytes.length)).isEqualTo(new Statement.Query(Optional.empty()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SELECT 1 FORMAT JSON | JSON",
                "select 1 format TSV; | TSV",
                "SELECT 1 FORMAT CSV SETTINGS max_threads = 1 | CSV",
                "SELECT format FROM t FORMAT Native -- FORMAT CSV | Native",
                "SELECT * FROM (SELECT 1 FORMAT CSV) | ''",
                "SELECT 'x FORMAT CSV' | ''",
                "SELECT $tag$ FORMAT CSV $tag$ | ''",
                "SELECT a format FROM t | ''"
            })
    void shouldFindTheFormatOfAResult(String text, String format) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        assertThat(Statement.parse(bytes, bytes.length))
                .isEqualTo(new Statement.Query(Optional.of(format).filter(name -> !name.isEmpty())));
    }

    private static String slice(byte[] bytes, int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }

    private static String unescape(String text) {
        return text.replace("\\n", "\n").replace("\\t", "\t");
    }
}
