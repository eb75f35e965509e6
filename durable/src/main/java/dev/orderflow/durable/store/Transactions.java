package dev.orderflow.durable.store;

import org.apache.kafka.streams.processor.TaskId;

/** The transactions of one stream thread, as far as tables need to know of them. For use on that thread only. */
public interface Transactions {

    /** Tells a table of every transaction from now on. */
    void join(TaskId task, TransactionParticipant table);

    /** Tells it of no more. */
    void leave(TransactionParticipant table);
}
