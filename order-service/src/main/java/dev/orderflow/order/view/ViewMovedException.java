package dev.orderflow.order.view;

import dev.orderflow.durable.RetriableException;

/** The partition of an order was handed to another instance between two looks at it. */
public final class ViewMovedException extends RetriableException {

    private final int partition;

    ViewMovedException(int partition) {
        super("Partition " + partition + " of the orders is not kept here any more: ask again");
        this.partition = partition;
    }

    /** The partition that has moved. */
    public int partition() {
        return partition;
    }
}
