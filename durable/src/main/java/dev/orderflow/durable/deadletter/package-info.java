/** Dead letters as people see them: listed, looked at, and sent again to the service that has set them aside. */
@NullMarked
package dev.orderflow.durable.deadletter;

import org.jspecify.annotations.NullMarked;
