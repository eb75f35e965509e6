/** What is written, and when, as values and pure functions: nothing but the JDK. */
@NullMarked
package dev.orderflow.analytics.batch;

import org.jspecify.annotations.NullMarked;
