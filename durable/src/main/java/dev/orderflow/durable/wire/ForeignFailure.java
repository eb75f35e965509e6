package dev.orderflow.durable.wire;

import dev.orderflow.durable.PoisonException;
import dev.orderflow.durable.RetriableException;
import dev.orderflow.durable.TerminalException;
import java.io.InterruptedIOException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.BufferUnderflowException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.apache.avro.AvroRuntimeException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.SerializationException;

/**
 * Tells apart what a serde that is not ours throws alike. Confluent's has a {@link SerializationException} for bytes that
 * are no record, for a registry that refuses, and for one that cannot be reached; and another type of exception where the
 * registry's code for the error has three digits.
 */
final class ForeignFailure {

    /** How Confluent's client ends the message of what a registry answered: with a status, or a status and two digits. */
    private static final Pattern ERROR_CODE = Pattern.compile("; error code: (\\d{3})(\\d{2})?$");

    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int REQUEST_TIMEOUT = 408;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int SERVER_ERROR = 500;

    private ForeignFailure() {}

    /** What a failure to read a record of a topic comes to; the failure itself where that cannot be told. */
    static RuntimeException ofReading(String topic, RuntimeException failure) {
        if (isOurs(failure)) {
            return failure;
        }
        int status = statusOf(failure);
        if (mayPass(failure, status)) {
            return new RetriableException(
                    "A record of " + topic + " cannot be read for now: " + innermost(failure), failure);
        }
        if (isRefusal(failure, status)) {
            return new TerminalException(
                    "The registry lets nobody look up the schemas of " + topic + ": " + innermost(failure)
                            + ". Give this service the right to read.",
                    failure);
        }
        if (isUnreadable(failure) || status == NOT_FOUND) {
            return new PoisonException("No Avro record of a known schema: " + innermost(failure), failure);
        }
        return failure;
    }

    /** What a failure to write a record to a topic comes to; the failure itself where that cannot be told. */
    static RuntimeException ofWriting(String topic, RuntimeException failure) {
        if (isOurs(failure)) {
            return failure;
        }
        int status = statusOf(failure);
        if (mayPass(failure, status)) {
            return new RetriableException(
                    "A record cannot be written to " + topic + " for now: " + innermost(failure), failure);
        }
        if (isRefusal(failure, status) || status > 0) {
            return new TerminalException(
                    "The registry refused the schema of " + topic + ": " + innermost(failure)
                            + ". Make the change compatible, or register it by hand.",
                    failure);
        }
        if (failure instanceof SerializationException) {
            // Kafka's own failures are taken to pass by themselves; this one is in the record.
            return new IllegalStateException(
                    "A record cannot be written to " + topic + ": " + innermost(failure), failure);
        }
        return failure;
    }

    private static boolean isOurs(RuntimeException failure) {
        return failure instanceof PoisonException
                || failure instanceof RetriableException
                || failure instanceof TerminalException;
    }

    private static boolean mayPass(RuntimeException failure, int status) {
        if (status >= SERVER_ERROR || status == REQUEST_TIMEOUT || status == TOO_MANY_REQUESTS) {
            return true;
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof org.apache.kafka.common.errors.RetriableException
                    || cause instanceof SocketException
                    || cause instanceof InterruptedIOException
                    || cause instanceof UnknownHostException
                    || cause instanceof HttpTimeoutException
                    || cause instanceof SSLException) {
                return true;
            }
        }
        return false;
    }

    private static boolean isRefusal(RuntimeException failure, int status) {
        return status == UNAUTHORIZED
                || status == FORBIDDEN
                || failure instanceof AuthenticationException
                || failure instanceof AuthorizationException;
    }

    private static boolean isUnreadable(RuntimeException failure) {
        return failure instanceof SerializationException
                || failure instanceof AvroRuntimeException
                || failure instanceof BufferUnderflowException
                || failure instanceof IndexOutOfBoundsException
                || failure instanceof NegativeArraySizeException
                || failure instanceof UnsupportedOperationException;
    }

    /** The HTTP status of the registry's answer, or 0 where no answer is behind the failure. */
    private static int statusOf(RuntimeException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            Matcher code = ERROR_CODE.matcher(String.valueOf(cause.getMessage()));
            if (code.find()) {
                return Integer.parseInt(code.group(1));
            }
        }
        return 0;
    }

    private static Throwable innermost(Throwable failure) {
        Throwable innermost = failure;
        while (innermost.getCause() != null) {
            innermost = innermost.getCause();
        }
        return innermost;
    }
}
