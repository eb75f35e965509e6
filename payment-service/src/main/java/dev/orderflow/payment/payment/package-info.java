/** The decisions of payment as pure functions: nothing but the JDK. */
@NullMarked
package dev.orderflow.payment.payment;

import org.jspecify.annotations.NullMarked;
