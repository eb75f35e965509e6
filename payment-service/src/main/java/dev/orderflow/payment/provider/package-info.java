/** Payment providers: the port, and the adapters behind it. */
@NullMarked
package dev.orderflow.payment.provider;

import org.jspecify.annotations.NullMarked;
