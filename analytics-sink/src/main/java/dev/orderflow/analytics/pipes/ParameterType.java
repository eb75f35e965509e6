package dev.orderflow.analytics.pipes;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A ClickHouse type that a parameter may have, and what people may write for it. */
enum ParameterType {
    /** A whole number; the bounds are those of the number. */
    UINT16("UInt16") {
        @Override
        String convert(String given, long min, long max) {
            if (given.matches("\\d{1,9}")) {
                int number = Integer.parseInt(given);
                if (number >= min && number <= max) {
                    return Integer.toString(number);
                }
            }
            throw bad("a whole number from " + min + " to " + max);
        }
    },
    /** A text; the bounds are those of its length. */
    STRING("String") {
        @Override
        String convert(String given, long min, long max) {
            if (given.length() < min || given.length() > max) {
                throw bad("a text of " + min + " to " + max + " characters");
            }
            return given;
        }
    },
    /** A moment, or nothing; without an offset it is taken as UTC. Fractions of a second are dropped. */
    MOMENT("Nullable(DateTime('UTC'))") {
        @Override
        @Nullable
        String convert(String given, long min, long max) {
            if (given.isEmpty()) {
                return null;
            }
            try {
                return TEXT.format(moment(given));
            } catch (DateTimeException notAMoment) {
                throw bad("a date such as 2026-03-01 or a time such as 2026-03-01T14:00:00Z, from 1970 to 2105");
            }
        }
    };

    private static final DateTimeFormatter TEXT =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final int LAST_YEAR = 2105;

    private final String sql;

    ParameterType(String sql) {
        this.sql = sql;
    }

    /** The type as it stands in the statement. */
    String sql() {
        return sql;
    }

    /**
     * What is sent to the database for what somebody wrote; null for SQL's NULL.
     *
     * @throws IllegalArgumentException whose message says what is expected
     */
    abstract @Nullable String convert(String given, long min, long max);

    static ParameterType of(String sql) {
        return Arrays.stream(values())
                .filter(type -> type.sql.equals(sql))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No parameter can have the type " + sql));
    }

    private static IllegalArgumentException bad(String expected) {
        return new IllegalArgumentException(expected);
    }

    private static Instant moment(String given) {
        String text = given.strip().replace(' ', 'T');
        Instant moment;
        if (text.length() <= "2026-03-01".length()) {
            moment = LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
        } else if (text.matches(".*(Z|[+-]\\d\\d(:?\\d\\d)?)")) {
            moment = OffsetDateTime.parse(text).toInstant();
        } else {
            moment = LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
        }
        int year = moment.atOffset(ZoneOffset.UTC).getYear();
        if (year < 1970 || year > LAST_YEAR) {
            throw new DateTimeException("out of range");
        }
        return moment;
    }
}
