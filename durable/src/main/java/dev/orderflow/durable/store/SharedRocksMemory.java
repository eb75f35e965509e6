package dev.orderflow.durable.store;

import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Cache;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.WriteBufferManager;

/** One bounded piece of memory for all databases of the process. Safe for use by several threads. */
public final class SharedRocksMemory {

    private static final long CACHE_BYTES = 96L << 20;
    private static final long WRITE_BUFFERS_BYTES = 48L << 20;
    private static final long WRITE_BUFFER_BYTES = 4L << 20;
    /**
     * Of the first level below the newest files, and of one file. What is new is merged with all of that level again and again:
     * with RocksDB's 256 MB a table of that size is written up to sixteen times over, in merges that take seconds.
     */
    private static final long LEVEL_BYTES = 16L << 20;

    private static final long FILE_BYTES = 8L << 20;
    private static final int BLOOM_BITS = 10;
    private static final int OPEN_FILES = 256;

    /** Share of a write buffer that tells what is not in it: most keys that are looked up are those of new orders. */
    private static final double BUFFER_BLOOM = 0.02;

    static {
        RocksDB.loadLibrary();
    }

    private static final Cache CACHE = new LRUCache(CACHE_BYTES);
    private static final WriteBufferManager WRITE_BUFFERS = new WriteBufferManager(WRITE_BUFFERS_BYTES, CACHE);
    private static final BloomFilter BLOOM = new BloomFilter(BLOOM_BITS);

    private SharedRocksMemory() {}

    /** Options of one more database, which is made where it is missing; to be closed when it has been opened. */
    public static Options options() {
        BlockBasedTableConfig table = new BlockBasedTableConfig();
        table.setBlockCache(CACHE);
        table.setCacheIndexAndFilterBlocks(true);
        table.setPinL0FilterAndIndexBlocksInCache(true);
        table.setPinTopLevelIndexAndFilter(true);
        table.setFilterPolicy(BLOOM);
        Options options = new Options();
        options.setTableFormatConfig(table);
        options.setMemtablePrefixBloomSizeRatio(BUFFER_BLOOM);
        options.setMemtableWholeKeyFiltering(true);
        options.setWriteBufferManager(WRITE_BUFFERS);
        options.setWriteBufferSize(WRITE_BUFFER_BYTES);
        options.setMaxWriteBufferNumber(2);
        options.setMaxBytesForLevelBase(LEVEL_BYTES);
        options.setTargetFileSizeBase(FILE_BYTES);
        options.setMaxBackgroundJobs(2);
        options.setStatsDumpPeriodSec(0);
        options.setMaxOpenFiles(OPEN_FILES);
        options.setCreateIfMissing(true);
        options.setKeepLogFileNum(1);
        options.setInfoLogLevel(InfoLogLevel.WARN_LEVEL);
        return options;
    }
}
