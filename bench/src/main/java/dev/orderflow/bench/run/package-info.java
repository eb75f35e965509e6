/** What is measured, in which order, and what comes out. */
@NullMarked
package dev.orderflow.bench.run;

import org.jspecify.annotations.NullMarked;
