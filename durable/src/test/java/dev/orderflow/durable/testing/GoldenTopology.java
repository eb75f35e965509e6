package dev.orderflow.durable.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.durable.runtime.TaskDefinition;
import dev.orderflow.durable.runtime.TaskTopology;
import dev.orderflow.durable.wire.AvroSerdes;
import dev.orderflow.durable.wire.InMemoryRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** The topology of a service as it was reviewed: {@code topology.txt} beside the test. */
public final class GoldenTopology {

    private GoldenTopology() {}

    /** Fails where a processor, a store or a topic has another name than in the file beside the test. */
    public static void assertKept(Class<?> test, TaskDefinition<?> definition) {
        String described = TaskTopology.of(
                        definition,
                        AvroSerdes.with(new InMemoryRegistry()),
                        2,
                        (attempt, timeout, lost) -> {},
                        () -> {})
                .describe()
                .toString();
        assertThat(described.strip())
                .as("A renamed store or processor loses its state. If that is meant, put this text into topology.txt")
                .isEqualTo(golden(test).strip());
    }

    private static String golden(Class<?> test) {
        try (InputStream file = test.getResourceAsStream("topology.txt")) {
            return file == null ? "" : new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new AssertionError("topology.txt beside " + test + " cannot be read", failure);
        }
    }
}
