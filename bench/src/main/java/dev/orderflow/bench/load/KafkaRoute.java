package dev.orderflow.bench.load;

import java.util.List;
import java.util.function.IntFunction;

/**
 * Where records go in, and where they are seen to have arrived.
 *
 * @param into the topic that is produced to
 * @param done topics whose records end an order well; they have its id as their key
 * @param undone topics whose records end it otherwise
 * @param id of an order, by its number, which is behind the last hyphen
 * @param value of its record
 */
public record KafkaRoute(
        String into, List<String> done, List<String> undone, IntFunction<String> id, IntFunction<byte[]> value) {}
