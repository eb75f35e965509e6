/** The read side: every order as it was last committed, kept from the compacted topic {@code order.view}. */
@NullMarked
package dev.orderflow.order.view;

import org.jspecify.annotations.NullMarked;
