package dev.orderflow.analytics.pipes;

/** A pipe that cannot answer; its message goes to whoever asked. */
public final class PipeException extends RuntimeException {

    private final int status;
    private final String reason;

    private PipeException(int status, String reason) {
        super(reason);
        this.status = status;
        this.reason = reason;
    }

    /** The caller asked for something that cannot be answered. */
    static PipeException badRequest(String message) {
        return new PipeException(400, message);
    }

    /** There is no such pipe. */
    static PipeException notFound(String message) {
        return new PipeException(404, message);
    }

    /** The database is away; later the same request may be answered. */
    static PipeException unavailable(String message, Throwable cause) {
        return because(503, message, cause);
    }

    /** The database refuses the pipe itself. */
    static PipeException failed(String message, Throwable cause) {
        return because(500, message, cause);
    }

    /** The HTTP status to answer with. */
    public int status() {
        return status;
    }

    /** What to tell whoever asked. */
    public String reason() {
        return reason;
    }

    private static PipeException because(int status, String message, Throwable cause) {
        PipeException exception = new PipeException(status, message);
        exception.initCause(cause);
        return exception;
    }
}
