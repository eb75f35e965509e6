package dev.orderflow.durable.runtime;

import java.util.function.BiConsumer;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;

/**
 * One input topic of a service.
 *
 * @param key the id inside the value by which the topic is partitioned
 * @param receiver where its messages go
 * @param ofServices whether services alone write to it
 */
record Input<H extends TaskHandler, T extends SpecificRecord>(
        String topic, Class<T> type, Function<T, String> key, BiConsumer<H, Message<T>> receiver, boolean ofServices) {}
