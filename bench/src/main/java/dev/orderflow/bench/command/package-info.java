/** The command line of the benchmark. */
@NullMarked
package dev.orderflow.bench.command;

import org.jspecify.annotations.NullMarked;
