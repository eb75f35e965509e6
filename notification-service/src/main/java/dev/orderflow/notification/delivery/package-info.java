/** How a mail reaches its mail server, and how a customer's address is found. */
@NullMarked
package dev.orderflow.notification.delivery;

import org.jspecify.annotations.NullMarked;
