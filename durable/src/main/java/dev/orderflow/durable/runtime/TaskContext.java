package dev.orderflow.durable.runtime;

import dev.orderflow.durable.effect.EffectExecutor;
import dev.orderflow.durable.wire.AvroSerdes;

/**
 * What all tasks of an application share.
 *
 * @param partitions of every input topic
 * @param executor where effects run
 * @param deadLettered runs for each dead letter, before it is committed
 */
record TaskContext(
        AvroSerdes serdes, int partitions, EffectExecutor executor, FailureLedger failures, Runnable deadLettered) {}
