/** Loyalty over HTTP. */
@NullMarked
package dev.orderflow.loyalty.http;

import org.jspecify.annotations.NullMarked;
