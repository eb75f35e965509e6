package dev.orderflow.durable.runtime;

import dev.orderflow.durable.effect.Effects;
import dev.orderflow.durable.timer.Timers;
import java.time.Instant;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * What a handler works with: stores, timers, effects and output topics of one partition. All that is done through it
 * while a message is handled is committed in one transaction with the position behind that message. For use on the
 * stream thread only.
 */
public interface Task {

    /** The wall clock. */
    Instant now();

    /** The partition that this task reads of every input topic. */
    int partition();

    /** A store of the definition. */
    <V extends SpecificRecord> KeyValueStore<String, V> store(String name, Class<V> type);

    /**
     * Writes a record with CloudEvents and trace headers.
     *
     * @param topic an output of the definition
     * @param eventId {@code ce_id}: the same whenever the same fact is written again
     * @param eventType {@code ce_type}, such as {@code StockReserved}
     */
    void emit(String topic, String key, SpecificRecord value, String eventId, String eventType);

    /**
     * Writes a record as {@link #emit} does, but one that nobody waits for: its transaction may be held open for some
     * tens of milliseconds, so that what comes next can share it.
     */
    void emitUnhurried(String topic, String key, SpecificRecord value, String eventId, String eventType);

    /**
     * Gives up on a record that was taken in before, when what it asked for has turned out to be impossible: it goes to
     * the dead letters of the service, to be looked at and sent again.
     *
     * @param from where it was read
     * @param key as it stood in the record
     * @param value as it stood in the record
     * @param headers as they stood in the record
     * @param reason why it is given up, and what to do, for whoever reads it
     */
    void deadLetter(Origin from, byte[] key, byte[] value, Headers headers, String reason);

    /**
     * Runs this once, on the stream thread, as soon as what has been done so far is committed; never where it is not, and not
     * for certain where it is: a process can end in between. A commit is no sooner for it.
     *
     * @param action must neither block nor throw, and may use nothing of this task
     */
    void afterCommit(Runnable action);

    /** The timers of this task; the definition must have them. */
    Timers timers();

    /** The effects of this task; the definition must have them. */
    Effects effects();
}
