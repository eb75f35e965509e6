package dev.orderflow.durable.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.durable.store.TransactionParticipant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.TaskId;
import org.junit.jupiter.api.Test;

class ThreadTransactionsTest {

    private static final TaskId FIRST = new TaskId(0, 0);
    private static final TaskId SECOND = new TaskId(0, 1);
    private static final Map<TopicPartition, Long> ENDS = Map.of(new TopicPartition("t-changelog", 0), 7L);

    private final ThreadTransactions transactions = new ThreadTransactions();
    private final List<String> told = new ArrayList<>();

    @Test
    void shouldTellEveryTableOfTheThreadHowATransactionEnds() {
        transactions.join(FIRST, table("a"));
        transactions.join(SECOND, table("b"));

        transactions.committed(ENDS);
        transactions.aborted();

        assertThat(told).containsExactly("a committed " + ENDS, "b committed " + ENDS, "a aborted", "b aborted");
    }

    @Test
    void shouldTellTheTablesOfATaskThatItRuns() {
        transactions.join(FIRST, table("a"));
        transactions.join(SECOND, table("b"));

        transactions.running(SECOND, true);
        transactions.running(SECOND, false);

        assertThat(told).containsExactly("b runs", "b does not run");
    }

    @Test
    void shouldTellATableThatHasLeftOfNothing() {
        TransactionParticipant table = table("a");
        transactions.join(FIRST, table);
        transactions.leave(table);

        transactions.committed(ENDS);
        transactions.aborted();
        transactions.running(FIRST, true);

        assertThat(told).isEmpty();
    }

    private TransactionParticipant table(String name) {
        return new TransactionParticipant() {
            @Override
            public void committed(Map<TopicPartition, Long> acknowledged) {
                told.add(name + " committed " + acknowledged);
            }

            @Override
            public void aborted() {
                told.add(name + " aborted");
            }

            @Override
            public void lost() {
                told.add(name + " lost");
            }

            @Override
            public void running(boolean runs) {
                told.add(name + (runs ? " runs" : " does not run"));
            }
        };
    }
}
