package dev.orderflow.durable.runtime;

/**
 * The largest value that is written. A broker's refusal of a larger one comes too late to tell which record has led to it,
 * so that this record would be read again for ever; refused here, it becomes a dead letter after its third failure.
 */
final class RecordSize {

    /** Below the 1 MiB that brokers take by default, with room for key and headers. */
    static final int MAX_VALUE_BYTES = 1_000_000;

    private RecordSize() {}

    /** These bytes, when they may be written. */
    static byte[] checked(String topic, byte[] value) {
        if (value.length > MAX_VALUE_BYTES) {
            throw new IllegalStateException("A record of " + value.length + " bytes for " + topic
                    + " is larger than the " + MAX_VALUE_BYTES + " that it takes");
        }
        return value;
    }
}
