package dev.orderflow.durable.store;

import java.time.InstantSource;
import java.util.function.Supplier;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Supplies stores whose tables hold committed data only, so that they outlive a kill. All stores of a task must be of this
 * kind, and have a changelog: Kafka Streams gives up the tables of a whole task for one that it cannot trust. Immutable.
 */
public final class CommittedStores implements KeyValueBytesStoreSupplier {

    private final String name;
    private final Supplier<@Nullable Transactions> transactionsOfThread;

    private CommittedStores(String name, Supplier<@Nullable Transactions> transactionsOfThread) {
        this.name = name;
        this.transactionsOfThread = transactionsOfThread;
    }

    /**
     * Stores of this name, one in each task.
     *
     * @param transactionsOfThread those of the calling stream thread; null off such a thread, where whatever Kafka
     *     Streams calls committed is
     */
    public static CommittedStores named(String name, Supplier<@Nullable Transactions> transactionsOfThread) {
        return new CommittedStores(name, transactionsOfThread);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public KeyValueStore<Bytes, byte[]> get() {
        return new CommittedStore(name, transactionsOfThread, InstantSource.system());
    }

    @Override
    public String metricsScope() {
        return "rocksdb";
    }
}
