package dev.orderflow.durable.effect;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** A store in memory that needs no topology around it. */
final class StringStore implements KeyValueStore<String, byte[]> {

    private final TreeMap<String, byte[]> values = new TreeMap<>();

    private int ranges;

    /** How often a part of it was looked through. */
    int ranges() {
        return ranges;
    }

    int size() {
        return values.size();
    }

    @Override
    public void put(String key, byte[] value) {
        values.put(key, value);
    }

    @Override
    public byte[] putIfAbsent(String key, byte[] value) {
        return values.putIfAbsent(key, value);
    }

    @Override
    public void putAll(List<KeyValue<String, byte[]>> entries) {
        entries.forEach(entry -> values.put(entry.key, entry.value));
    }

    @Override
    public byte[] delete(String key) {
        return values.remove(key);
    }

    @Override
    public byte[] get(String key) {
        return values.get(key);
    }

    @Override
    public KeyValueIterator<String, byte[]> range(String from, String to) {
        ranges++;
        NavigableMap<String, byte[]> entries = from == null ? values : values.tailMap(from, true);
        return new Entries(to == null ? entries : entries.headMap(to, true));
    }

    @Override
    public KeyValueIterator<String, byte[]> all() {
        return new Entries(values);
    }

    @Override
    public long approximateNumEntries() {
        return values.size();
    }

    @Override
    public String name() {
        return "effects";
    }

    @Override
    public void init(StateStoreContext context, StateStore root) {
        throw new UnsupportedOperationException("No topology is around this store");
    }

    @Override
    public void close() {
        values.clear();
    }

    @Override
    public boolean persistent() {
        return false;
    }

    @Override
    public boolean isOpen() {
        return true;
    }

    private static final class Entries implements KeyValueIterator<String, byte[]> {

        private final Iterator<KeyValue<String, byte[]>> entries;

        Entries(Map<String, byte[]> values) {
            List<KeyValue<String, byte[]>> copy = new ArrayList<>();
            values.forEach((key, value) -> copy.add(KeyValue.pair(key, value)));
            entries = copy.iterator();
        }

        @Override
        public boolean hasNext() {
            return entries.hasNext();
        }

        @Override
        public KeyValue<String, byte[]> next() {
            return entries.next();
        }

        @Override
        public String peekNextKey() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void close() {
            // Nothing is held.
        }
    }
}
