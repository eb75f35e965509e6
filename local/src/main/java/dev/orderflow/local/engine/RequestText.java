package dev.orderflow.local.engine;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * A request's statement, and the rows behind it where it is an insert. The statement may be in the URL, in the body, or
 * begin in the URL and go on in the body.
 *
 * @param sql the statement, without {@code FORMAT} or {@code VALUES} where rows follow
 * @param format of the rows to insert, or of the result where the statement names one
 * @param rows what to insert, read as it comes; empty for a statement without rows
 */
record RequestText(String sql, Optional<String> format, Optional<InputStream> rows) {

    /** ClickHouse's own limit on the text of a statement ({@code max_query_size}), in bytes. */
    static final int MAX_STATEMENT = 256 * 1024;

    /**
     * Reads a request as far as its statement goes.
     *
     * @param inUrl the statement in the URL, or empty
     * @throws EngineException for a statement that is longer than ClickHouse takes, or for none
     */
    static RequestText read(String inUrl, InputStream body) throws IOException {
        byte[] beginning = inUrl.isEmpty() ? new byte[0] : (inUrl + "\n").getBytes(StandardCharsets.UTF_8);
        if (Statement.parse(beginning, beginning.length) instanceof Statement.Insert insert) {
            return insert(beginning, insert, body);
        }
        byte[] more = body.readNBytes(MAX_STATEMENT + 1);
        byte[] text = Arrays.copyOf(beginning, beginning.length + more.length);
        System.arraycopy(more, 0, text, beginning.length, more.length);
        return switch (Statement.parse(text, text.length)) {
            case Statement.Insert insert -> insert(text, insert, body);
            case Statement.Query query -> query(text, query);
        };
    }

    private static RequestText insert(byte[] text, Statement.Insert insert, InputStream body) {
        InputStream begun = new ByteArrayInputStream(text, insert.dataStart(), text.length - insert.dataStart());
        return new RequestText(
                new String(text, 0, insert.headEnd(), StandardCharsets.UTF_8),
                Optional.of(insert.format()),
                Optional.of(new SequenceInputStream(begun, body)));
    }

    private static RequestText query(byte[] text, Statement.Query query) {
        if (text.length > MAX_STATEMENT) {
            throw EngineException.of(
                    EngineException.SYNTAX_ERROR,
                    "Max query size exceeded: a statement has at most " + MAX_STATEMENT + " bytes. (SYNTAX_ERROR)");
        }
        String sql = new String(text, StandardCharsets.UTF_8);
        if (sql.isBlank()) {
            throw EngineException.of(EngineException.SYNTAX_ERROR, "Empty query. (SYNTAX_ERROR)");
        }
        return new RequestText(sql, query.format(), Optional.empty());
    }
}
