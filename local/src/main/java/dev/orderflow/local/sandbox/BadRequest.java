package dev.orderflow.local.sandbox;

/** A request that cannot be understood; the message says what to send instead. */
final class BadRequest extends RuntimeException {

    private static final long serialVersionUID = 1L;

    BadRequest(String message) {
        super(message);
    }
}
