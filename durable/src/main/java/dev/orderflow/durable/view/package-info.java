/** Reading a whole topic into memory, for what is small enough to be kept by every instance. */
@NullMarked
package dev.orderflow.durable.view;

import org.jspecify.annotations.NullMarked;
