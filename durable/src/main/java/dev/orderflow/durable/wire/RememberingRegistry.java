package dev.orderflow.durable.wire;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A registry whose answers are kept in a directory, so that what was answered once is known after a restart without it. An
 * id never changes its schema, and a schema keeps its id under a subject, for as long as the registry keeps its data: the
 * directory must go when those do. Several processes may use one. Safe for use by several threads.
 */
final class RememberingRegistry implements RegistryClient {

    private static final Logger LOG = LoggerFactory.getLogger(RememberingRegistry.class);

    private final RegistryClient registry;
    private final Path ids;
    private final Path subjects;

    /** @param directory created with the first answer */
    RememberingRegistry(RegistryClient registry, Path directory) {
        this.registry = registry;
        this.ids = directory.resolve("ids");
        this.subjects = directory.resolve("subjects");
    }

    @Override
    public int register(String subject, Schema schema) {
        Path file = subjects.resolve(URLEncoder.encode(subject, StandardCharsets.UTF_8))
                .resolve(fingerprint(schema));
        Optional<Integer> known = read(file).flatMap(RememberingRegistry::number);
        if (known.isPresent()) {
            return known.get();
        }
        int id = registry.register(subject, schema);
        write(ids.resolve(id + ".avsc"), schema.toString());
        write(file, Integer.toString(id));
        return id;
    }

    @Override
    public Schema byId(int id) {
        Path file = ids.resolve(id + ".avsc");
        return read(file).flatMap(RememberingRegistry::schema).orElseGet(() -> {
            Schema schema = registry.byId(id);
            write(file, schema.toString());
            return schema;
        });
    }

    /** Always asked for: it may have changed. */
    @Override
    public OptionalInt newest(String subject) {
        return registry.newest(subject);
    }

    private static Optional<Integer> number(String text) {
        try {
            return Optional.of(Integer.parseInt(text));
        } catch (NumberFormatException spoiled) {
            return Optional.empty();
        }
    }

    private static Optional<Schema> schema(String text) {
        try {
            return Optional.of(new Schema.Parser().parse(text));
        } catch (AvroRuntimeException spoiled) {
            return Optional.empty();
        }
    }

    private static Optional<String> read(Path file) {
        try {
            return Files.isRegularFile(file) ? Optional.of(Files.readString(file)) : Optional.empty();
        } catch (IOException unreadable) {
            LOG.debug("{} is asked for again", file, unreadable);
            return Optional.empty();
        }
    }

    /** Whole or not at all, since others read it at any moment; without it the registry is asked again. */
    private static void write(Path file, String text) {
        try {
            Path directory = Files.createDirectories(file.toAbsolutePath().getParent());
            Path unfinished = Files.createTempFile(directory, "new", null);
            Files.writeString(unfinished, text);
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException unwritable) {
            LOG.debug("{} cannot be kept", file, unwritable);
        }
    }

    private static String fingerprint(Schema schema) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(schema.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }
}
