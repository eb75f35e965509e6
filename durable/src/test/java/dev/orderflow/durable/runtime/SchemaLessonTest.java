package dev.orderflow.durable.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.durable.PoisonException;
import dev.orderflow.durable.RetriableException;
import dev.orderflow.durable.wire.AvroSerdes;
import dev.orderflow.durable.wire.InMemoryRegistry;
import dev.orderflow.durable.wire.RegistryClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

class SchemaLessonTest {

    private static final TaskDefinition<NoteTask> NOTES = NoteTask.definition(effect -> effect.key());

    private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
    private final AtomicInteger refusals = new AtomicInteger();

    @Test
    void shouldAskForAllThatTheFirstMessagesWouldAskFor() throws InterruptedException {
        learn();

        assertThat(asked)
                .containsExactly("notes.out-value", "test-notes-notes-changelog-value", "newest notes.in-value");
    }

    @Test
    void shouldAskAgainWhileTheRegistryIsNotThere() throws InterruptedException {
        refusals.set(3);

        learn();

        assertThat(asked.stream().filter("notes.out-value"::equals)).hasSize(4);
        assertThat(asked).endsWith("test-notes-notes-changelog-value", "newest notes.in-value");
    }

    private void learn() throws InterruptedException {
        Thread lesson = SchemaLesson.begin(NOTES, "test-notes", AvroSerdes.with(new Registry()));
        assertThat(lesson.join(Duration.ofSeconds(20))).isTrue();
    }

    /** A registry that is not there at first, and whose newest schemas are of no use. */
    private final class Registry implements RegistryClient {

        private final InMemoryRegistry known = new InMemoryRegistry();

        @Override
        public int register(String subject, Schema schema) {
            asked.add(subject);
            if (refusals.getAndDecrement() > 0) {
                throw new RetriableException("not there yet");
            }
            return known.register(subject, schema);
        }

        @Override
        public Schema byId(int id) {
            return known.byId(id);
        }

        @Override
        public OptionalInt newest(String subject) {
            asked.add("newest " + subject);
            throw new PoisonException("not for us");
        }
    }
}
