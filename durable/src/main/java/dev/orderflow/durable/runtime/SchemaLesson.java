package dev.orderflow.durable.runtime;

import dev.orderflow.durable.FencedException;
import dev.orderflow.durable.RetriableException;
import dev.orderflow.durable.TerminalException;
import dev.orderflow.durable.wire.AvroSerdes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the registry, beside the start of an application, for every schema that its first messages would ask it for, one
 * after the other and while somebody waits. What fails here is asked for again by the message that needs it.
 */
final class SchemaLesson {

    private static final Logger LOG = LoggerFactory.getLogger(SchemaLesson.class);

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
        try {
            definition.outputs().forEach(serdes::learnToWrite);
            definition
                    .stores()
                    .forEach((store, type) -> serdes.learnToWrite(applicationId + "-" + store + "-changelog", type));
            definition.inputTopics().forEach(serdes::learnToRead);
        } catch (RetriableException | TerminalException | FencedException notNow) {
            LOG.debug("{} learns its schemas with its first messages", definition.service(), notNow);
        }
    }
}
