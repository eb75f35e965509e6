/** What is there for demonstrations only, with {@code up --demo}. */
@NullMarked
package dev.orderflow.local.demo;

import org.jspecify.annotations.NullMarked;
