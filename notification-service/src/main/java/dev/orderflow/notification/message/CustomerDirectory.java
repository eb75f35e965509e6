package dev.orderflow.notification.message;

import java.util.Optional;

/**
 * Where customers get their mail. Safe for use by several threads. Asked anew at every try of a mail, on a thread that may
 * wait; whatever it throws makes the mail be tried again.
 */
@FunctionalInterface
public interface CustomerDirectory {

    /** The address of a customer; none for one whom nobody knows, or who wants no mail. */
    Optional<String> addressOf(String userId);
}
