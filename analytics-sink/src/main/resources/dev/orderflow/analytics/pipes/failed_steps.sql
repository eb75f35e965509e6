-- Which steps failed how often and why, and which share of all tries of that step that is. A try counts in the hour in which
-- its order was taken. Hours are whole and in UTC.
-- reads order.view
-- param hours UInt16 1..8784 = 24: hours to look back from the end, when from is not given
-- param from Nullable(DateTime('UTC')) = : first hour
-- param to Nullable(DateTime('UTC')) = : end, not included; the end of the current hour when not given
-- param currency String 0..3 = : only this ISO 4217 code
WITH
    ifNull({to:Nullable(DateTime('UTC'))}, toStartOfHour(now('UTC')) + INTERVAL 1 HOUR) AS ending,
    ifNull({from:Nullable(DateTime('UTC'))}, ending - toIntervalHour({hours:UInt16})) AS beginning
SELECT step, reason, failed, tries, round(failed / tries, 4) AS share
FROM
(
    SELECT
        step,
        why AS reason,
        sum(times) AS failed,
        sum(sum(times)) OVER (PARTITION BY step) AS tries
    FROM order_progress FINAL
    ARRAY JOIN step_names AS step, step_reasons AS why, step_counts AS times
    WHERE hour >= toStartOfHour(beginning)
      AND hour < ending
      AND ({currency:String} = '' OR currency = {currency:String})
    GROUP BY step, why
)
WHERE reason != ''
ORDER BY failed DESC, step, reason
SETTINGS do_not_merge_across_partitions_select_final = 1
