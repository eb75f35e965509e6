/** Notifications of providers, over HTTP. */
@NullMarked
package dev.orderflow.payment.http;

import org.jspecify.annotations.NullMarked;
