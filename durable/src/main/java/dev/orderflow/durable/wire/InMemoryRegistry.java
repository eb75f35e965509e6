package dev.orderflow.durable.wire;

import dev.orderflow.durable.PoisonException;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;

/** A registry that lives as long as its process: for tests and for tools that only read their own writing. */
public final class InMemoryRegistry implements RegistryClient {

    private final Map<Schema, Integer> ids = new HashMap<>();
    private final Map<Integer, Schema> schemas = new HashMap<>();

    @Override
    public synchronized int register(String subject, Schema schema) {
        return ids.computeIfAbsent(schema, added -> {
            int id = schemas.size() + 1;
            schemas.put(id, added);
            return id;
        });
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
