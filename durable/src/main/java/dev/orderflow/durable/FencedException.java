package dev.orderflow.durable;

/** Somebody else owns this now: whoever catches it stops at once and changes nothing more. */
public class FencedException extends RuntimeException {

    public FencedException(String message) {
        super(message);
    }

    public FencedException(String message, Throwable cause) {
        super(message, cause);
    }
}
