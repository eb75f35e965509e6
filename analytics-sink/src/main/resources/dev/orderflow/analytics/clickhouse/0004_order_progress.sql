-- One row per order: how far it has come. Of several about the same order the one with the largest sequence stays. The hour
-- is that in which the order was taken, so it is the same in all of them.
CREATE TABLE IF NOT EXISTS order_progress
(
    order_id String,
    sequence UInt64,
    status LowCardinality(String),
    reason LowCardinality(String),
    currency LowCardinality(String),
    total_minor Int64,
    created_at DateTime64(3, 'UTC'),
    reserved_at Nullable(DateTime64(3, 'UTC')),
    charged_at Nullable(DateTime64(3, 'UTC')),
    confirmed_at Nullable(DateTime64(3, 'UTC')),
    completed_at Nullable(DateTime64(3, 'UTC')),
    cancelled_at Nullable(DateTime64(3, 'UTC')),
    refunded_at Nullable(DateTime64(3, 'UTC')),
    step_names Array(LowCardinality(String)),
    step_reasons Array(LowCardinality(String)),
    step_counts Array(UInt32),
    topic LowCardinality(String),
    `partition` UInt32,
    `offset` UInt64,
    hour DateTime('UTC') MATERIALIZED toStartOfHour(created_at, 'UTC')
)
ENGINE = ReplacingMergeTree(sequence)
PARTITION BY toYYYYMM(hour)
ORDER BY (hour, order_id)
SETTINGS non_replicated_deduplication_window = 1000, fsync_after_insert = 1, fsync_part_directory = 1;
