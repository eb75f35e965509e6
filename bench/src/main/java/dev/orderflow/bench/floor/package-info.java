/** The same number of transactional hops with no work in them. */
@NullMarked
package dev.orderflow.bench.floor;

import org.jspecify.annotations.NullMarked;
