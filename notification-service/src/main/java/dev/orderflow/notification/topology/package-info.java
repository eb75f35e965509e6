/** Which events lead to mails, and how each is sent once. */
@NullMarked
package dev.orderflow.notification.topology;

import org.jspecify.annotations.NullMarked;
