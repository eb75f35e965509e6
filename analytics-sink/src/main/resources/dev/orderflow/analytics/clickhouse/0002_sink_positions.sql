-- How far each partition is stored. The largest offset wins, so that a sink which lost its partition and does not know
-- it yet cannot put the position back.
CREATE TABLE IF NOT EXISTS sink_positions
(
    topic LowCardinality(String),
    `partition` UInt32,
    next_offset UInt64,
    recorded_at DateTime64(3, 'UTC') DEFAULT now64(3)
)
ENGINE = ReplacingMergeTree(next_offset)
ORDER BY (topic, `partition`)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;
