/** What sends orders and times them. */
@NullMarked
package dev.orderflow.bench.load;

import org.jspecify.annotations.NullMarked;
