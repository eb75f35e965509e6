package dev.orderflow.schemas;

import dev.orderflow.schemas.Topic.Visibility;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;

/**
 * One schema whose changes are watched.
 *
 * @param subject the registry's subject of a topic, or {@code state.<record>} for what a service keeps in a store
 * @param rule what may change
 * @param schema as it is today
 */
record Contract(String subject, Rule rule, Schema schema) {

    /** What a schema owes to every version that was released. */
    enum Rule {
        /** Today's code reads what old code wrote, and old code reads what today's code writes. */
        FULL_TRANSITIVE,
        /** Today's code reads what old code wrote. */
        BACKWARD_TRANSITIVE
    }

    private static final Path MODULE = Path.of(System.getProperty("basedir", "."));

    /** The contracts of all topics, then those of all state stores. */
    static List<Contract> all() {
        List<Contract> contracts = new ArrayList<>(ofTopics());
        contracts.addAll(ofStores());
        return contracts;
    }

    /** One contract for each topic that has a schema. */
    static List<Contract> ofTopics() {
        return Topics.all().stream()
                .flatMap(topic -> topic.valueType().stream()
                        .map(type -> new Contract(
                                topic.subject(),
                                rule(topic.visibility()),
                                SpecificData.get().getSchema(type))))
                .toList();
    }

    /** One contract for each file in {@code src/main/avro/state}; a service reads its own old changelog. */
    static List<Contract> ofStores() {
        Path directory = MODULE.resolve("src/main/avro/state");
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(".avsc"))
                    .map(file -> file.substring(0, file.length() - ".avsc".length()))
                    .sorted()
                    .map(name -> new Contract("state." + name, Rule.BACKWARD_TRANSITIVE, generated(name)))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Schema generated(String name) {
        try {
            return SpecificData.get().getSchema(Class.forName("dev.orderflow.events." + name));
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(
                    "src/main/avro/state/" + name + ".avsc must hold the record dev.orderflow.events." + name
                            + ": the file is named after its record.",
                    e);
        }
    }

    private static Rule rule(Visibility visibility) {
        return switch (visibility) {
            case PUBLIC -> Rule.FULL_TRANSITIVE;
            case INTERNAL -> Rule.BACKWARD_TRANSITIVE;
            case DEAD_LETTERS -> throw new IllegalArgumentException("Dead letters have no schema.");
        };
    }
}
