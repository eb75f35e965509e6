package dev.orderflow.local.engine;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What the text of a request is: a statement alone, or an insert with its rows behind it. */
sealed interface Statement {

    /**
     * An insert whose rows follow.
     *
     * @param headEnd offset behind the statement, without {@code FORMAT} or {@code VALUES}
     * @param format of the rows
     * @param dataStart offset of the first byte of the rows
     */
    record Insert(int headEnd, String format, int dataStart) implements Statement {}

    /**
     * A statement without rows of its own.
     *
     * @param format that it asks its result in, where it does
     */
    record Query(Optional<String> format) implements Statement {}

    /** What follows the table of an insert that brings no rows of its own. */
    Set<String> SOURCES = Set.of("SELECT", "WITH", "WATCH", "FROM");

    /**
     * Reads the beginning of a request.
     *
     * @param bytes the text, with rows behind it where it is an insert
     * @param length how many of the bytes count
     */
    static Statement parse(byte[] bytes, int length) {
        SqlTokens tokens = new SqlTokens(bytes, length);
        tokens.next();
        return tokens.isWord("INSERT") ? insert(bytes, length, tokens) : new Query(format(tokens));
    }

    private static Statement insert(byte[] bytes, int length, SqlTokens tokens) {
        skipTarget(tokens);
        while (tokens.kind() != SqlTokens.Kind.END) {
            if (tokens.depth() == 0 && tokens.kind() == SqlTokens.Kind.WORD) {
                int start = tokens.start();
                if (tokens.isWord("VALUES")) {
                    return new Insert(start, "Values", tokens.end());
                }
                if (tokens.isWord("FORMAT") && tokens.next() == SqlTokens.Kind.WORD) {
                    return new Insert(start, tokens.text(), dataStart(bytes, length, tokens.end()));
                }
                if (SOURCES.contains(tokens.text().toUpperCase(Locale.ROOT))) {
                    return new Query(Optional.empty());
                }
            }
            tokens.next();
        }
        return new Query(Optional.empty());
    }

    /** Moves behind the name of the table, which may be a keyword itself. */
    private static void skipTarget(SqlTokens tokens) {
        tokens.next();
        if (tokens.isWord("INTO")) {
            tokens.next();
        }
        if (tokens.isWord("TABLE")) {
            tokens.next();
        }
        if (tokens.isWord("FUNCTION")) {
            tokens.next();
        }
        if (tokens.isSign('{')) {
            return;
        }
        tokens.next();
        while (tokens.isSign('.')) {
            tokens.next();
            tokens.next();
        }
    }

    /** Blanks behind the name of a format belong to the statement, up to and with one line end; the rest is data. */
    private static int dataStart(byte[] bytes, int length, int formatEnd) {
        int at = formatEnd;
        while (at < length && (bytes[at] == ' ' || bytes[at] == '\t' || bytes[at] == '\f')) {
            at++;
        }
        if (at < length && bytes[at] == '\r') {
            at++;
        }
        if (at < length && bytes[at] == '\n') {
            at++;
        }
        return at;
    }

    /** The name behind the last {@code FORMAT} that ends the statement, or has only settings behind it. */
    private static Optional<String> format(SqlTokens tokens) {
        Optional<String> found = Optional.empty();
        while (tokens.kind() != SqlTokens.Kind.END) {
            if (tokens.depth() == 0 && tokens.isWord("FORMAT") && tokens.next() == SqlTokens.Kind.WORD) {
                String name = tokens.text();
                tokens.next();
                boolean last = tokens.kind() == SqlTokens.Kind.END || tokens.isSign(';') || tokens.isWord("SETTINGS");
                found = last ? Optional.of(name) : found;
            } else {
                tokens.next();
            }
        }
        return found;
    }
}
