-- Products by what they brought in. A refund takes its lines off, in the hour in which it was paid back. Revenue is before
-- tax. Hours are whole and in UTC.
-- reads order.completed, order.refunded
-- param hours UInt16 1..8784 = 24: hours to look back from the end, when from is not given
-- param from Nullable(DateTime('UTC')) = : first hour
-- param to Nullable(DateTime('UTC')) = : end, not included; the end of the current hour when not given
-- param currency String 0..3 = : only this ISO 4217 code
-- param limit UInt16 1..1000 = 10: products of each currency at most
WITH
    ifNull({to:Nullable(DateTime('UTC'))}, toStartOfHour(now('UTC')) + INTERVAL 1 HOUR) AS ending,
    ifNull({from:Nullable(DateTime('UTC'))}, ending - toIntervalHour({hours:UInt16})) AS beginning
SELECT
    product_id,
    currency,
    sum(if(kind = 'sale', toInt64(quantity), -toInt64(quantity))) AS quantity_sold,
    countIf(kind = 'sale') AS order_count,
    toDecimal128(sum(line_total), 4) / intExp10(digits) AS revenue,
    sum(line_total) AS revenue_minor
FROM
(
    SELECT hour, currency, digits, kind, product_ids, quantities, line_totals
    FROM revenue_entries FINAL
    WHERE hour >= toStartOfHour(beginning)
      AND hour < ending
      AND ({currency:String} = '' OR currency = {currency:String})
)
ARRAY JOIN product_ids AS product_id, quantities AS quantity, line_totals AS line_total
GROUP BY product_id, currency, digits
ORDER BY currency, revenue_minor DESC, product_id
LIMIT {limit:UInt16} BY currency
SETTINGS do_not_merge_across_partitions_select_final = 1
