-- One row per sale and per refund. A row that is written again replaces itself: the key is the entry, not the write.
-- Rows are on disk before an insert returns, because a position row follows that says they are.
CREATE TABLE IF NOT EXISTS revenue_entries
(
    order_id String,
    customer String,
    kind Enum8('sale' = 1, 'refund' = 2),
    total_minor Int64,
    currency LowCardinality(String),
    digits UInt8,
    item_count UInt64,
    event_time DateTime64(3, 'UTC'),
    topic LowCardinality(String),
    `partition` UInt32,
    `offset` UInt64,
    hour DateTime('UTC') MATERIALIZED toStartOfHour(event_time, 'UTC')
)
ENGINE = ReplacingMergeTree
PARTITION BY toYYYYMM(hour)
ORDER BY (hour, order_id, kind)
SETTINGS non_replicated_deduplication_window = 1000, fsync_after_insert = 1, fsync_part_directory = 1;
