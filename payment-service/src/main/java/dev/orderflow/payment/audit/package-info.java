/** The audit that runs all the time: reads the topics and the provider's list into the books, and tells of them. */
@NullMarked
package dev.orderflow.payment.audit;

import org.jspecify.annotations.NullMarked;
