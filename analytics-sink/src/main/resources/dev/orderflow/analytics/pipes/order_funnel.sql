-- How far the orders came that were placed in some hours: how many were placed, reserved, charged, confirmed, completed,
-- refunded, and how many were cancelled for which reason. An order counts in every stage that it has reached. Hours are
-- whole and in UTC.
-- reads order.view
-- param hours UInt16 1..8784 = 24: hours to look back from the end, when from is not given
-- param from Nullable(DateTime('UTC')) = : first hour
-- param to Nullable(DateTime('UTC')) = : end, not included; the end of the current hour when not given
-- param currency String 0..3 = : only this ISO 4217 code
WITH
    ifNull({to:Nullable(DateTime('UTC'))}, toStartOfHour(now('UTC')) + INTERVAL 1 HOUR) AS ending,
    ifNull({from:Nullable(DateTime('UTC'))}, ending - toIntervalHour({hours:UInt16})) AS beginning
SELECT
    tupleElement(line, 1) AS stage,
    tupleElement(line, 2) AS reason,
    tupleElement(line, 3) AS order_count,
    if(placed = 0, NULL, round(order_count / placed, 4)) AS share
FROM
(
    SELECT
        count() AS placed,
        sumMapIf([reason], [toUInt64(1)], cancelled_at IS NOT NULL) AS cancelled,
        arrayJoin(arrayConcat(
            [
                ('placed', '', placed),
                ('reserved', '', countIf(reserved_at IS NOT NULL)),
                ('charged', '', countIf(charged_at IS NOT NULL)),
                ('confirmed', '', countIf(confirmed_at IS NOT NULL)),
                ('completed', '', countIf(completed_at IS NOT NULL)),
                ('refunded', '', countIf(refunded_at IS NOT NULL))
            ],
            arrayMap((why, orders) -> ('cancelled', toString(why), orders), cancelled.1, cancelled.2))) AS line
    FROM order_progress FINAL
    WHERE hour >= toStartOfHour(beginning)
      AND hour < ending
      AND ({currency:String} = '' OR currency = {currency:String})
)
SETTINGS do_not_merge_across_partitions_select_final = 1
