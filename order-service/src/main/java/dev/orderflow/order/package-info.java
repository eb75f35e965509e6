/** Orders: the saga, its HTTP API and its read side. */
@NullMarked
package dev.orderflow.order;

import org.jspecify.annotations.NullMarked;
