package dev.orderflow.schemas;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaFormatter;

/**
 * Every released version of every schema, as files {@code <subject>/<version>.avsc} below one directory. Each file stands
 * for itself: no name in it is defined elsewhere.
 */
final class ReleasedContracts {

    private static final String SUFFIX = ".avsc";

    private final Path directory;

    ReleasedContracts(Path directory) {
        this.directory = directory;
    }

    /** Those of this repository. */
    static ReleasedContracts ofRepository() {
        return new ReleasedContracts(Path.of(System.getProperty("basedir", "."), "released"));
    }

    /** The released versions of a subject by version; empty for one that was never released. */
    Map<String, Schema> versions(String subject) throws IOException {
        Map<String, Schema> versions = new TreeMap<>();
        for (Path file : list(directory.resolve(subject))) {
            String name = file.getFileName().toString();
            String version = name.substring(0, name.length() - SUFFIX.length());
            versions.put(version, new Schema.Parser().parse(Files.readString(file)));
        }
        return versions;
    }

    /** Every subject that was ever released. */
    List<String> subjects() throws IOException {
        return list(directory).stream()
                .filter(Files::isDirectory)
                .map(path -> path.getFileName().toString())
                .toList();
    }

    /**
     * Writes today's schemas as a release.
     *
     * @param rewrite whether a version that exists already is written again; right only as long as nobody has it
     */
    List<Path> write(String version, List<Contract> contracts, boolean rewrite) throws IOException {
        List<Path> written = new ArrayList<>();
        for (Contract contract : contracts) {
            Path file = directory.resolve(contract.subject()).resolve(version + SUFFIX);
            if (Files.exists(file) && !rewrite) {
                throw new IllegalStateException(file + " exists: a released version does not change. Choose the next"
                        + " version, or add -Dorderflow.release.rewrite=true if nobody has got " + version + " yet.");
            }
            Files.createDirectories(file.getParent());
            Files.writeString(file, SchemaFormatter.format("json/pretty", contract.schema()) + "\n");
            written.add(file);
        }
        return written;
    }

    private static List<Path> list(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.sorted().toList();
        }
    }
}
