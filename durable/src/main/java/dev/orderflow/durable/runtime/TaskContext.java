package dev.orderflow.durable.runtime;

import dev.orderflow.durable.effect.EffectExecutor;
import dev.orderflow.durable.wire.AvroSerdes;
import java.util.function.Consumer;

/**
 * What all tasks of an application share.
 *
 * @param partitions of every input topic
 * @param executor where effects run
 * @param deadLettered is told the name of the service for each dead letter, before it is committed
 * @param read what services have read before, in groups of their own
 */
record TaskContext(
        AvroSerdes serdes,
        int partitions,
        EffectExecutor executor,
        FailureLedger failures,
        Consumer<String> deadLettered,
        ReadBefore read) {}
