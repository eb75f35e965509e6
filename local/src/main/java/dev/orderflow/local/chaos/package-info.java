/** Chaos: orders through a stack of its own while its parts are killed, and what must hold afterwards. */
@NullMarked
package dev.orderflow.local.chaos;

import org.jspecify.annotations.NullMarked;
