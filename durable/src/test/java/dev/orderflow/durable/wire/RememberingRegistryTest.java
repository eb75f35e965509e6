package dev.orderflow.durable.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.orderflow.durable.RetriableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RememberingRegistryTest {

    private static final Schema NOTE =
            SchemaBuilder.record("Note").fields().requiredString("text").endRecord();
    private static final Schema LONGER = SchemaBuilder.record("Note")
            .fields()
            .requiredString("text")
            .optionalString("more")
            .endRecord();

    @TempDir
    private Path directory;

    private final InMemoryRegistry registry = new InMemoryRegistry();

    @Test
    void shouldKnowAfterARestartWhatWasAnsweredBefore() {
        RegistryClient before = new RememberingRegistry(registry, directory);
        int id = before.register("notes/all-value", NOTE);

        RegistryClient after = new RememberingRegistry(new Unreachable(), directory);

        assertThat(after.register("notes/all-value", NOTE)).isEqualTo(id);
        assertThat(after.byId(id)).isEqualTo(NOTE);
    }

    @Test
    void shouldKeepWhatWasLookedUp() {
        int id = registry.register("notes-value", NOTE);
        assertThat(new RememberingRegistry(registry, directory).byId(id)).isEqualTo(NOTE);

        assertThat(new RememberingRegistry(new Unreachable(), directory).byId(id))
                .isEqualTo(NOTE);
    }

    @Test
    void shouldAskForWhatIsNew() {
        RegistryClient before = new RememberingRegistry(registry, directory);
        int first = before.register("notes-value", NOTE);

        assertThat(before.register("notes-value", LONGER)).isNotEqualTo(first);
        assertThat(before.newest("notes-value")).isNotEmpty();
        assertThatExceptionOfType(RetriableException.class)
                .isThrownBy(() -> new RememberingRegistry(new Unreachable(), directory).register("other-value", NOTE));
    }

    @Test
    void shouldAskAgainWhereAFileIsSpoiled() throws IOException {
        int id = new RememberingRegistry(registry, directory).register("notes-value", NOTE);
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.writeString(file, "{");
            }
        }

        RegistryClient after = new RememberingRegistry(registry, directory);

        assertThat(after.register("notes-value", NOTE)).isEqualTo(id);
        assertThat(after.byId(id)).isEqualTo(NOTE);
    }

    /** A registry that is down. */
    private static final class Unreachable implements RegistryClient {

        @Override
        public int register(String subject, Schema schema) {
            throw new RetriableException("down");
        }

        @Override
        public Schema byId(int id) {
            throw new RetriableException("down");
        }

        @Override
        public OptionalInt newest(String subject) {
            throw new RetriableException("down");
        }
    }
}
