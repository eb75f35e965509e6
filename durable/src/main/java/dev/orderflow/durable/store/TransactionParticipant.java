package dev.orderflow.durable.store;

import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** What is told of the transactions of its stream thread, on that thread. */
public interface TransactionParticipant {

    /**
     * The transaction is committed that all was written in since the last one ended.
     *
     * @param acknowledged the offset of the last record in it, of each changelog partition that has one
     */
    void committed(Map<TopicPartition, Long> acknowledged);

    /** The transaction is aborted: nothing that was written in it counts. */
    void aborted();

    /** The transaction was to be committed, and nobody knows whether it was: the table is not to be used any more. */
    void lost();

    /** Whether its task runs: it is restored up to the end of its changelog, and not suspended. */
    void running(boolean runs);
}
