package dev.orderflow.local.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A data directory that belongs to this process until it is released. The operating system releases it, too, when the
 * process ends in any way.
 */
final class DataDirectoryLock implements AutoCloseable {

    private static final String FILE = "orderflow-engine.lock";

    private final FileChannel channel;

    private DataDirectoryLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Takes a directory, which is made where it does not exist.
     *
     * @throws IllegalStateException when another process has it; the message names the process
     */
    static DataDirectoryLock take(Path directory) {
        try {
            Files.createDirectories(directory);
            FileChannel channel = FileChannel.open(
                    directory.resolve(FILE),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE);
            // Only a byte far behind the text is locked, so that others can read who holds it.
            FileLock lock = channel.tryLock(1 << 20, 1, false);
            if (lock == null) {
                String owner = Files.readString(directory.resolve(FILE)).strip();
                channel.close();
                throw new IllegalStateException("The data directory " + directory + " is in use by process " + owner
                        + ": stop that one, or choose another directory");
            }
            byte[] pid = (ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.UTF_8);
            channel.truncate(0).write(ByteBuffer.wrap(pid));
            return new DataDirectoryLock(channel);
        } catch (IOException e) {
            throw new UncheckedIOException("The data directory " + directory + " cannot be used: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
