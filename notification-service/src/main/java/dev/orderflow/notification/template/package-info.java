/** Puts what a mail tells into the words of its template, as text and as HTML. */
@NullMarked
package dev.orderflow.notification.template;

import org.jspecify.annotations.NullMarked;
