/** The payment service: charges, refunds, and what providers say of them. */
@NullMarked
package dev.orderflow.payment;

import org.jspecify.annotations.NullMarked;
