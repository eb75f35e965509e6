/** Results for people: a table and a page. */
@NullMarked
package dev.orderflow.bench.report;

import org.jspecify.annotations.NullMarked;
