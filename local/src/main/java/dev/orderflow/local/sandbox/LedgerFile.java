package dev.orderflow.local.sandbox;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Lines appended to a file, each read again by the offset at which it begins. A line is with the operating system when
 * {@link #append} returns, so it survives a kill -9 of this process, though not a loss of power. Not for use by several
 * threads.
 */
final class LedgerFile implements AutoCloseable {

    private static final int LINE_GUESS = 512;

    private final Path path;
    private final FileChannel channel;
    private final FileLock lock;
    private long end;

    /** Takes a line of the file, and the offset at which it begins. */
    @FunctionalInterface
    interface Reader {
        void line(byte[] line, long offset) throws IOException;
    }

    private LedgerFile(Path path, FileChannel channel, FileLock lock) {
        this.path = path;
        this.channel = channel;
        this.lock = lock;
    }

    /** Opens the file, or makes it. Nobody else may have it open. */
    static LedgerFile open(Path path) throws IOException {
        Path directory = path.toAbsolutePath().getParent();
        if (directory != null) {
            Files.createDirectories(directory);
        }
        FileChannel channel =
                FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        FileLock lock = tryLock(channel);
        if (lock == null) {
            channel.close();
            throw new IOException("The ledger " + path + " is in use: stop the other provider, or give another file");
        }
        return new LedgerFile(path, channel, lock);
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException heldByThisProcess) {
            return null;
        }
    }

    /** Reads every line, and cuts off a last one that was not written to its end. To be called once, before all else. */
    void replay(Reader reader) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(LINE_GUESS);
        long offset = 0;
        channel.position(0);
        InputStream in = new BufferedInputStream(Channels.newInputStream(channel), 1 << 16);
        for (int next = in.read(); next >= 0; next = in.read()) {
            if (next != '\n') {
                line.write(next);
                continue;
            }
            end = offset + line.size() + 1;
            try {
                reader.line(line.toByteArray(), offset);
            } catch (BadRequest | IOException damaged) {
                throw new IOException(
                        "The ledger " + path + " is damaged at byte " + offset + ": " + damaged.getMessage(), damaged);
            }
            offset = end;
            line.reset();
        }
        channel.truncate(end);
    }

    /** Where the next line will begin. */
    long end() {
        return end;
    }

    /** Writes a line; {@code line} has no line break. */
    void append(byte[] line) {
        byte[] terminated = Arrays.copyOf(line, line.length + 1);
        terminated[line.length] = '\n';
        ByteBuffer buffer = ByteBuffer.wrap(terminated);
        try {
            long at = end;
            while (buffer.hasRemaining()) {
                at += channel.write(buffer, at);
            }
            end = at;
        } catch (IOException failure) {
            throw new UncheckedIOException("The ledger " + path + " cannot be written", failure);
        }
    }

    /** The line that begins at an offset. */
    byte[] lineAt(long offset) {
        try {
            for (int size = LINE_GUESS; ; size *= 2) {
                ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(size, end - offset));
                int read = channel.read(buffer, offset);
                for (int i = 0; i < read; i++) {
                    if (buffer.get(i) == '\n') {
                        return Arrays.copyOf(buffer.array(), i);
                    }
                }
                if (size >= end - offset) {
                    throw new IOException("No line begins at byte " + offset);
                }
            }
        } catch (IOException failure) {
            throw new UncheckedIOException("The ledger " + path + " cannot be read", failure);
        }
    }

    @Override
    public void close() {
        try {
            lock.release();
            channel.close();
        } catch (IOException failure) {
            throw new UncheckedIOException("The ledger " + path + " cannot be closed", failure);
        }
    }
}
