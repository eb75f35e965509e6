/** JMH benchmarks of the functions on the hot path. */
@NullMarked
package dev.orderflow.bench.micro;

import org.jspecify.annotations.NullMarked;
