-- Revenue by hour and currency. A sale counts in the hour in which the order was completed; a refund is negative revenue in
-- the hour in which it was paid back, and takes nothing off order_count. Hours are whole and in UTC.
-- reads order.completed, order.refunded
-- param hours UInt16 1..8784 = 24: hours to look back from the end, when from is not given
-- param from Nullable(DateTime('UTC')) = : first hour
-- param to Nullable(DateTime('UTC')) = : end, not included; the end of the current hour when not given
-- param currency String 0..3 = : only this ISO 4217 code
WITH
    ifNull({to:Nullable(DateTime('UTC'))}, toStartOfHour(now('UTC')) + INTERVAL 1 HOUR) AS ending,
    ifNull({from:Nullable(DateTime('UTC'))}, ending - toIntervalHour({hours:UInt16})) AS beginning,
    sumIf(total_minor, kind = 'sale') AS sold_minor,
    intExp10(digits) AS minor_per_major
SELECT
    hour,
    currency,
    countIf(kind = 'sale') AS order_count,
    toDecimal128(sum(total_minor), 4) / minor_per_major AS revenue,
    sum(total_minor) AS revenue_minor,
    -- Half a minor unit is rounded up.
    if(order_count = 0, NULL,
       toDecimal128(intDiv(2 * sold_minor + order_count, 2 * order_count), 4) / minor_per_major) AS avg_order
FROM revenue_entries FINAL
WHERE hour >= toStartOfHour(beginning)
  AND hour < ending
  AND ({currency:String} = '' OR currency = {currency:String})
GROUP BY hour, currency, digits
ORDER BY hour, currency
SETTINGS do_not_merge_across_partitions_select_final = 1
