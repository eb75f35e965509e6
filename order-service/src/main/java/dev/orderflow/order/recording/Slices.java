package dev.orderflow.order.recording;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Records by order, on disk: the topics of one order have no common order, so all of them are read before the first order is
 * whole, and a million orders do not fit into memory. They are spread over files by the hash of the order's id, of
 * which one at a time is in memory. The directory is deleted at the end. For one thread.
 */
final class Slices implements AutoCloseable {

    /** As many files are open at once. */
    private static final int MOST = 256;

    private static final int BUFFER_BYTES = 16 * 1024;

    private final Path directory;
    private final DataOutputStream[] files;

    /**
     * Empty ones.
     *
     * @param orders about how many there will be
     * @param inMemory about how many of them may be in memory at once; more where that would take too many files
     */
    Slices(long orders, int inMemory) {
        long wanted = Math.clamp(orders / Math.max(1, inMemory) + 1, 1, MOST);
        files = new DataOutputStream[(int) wanted];
        try {
            // For the eyes of this user only: customers are among what is recorded.
            directory = Files.createTempDirectory("orderflow-rehearsal-");
            for (int i = 0; i < files.length; i++) {
                files[i] = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file(i)), BUFFER_BYTES));
            }
        } catch (IOException failure) {
            throw failed(failure);
        }
    }

    void add(Kept record) {
        try {
            record.write(files[Math.floorMod(record.orderId().hashCode(), files.length)]);
        } catch (IOException failure) {
            throw failed(failure);
        }
    }

    int count() {
        return files.length;
    }

    /** The records of one slice by order. No more may be added. */
    Map<String, List<Kept>> read(int slice) {
        Map<String, List<Kept>> orders = new HashMap<>();
        try {
            files[slice].close();
            try (DataInputStream in =
                    new DataInputStream(new BufferedInputStream(Files.newInputStream(file(slice)), BUFFER_BYTES))) {
                for (Kept record = next(in); record != null; record = next(in)) {
                    orders.computeIfAbsent(record.orderId(), _ -> new ArrayList<>())
                            .add(record);
                }
            }
            return orders;
        } catch (IOException failure) {
            throw failed(failure);
        }
    }

    private static @Nullable Kept next(DataInputStream in) throws IOException {
        in.mark(1);
        if (in.read() < 0) {
            return null;
        }
        in.reset();
        try {
            return Kept.read(in);
        } catch (EOFException cut) {
            throw new IOException("its end is missing", cut);
        }
    }

    private Path file(int slice) {
        return directory.resolve(Integer.toString(slice));
    }

    private UncheckedIOException failed(IOException failure) {
        return new UncheckedIOException(
                "What was recorded cannot be kept in " + System.getProperty("java.io.tmpdir")
                        + ": name a directory with more room with ORDERFLOW_JAVA_OPTIONS=-Djava.io.tmpdir=DIR",
                failure);
    }

    @Override
    public void close() {
        try {
            for (int i = 0; i < files.length; i++) {
                files[i].close();
                Files.deleteIfExists(file(i));
            }
            Files.deleteIfExists(directory);
        } catch (IOException failure) {
            throw failed(failure);
        }
    }
}
