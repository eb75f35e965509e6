package dev.orderflow.local.process;

import dev.orderflow.durable.TerminalException;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * The directory that a stack keeps everything in. It belongs to one process at a time; the operating system takes it
 * back when that process ends, in whatever way. Thread-safe.
 */
public final class DataDirectory implements AutoCloseable {

    private static final String HOLDER = "holder";
    /** Far behind the text: on some systems a locked byte cannot be read, and others must read who holds it. */
    private static final long LOCKED_BYTE = 1 << 20;

    /**
     * What this process holds. Asking the system would do harm: on POSIX, to close any channel of a file gives up all
     * of the process's locks on it.
     */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path path;
    private final Path realPath;
    private final FileChannel channel;

    private DataDirectory(Path path, Path realPath, FileChannel channel) {
        this.path = path;
        this.realPath = realPath;
        this.channel = channel;
    }

    /**
     * Takes a directory for this process; it is made where it does not exist.
     *
     * @param address where people reach this process, for whoever asks for the directory in the meantime
     * @throws DataDirectoryInUseException when another process has it
     * @throws TerminalException when it cannot be made or written
     */
    public static DataDirectory open(Path path, String address) {
        try {
            Files.createDirectories(path);
            Path realPath = path.toRealPath();
            if (!HELD.add(realPath)) {
                throw inUse(path);
            }
            FileChannel channel = FileChannel.open(
                    path.resolve(HOLDER), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            if (channel.tryLock(LOCKED_BYTE, 1, false) == null) {
                channel.close();
                HELD.remove(realPath);
                throw inUse(path);
            }
            write(channel, address);
            return new DataDirectory(path, realPath, channel);
        } catch (IOException e) {
            throw new TerminalException(
                    "The data directory " + path + " cannot be used (" + e + "): choose another one with --data", e);
        }
    }

    /** The directory. */
    public Path path() {
        return path;
    }

    /** A path inside the directory. */
    public Path resolve(String name) {
        return path.resolve(name);
    }

    /** Deletes all that is kept in it. */
    public void empty() {
        try (Stream<Path> entries = Files.walk(path)) {
            for (Path entry : entries.sorted(Comparator.reverseOrder()).toList()) {
                if (!entry.equals(path) && !entry.equals(path.resolve(HOLDER))) {
                    Files.delete(entry);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The data directory " + path + " cannot be emptied: " + e.getMessage(), e);
        }
    }

    /** Gives the directory back. */
    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException("The data directory " + path + " cannot be given back", e);
        } finally {
            HELD.remove(realPath);
        }
    }

    private static void write(FileChannel channel, String address) throws IOException {
        String text = "pid=" + ProcessHandle.current().pid() + "\nsince="
                + Instant.now().truncatedTo(ChronoUnit.SECONDS) + "\naddress=" + address + "\n";
        channel.truncate(0);
        channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1)), 0);
    }

    private static DataDirectoryInUseException inUse(Path path) throws IOException {
        Properties holder = new Properties();
        holder.load(new StringReader(Files.readString(path.resolve(HOLDER), StandardCharsets.ISO_8859_1)));
        // A holder that has taken the lock a moment ago may not have written its name yet.
        return new DataDirectoryInUseException(
                path,
                holder.getProperty("pid", "unknown"),
                holder.getProperty("since", "just now"),
                holder.getProperty("address", "unknown"));
    }
}
