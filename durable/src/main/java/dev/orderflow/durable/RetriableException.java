package dev.orderflow.durable;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A failure that may pass by itself: a time-out, an outage, a refused connection. The outcome may be unknown. */
public class RetriableException extends RuntimeException {

    private final @Nullable Duration retryAfter;

    public RetriableException(String message) {
        this(message, null, null);
    }

    public RetriableException(String message, Throwable cause) {
        this(message, cause, null);
    }

    /** @param retryAfter not before this time has passed, when the other side has asked for that */
    public RetriableException(String message, @Nullable Throwable cause, @Nullable Duration retryAfter) {
        super(message, cause);
        this.retryAfter = retryAfter;
    }

    /** How long the other side asked to be left alone. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
