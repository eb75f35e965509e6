/** What processes and the machine have used, from {@code /proc}. */
@NullMarked
package dev.orderflow.bench.machine;

import org.jspecify.annotations.NullMarked;
