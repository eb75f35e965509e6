package dev.orderflow.local.engine;

import java.nio.charset.StandardCharsets;

/**
 * The tokens of a statement, one after the other, as far as it takes to find where a statement ends and its data
 * begins: words, quoted texts and signs, without blanks and comments. Works on bytes, because binary data may follow.
 */
final class SqlTokens {

    enum Kind {
        /** A keyword, a bare name or a number. */
        WORD,
        /** A name in backquotes or double quotes. */
        QUOTED_NAME,
        /** A text in single quotes, or between {@code $tag$}. */
        TEXT,
        /** Any other character. */
        SIGN,
        /** Nothing follows, or what follows is not closed. */
        END
    }

    private final byte[] bytes;
    private final int limit;
    private int position;
    private int start;
    private int depth;
    private Kind kind = Kind.END;

    SqlTokens(byte[] bytes, int limit) {
        this.bytes = bytes;
        this.limit = limit;
    }

    /** Moves to the next token. */
    Kind next() {
        skipBlanksAndComments();
        start = position;
        kind = read();
        return kind;
    }

    /** Offset of the first byte behind the token. */
    int end() {
        return position;
    }

    /** How many brackets are open; a closing bracket counts as outside already. */
    int depth() {
        return depth;
    }

    Kind kind() {
        return kind;
    }

    /** The token as it is written. */
    String text() {
        return new String(bytes, start, position - start, StandardCharsets.UTF_8);
    }

    /** Offset of the token's first byte. */
    int start() {
        return start;
    }

    /** Whether the token is this keyword, in any case. */
    boolean isWord(String keyword) {
        return kind == Kind.WORD && text().equalsIgnoreCase(keyword);
    }

    /** Whether the token is this sign. */
    boolean isSign(char sign) {
        return kind == Kind.SIGN && bytes[start] == sign;
    }

    private Kind read() {
        if (position >= limit) {
            return Kind.END;
        }
        byte first = bytes[position];
        return switch (first) {
            case '\'' -> quoted('\'', Kind.TEXT);
            case '"' -> quoted('"', Kind.QUOTED_NAME);
            case '`' -> quoted('`', Kind.QUOTED_NAME);
            case '$' -> hereDocument();
            case '(', '[', '{' -> sign(1);
            case ')', ']', '}' -> sign(-1);
            default -> isWordByte(first) ? word() : sign(0);
        };
    }

    private Kind word() {
        while (position < limit && isWordByte(bytes[position])) {
            position++;
        }
        return Kind.WORD;
    }

    private Kind sign(int deeper) {
        position++;
        depth += deeper;
        return Kind.SIGN;
    }

    private Kind quoted(char quote, Kind closed) {
        for (position++; position < limit; position++) {
            if (bytes[position] == '\\') {
                position++;
            } else if (bytes[position] == quote) {
                if (position + 1 < limit && bytes[position + 1] == quote) {
                    position++;
                } else {
                    position++;
                    return closed;
                }
            }
        }
        position = limit;
        return Kind.END;
    }

    private Kind hereDocument() {
        int tagEnd = position + 1;
        while (tagEnd < limit && isWordByte(bytes[tagEnd])) {
            tagEnd++;
        }
        if (tagEnd >= limit || bytes[tagEnd] != '$') {
            return sign(0);
        }
        String tag = new String(bytes, position, tagEnd + 1 - position, StandardCharsets.UTF_8);
        int close = find(tag, tagEnd + 1);
        position = close < 0 ? limit : close + tag.length();
        return close < 0 ? Kind.END : Kind.TEXT;
    }

    private void skipBlanksAndComments() {
        while (position < limit) {
            if (isBlank(bytes[position])) {
                position++;
            } else if (at("--") || at("# ") || at("#!")) {
                skipTo("\n");
            } else if (at("/*")) {
                position += 2;
                skipTo("*/");
            } else {
                return;
            }
        }
    }

    private void skipTo(String mark) {
        int found = find(mark, position);
        position = found < 0 ? limit : found + mark.length();
    }

    private boolean at(String mark) {
        return find(mark, position, position) == position;
    }

    private int find(String mark, int from) {
        return find(mark, from, limit - mark.length());
    }

    /** Where the mark (ASCII) begins, between two offsets, both included; -1 where it does not. */
    private int find(String mark, int from, int to) {
        for (int i = from; i <= to && i + mark.length() <= limit; i++) {
            int matched = 0;
            while (matched < mark.length() && bytes[i + matched] == mark.charAt(matched)) {
                matched++;
            }
            if (matched == mark.length()) {
                return i;
            }
        }
        return -1;
    }

    private static boolean isBlank(byte b) {
        return b == ' ' || (b >= '\t' && b <= '\r');
    }

    private static boolean isWordByte(byte b) {
        return (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z') || (b >= '0' && b <= '9') || b == '_';
    }
}
