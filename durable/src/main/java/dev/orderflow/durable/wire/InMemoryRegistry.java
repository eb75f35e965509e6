package dev.orderflow.durable.wire;

import dev.orderflow.durable.PoisonException;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import org.apache.avro.Schema;

/** A registry that lives as long as its process: for tests and for tools that only read their own writing. */
public final class InMemoryRegistry implements RegistryClient {

    private final Map<Schema, Integer> ids = new HashMap<>();
    private final Map<Integer, Schema> schemas = new HashMap<>();
    private final Map<String, Integer> newest = new HashMap<>();

    @Override
    public synchronized int register(String subject, Schema schema) {
        int id = ids.computeIfAbsent(schema, added -> {
            int next = schemas.size() + 1;
            schemas.put(next, added);
            return next;
        });
        newest.put(subject, id);
        return id;
    }

    @Override
    public synchronized OptionalInt newest(String subject) {
        Integer id = newest.get(subject);
        return id == null ? OptionalInt.empty() : OptionalInt.of(id);
    }

    @Override
    public synchronized Schema byId(int id) {
        Schema schema = schemas.get(id);
        if (schema == null) {
            throw new PoisonException("The registry knows no schema with id " + id);
        }
        return schema;
    }
}
