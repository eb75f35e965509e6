package dev.orderflow.durable.runtime;

import dev.orderflow.durable.PoisonException;
import dev.orderflow.durable.RetriableException;
import dev.orderflow.durable.TerminalException;
import dev.orderflow.durable.wire.AvroSerdes;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.avro.specific.SpecificRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the registry, beside the start of an application, for every schema that its first messages would ask it for, one
 * after the other and while somebody waits. What fails here is asked for again by the message that needs it.
 */
final class SchemaLesson {

    private static final Logger LOG = LoggerFactory.getLogger(SchemaLesson.class);

    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final long begun = System.nanoTime();
    private final TaskDefinition<?> definition;
    private final String applicationId;
    private final AvroSerdes serdes;

    private SchemaLesson(TaskDefinition<?> definition, String applicationId, AvroSerdes serdes) {
        this.definition = definition;
        this.applicationId = applicationId;
        this.serdes = serdes;
    }

    /** Begins, and returns the thread that ends when all is learnt, or cannot be. */
    static Thread begin(TaskDefinition<?> definition, String applicationId, AvroSerdes serdes) {
        SchemaLesson lesson = new SchemaLesson(definition, applicationId, serdes);
        return Thread.ofVirtual().name(definition.service() + "-schemas").start(lesson::learn);
    }

    private void learn() {
        definition.outputs().forEach(this::learnToWrite);
        definition
                .stores()
                .forEach((store, type) -> learnToWrite(TaskTopology.changelogOf(applicationId, store), type));
        // Once: what others write is known to whoever remembers it, without the registry.
        definition.inputTopics().forEach(topic -> attempt(topic, () -> serdes.learnToRead(topic)));
    }

    /** Again while the registry is not there: at the start of everything it may come last. */
    private void learnToWrite(String topic, Class<? extends SpecificRecord> type) {
        while (!attempt(topic, () -> serdes.learnToWrite(topic, type))
                && System.nanoTime() - begun < PATIENCE_NANOS
                && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    /** False where it may go better a little later. */
    private boolean attempt(String topic, Runnable lesson) {
        try {
            lesson.run();
            return true;
        } catch (RetriableException notNow) {
            LOG.debug("{} cannot ask for the schema of {} yet: {}", definition.service(), topic, notNow.getMessage());
            return false;
        } catch (TerminalException | PoisonException never) {
            LOG.debug("{} learns of {} with its first message", definition.service(), topic, never);
            return true;
        }
    }
}
