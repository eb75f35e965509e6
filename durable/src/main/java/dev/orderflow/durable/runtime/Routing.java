package dev.orderflow.durable.runtime;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.utils.Utils;

/** Which partition an id belongs to, by the partitioner of the Java client: murmur2 over the bytes of its UTF-8 text. */
public final class Routing {

    private Routing() {}

    /**
     * The partition of a key.
     *
     * @param partitions how many there are, 1 or more
     */
    public static int partitionOf(String key, int partitions) {
        return Utils.toPositive(Utils.murmur2(keyBytes(key))) % partitions;
    }

    /** A key as it stands in a record. */
    public static byte[] keyBytes(String key) {
        return key.getBytes(StandardCharsets.UTF_8);
    }
}
