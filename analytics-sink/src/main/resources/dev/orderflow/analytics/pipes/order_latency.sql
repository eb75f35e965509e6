-- How long orders took from being taken to each milestone, by the hour in which they were taken: the median, and what 95 and
-- 99 of 100 stayed under, in milliseconds. Hours are whole and in UTC.
-- reads order.view
-- param hours UInt16 1..8784 = 24: hours to look back from the end, when from is not given
-- param from Nullable(DateTime('UTC')) = : first hour
-- param to Nullable(DateTime('UTC')) = : end, not included; the end of the current hour when not given
-- param currency String 0..3 = : only this ISO 4217 code
-- param milestone String 0..16 = confirmed: reserved, charged, confirmed, completed, cancelled or refunded; all of them when empty
WITH
    ifNull({to:Nullable(DateTime('UTC'))}, toStartOfHour(now('UTC')) + INTERVAL 1 HOUR) AS ending,
    ifNull({from:Nullable(DateTime('UTC'))}, ending - toIntervalHour({hours:UInt16})) AS beginning
SELECT
    hour,
    milestone,
    count() AS order_count,
    round(quantileTDigest(0.5)(took)) AS p50_ms,
    round(quantileTDigest(0.95)(took)) AS p95_ms,
    round(quantileTDigest(0.99)(took)) AS p99_ms
FROM
(
    SELECT
        hour,
        tupleElement(reached, 1) AS milestone,
        greatest(0, dateDiff('millisecond', created_at, assumeNotNull(tupleElement(reached, 2)))) AS took
    FROM order_progress FINAL
    ARRAY JOIN
        [
            ('reserved', reserved_at),
            ('charged', charged_at),
            ('confirmed', confirmed_at),
            ('completed', completed_at),
            ('cancelled', cancelled_at),
            ('refunded', refunded_at)
        ] AS reached
    WHERE hour >= toStartOfHour(beginning)
      AND hour < ending
      AND ({currency:String} = '' OR currency = {currency:String})
      AND tupleElement(reached, 2) IS NOT NULL
      AND ({milestone:String} = '' OR tupleElement(reached, 1) = {milestone:String})
)
GROUP BY hour, milestone
ORDER BY hour, milestone
SETTINGS do_not_merge_across_partitions_select_final = 1
