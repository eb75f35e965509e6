/** The HTTP API of orders: takes them, tells how they are doing, and passes on what people ask of them. */
@NullMarked
package dev.orderflow.order.http;

import org.jspecify.annotations.NullMarked;
