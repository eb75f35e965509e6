package dev.orderflow.local.engine;

/** The media type of each of ClickHouse's output formats. */
final class ContentType {

    private ContentType() {}

    static String of(String format) {
        return switch (format) {
            case "JSON", "JSONCompact", "JSONStrings", "JSONColumns", "JSONCompactColumns", "JSONColumnsWithMetadata" ->
                "application/json; charset=UTF-8";
            case "JSONEachRow", "JSONCompactEachRow", "JSONStringsEachRow", "JSONLines", "NDJSON" ->
                "application/x-ndjson; charset=UTF-8";
            case "CSV", "CSVWithNames", "CSVWithNamesAndTypes" -> "text/csv; charset=UTF-8";
            case "TabSeparated",
                    "TabSeparatedRaw",
                    "TabSeparatedWithNames",
                    "TabSeparatedWithNamesAndTypes",
                    "TSV",
                    "TSVRaw",
                    "TSVWithNames",
                    "TSVWithNamesAndTypes" -> "text/tab-separated-values; charset=UTF-8";
            case "RowBinary", "RowBinaryWithNames", "RowBinaryWithNamesAndTypes", "Native", "Parquet", "Arrow" ->
                "application/octet-stream";
            default -> "text/plain; charset=UTF-8";
        };
    }
}
