/** What Stripe's adapter and its notifications have in common: nothing but the JDK. */
@NullMarked
package dev.orderflow.payment.stripe;

import org.jspecify.annotations.NullMarked;
