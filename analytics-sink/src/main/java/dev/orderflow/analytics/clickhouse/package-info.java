/** ClickHouse over HTTP: tables, inserts, queries. */
@NullMarked
package dev.orderflow.analytics.clickhouse;

import org.jspecify.annotations.NullMarked;
