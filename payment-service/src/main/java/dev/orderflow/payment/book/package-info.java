/** The books of the audit as pure data and functions: nothing but the JDK, and nothing of what is audited. */
@NullMarked
package dev.orderflow.payment.book;

import org.jspecify.annotations.NullMarked;
