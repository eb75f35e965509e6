/** {@code orderflow rehearse}: what this build would do with the orders that another one has run. */
@NullMarked
package dev.orderflow.local.rehearsal;

import org.jspecify.annotations.NullMarked;
