package dev.orderflow.local.engine;

/**
 * What a query read, wrote and returned.
 *
 * @param resultBytes length of the formatted result
 */
record QuerySummary(
        long readRows, long readBytes, long writtenRows, long writtenBytes, long resultRows, long resultBytes) {

    /** The value of {@code X-ClickHouse-Summary}, with numbers as strings, as the server writes them. */
    String json(long elapsedNanos) {
        return ("{\"read_rows\":\"%d\",\"read_bytes\":\"%d\",\"written_rows\":\"%d\",\"written_bytes\":\"%d\","
                        + "\"total_rows_to_read\":\"0\",\"result_rows\":\"%d\",\"result_bytes\":\"%d\","
                        + "\"elapsed_ns\":\"%d\"}")
                .formatted(readRows, readBytes, writtenRows, writtenBytes, resultRows, resultBytes, elapsedNanos);
    }
}
