package dev.orderflow.durable.runtime;

import static dev.orderflow.durable.runtime.ServicePositions.furthest;
import static dev.orderflow.durable.runtime.ServicePositions.least;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.durable.note.Note;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class ServicePositionsTest {

    private static final TopicPartition BOTH = new TopicPartition("both", 0);
    private static final TopicPartition BOTH_1 = new TopicPartition("both", 1);
    private static final TopicPartition OF_A = new TopicPartition("of-a", 0);
    private static final TopicPartition AGAIN_TO_A = new TopicPartition("a.redrives", 0);
    private static final TopicPartition AGAIN_TO_B = new TopicPartition("b.redrives", 0);

    private static final List<TaskDefinition<?>> SERVICES =
            List.of(reading("a", BOTH.topic(), OF_A.topic()), reading("b", BOTH.topic()));

    private static final class Idle implements TaskHandler {}

    @Test
    void shouldGoOnFromTheFurtherOfBothGroups() {
        assertThat(furthest(Map.of(BOTH, 3L, BOTH_1, 9L), Map.of(BOTH, 5L, BOTH_1, 7L)))
                .containsOnly(Map.entry(BOTH, 5L), Map.entry(BOTH_1, 9L));
    }

    @Test
    void shouldGoOnFromTheGroupThatHasReadAPartitionWhereTheOtherHasNot() {
        assertThat(furthest(Map.of(BOTH, 3L), Map.of(OF_A, 0L))).containsOnly(Map.entry(BOTH, 3L), Map.entry(OF_A, 0L));
        assertThat(furthest(Map.of(), Map.of())).isEmpty();
    }

    @Test
    void shouldShareFromWhereTheLastOfTheReadersOfAPartitionIs() {
        assertThat(least(
                        SERVICES,
                        Map.of("a", Map.of(BOTH, 8L, BOTH_1, 2L, OF_A, 6L), "b", Map.of(BOTH, 5L, BOTH_1, 4L))))
                .containsOnly(Map.entry(BOTH, 5L), Map.entry(BOTH_1, 2L), Map.entry(OF_A, 6L));
    }

    @Test
    void shouldShareFromTheBeginningWhereOneOfTheReadersHasReadNothing() {
        assertThat(least(SERVICES, Map.of("a", Map.of(BOTH, 8L, BOTH_1, 2L, OF_A, 6L), "b", Map.of(BOTH_1, 4L))))
                .containsOnly(Map.entry(BOTH_1, 2L), Map.entry(OF_A, 6L));
    }

    @Test
    void shouldShareFromTheBeginningOfAllThatAServiceReadsThatHasNeverRun() {
        Map<TopicPartition, Long> known = Map.of(BOTH, 8L, BOTH_1, 2L, OF_A, 6L, AGAIN_TO_A, 1L);

        assertThat(least(SERVICES, Map.of("a", known, "b", Map.of())))
                .containsOnly(Map.entry(OF_A, 6L), Map.entry(AGAIN_TO_A, 1L));
        assertThat(least(SERVICES, Map.of("a", known))).containsOnly(Map.entry(OF_A, 6L), Map.entry(AGAIN_TO_A, 1L));
        assertThat(least(SERVICES, Map.of())).isEmpty();
    }

    @Test
    void shouldLeaveTheDeadLettersOfEachServiceWhereItHasReadThem() {
        assertThat(least(
                        SERVICES, Map.of("a", Map.of(BOTH, 8L, AGAIN_TO_A, 3L), "b", Map.of(BOTH, 8L, AGAIN_TO_B, 1L))))
                .containsOnly(Map.entry(BOTH, 8L), Map.entry(AGAIN_TO_A, 3L), Map.entry(AGAIN_TO_B, 1L));
    }

    private static TaskDefinition<?> reading(String service, String... topics) {
        TaskDefinition.Builder<Idle> builder = TaskDefinition.named(service, task -> new Idle());
        for (String topic : topics) {
            builder.input(topic, Note.class, Note::getId, (idle, message) -> {});
        }
        return builder.build();
    }
}
