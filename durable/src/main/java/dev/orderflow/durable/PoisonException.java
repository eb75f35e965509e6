package dev.orderflow.durable;

import org.apache.kafka.common.errors.SerializationException;

/**
 * A record that can never be handled: random bytes, another type, a value that contradicts itself. It becomes a dead
 * letter in the transaction that skips it. Thrown before anything was emitted or stored for the record.
 */
public class PoisonException extends SerializationException {

    /** @param reason what is wrong with the record, for whoever reads the dead letter */
    public PoisonException(String reason) {
        super(reason);
    }

    /** @param reason what is wrong with the record, for whoever reads the dead letter */
    public PoisonException(String reason, Throwable cause) {
        super(reason, cause);
    }
}
