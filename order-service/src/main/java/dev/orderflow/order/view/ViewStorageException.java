package dev.orderflow.order.view;

import org.rocksdb.RocksDBException;

/** The disk under a partition of the view failed. */
final class ViewStorageException extends RuntimeException {

    ViewStorageException(int partition, RocksDBException cause) {
        super(
                "The view of partition " + partition + " cannot be read or written: " + cause.getMessage()
                        + ". Check the free space of the data directory; the view itself may be deleted, it is read"
                        + " again from the topic.",
                cause);
    }
}
