package dev.orderflow.durable.runtime;

import dev.orderflow.durable.store.TransactionParticipant;
import dev.orderflow.durable.store.Transactions;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.TaskId;

/** Tells the tables of one stream thread how its transactions end. Confined to that thread. */
final class ThreadTransactions implements Transactions {

    private final Map<TransactionParticipant, TaskId> tables = new LinkedHashMap<>();

    @Override
    public void join(TaskId task, TransactionParticipant table) {
        tables.put(table, task);
    }

    @Override
    public void leave(TransactionParticipant table) {
        tables.remove(table);
    }

    /** The task has been restored and runs from now on, or has been suspended. */
    void running(TaskId task, boolean runs) {
        tables.forEach((table, of) -> {
            if (of.equals(task)) {
                table.running(runs);
            }
        });
    }

    void committed(Map<TopicPartition, Long> acknowledged) {
        tables.keySet().forEach(table -> table.committed(acknowledged));
    }

    /** Nobody knows whether it was committed. */
    void lost() {
        tables.keySet().forEach(TransactionParticipant::lost);
    }

    void aborted() {
        tables.keySet().forEach(TransactionParticipant::aborted);
    }
}
