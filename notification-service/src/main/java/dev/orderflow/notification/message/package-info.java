/** What a mail says, as pure functions: nothing but the JDK. */
@NullMarked
package dev.orderflow.notification.message;

import org.jspecify.annotations.NullMarked;
