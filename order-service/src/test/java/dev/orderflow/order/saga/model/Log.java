package dev.orderflow.order.saga.model;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A topic as one reader sees it: records in their order, each read once, and any earlier one again by accident. */
final class Log<T> {

    private final String topic;
    private final List<T> records = new ArrayList<>();
    private int read;

    Log(String topic) {
        this.topic = topic;
    }

    String topic() {
        return topic;
    }

    void append(T entry) {
        records.add(entry);
    }

    boolean hasUnread() {
        return read < records.size();
    }

    /** Hands over the next record, if there is one. */
    boolean deliver(Consumer<T> reader) {
        if (!hasUnread()) {
            return false;
        }
        reader.accept(records.get(read++));
        return true;
    }

    /** Hands over a record that has been read before, if there is one. */
    boolean deliverAgain(int which, Consumer<T> reader) {
        if (read == 0) {
            return false;
        }
        reader.accept(records.get(Math.floorMod(which, read)));
        return true;
    }
}
