package dev.orderflow.analytics.pipes;

import com.clickhouse.data.ClickHouseFormat;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** The forms that an answer can have, by the ending of what is asked for. */
enum PipeFormat {
    /** Tinybird's object of meta, data and statistics. */
    JSON(".json", ClickHouseFormat.JSON, "application/json"),
    /** Values separated by commas, with the names of the columns in the first line. */
    CSV(".csv", ClickHouseFormat.CSVWithNames, "text/csv; charset=utf-8"),
    /** The same under the other name that Tinybird has for it. */
    CSV_WITH_NAMES(".csvwithnames", ClickHouseFormat.CSVWithNames, "text/csv; charset=utf-8"),
    /** One JSON object in each line. */
    NDJSON(".ndjson", ClickHouseFormat.JSONEachRow, "application/x-ndjson");

    private final String ending;
    private final ClickHouseFormat format;
    private final String contentType;

    PipeFormat(String ending, ClickHouseFormat format, String contentType) {
        this.ending = ending;
        this.format = format;
        this.contentType = contentType;
    }

    /** The ending, with its dot. */
    String ending() {
        return ending;
    }

    /** What ClickHouse calls it. */
    ClickHouseFormat format() {
        return format;
    }

    /** What HTTP calls it. */
    String contentType() {
        return contentType;
    }

    /** The format that a file name ends in, if there is one. */
    static Optional<PipeFormat> of(String file) {
        return Arrays.stream(values())
                .filter(format -> file.endsWith(format.ending))
                .findFirst();
    }

    /** All endings, for people. */
    static String endings() {
        return Arrays.stream(values()).map(format -> "'" + format.ending + "'").collect(Collectors.joining(", "));
    }
}
