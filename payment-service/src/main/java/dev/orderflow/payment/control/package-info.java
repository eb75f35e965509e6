/** What ops can switch at a provider while it runs. */
@NullMarked
package dev.orderflow.payment.control;

import org.jspecify.annotations.NullMarked;
