-- What was sold, in the row of the sale itself, so that it is there exactly as often as the sale is. Rows stored before have
-- no lines.
ALTER TABLE revenue_entries
    ADD COLUMN IF NOT EXISTS product_ids Array(LowCardinality(String)),
    ADD COLUMN IF NOT EXISTS quantities Array(UInt32),
    ADD COLUMN IF NOT EXISTS line_totals Array(Int64);
