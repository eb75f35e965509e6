package dev.orderflow.durable.wire;

import java.util.OptionalInt;
import org.apache.avro.Schema;

/** The calls that a serde makes to a schema registry. Safe for use by several threads. */
public interface RegistryClient {

    /**
     * The id of a schema under a subject, registered if it is new there.
     *
     * @throws dev.orderflow.durable.TerminalException when the registry refuses the schema as incompatible
     * @throws dev.orderflow.durable.RetriableException when the registry cannot be reached
     */
    int register(String subject, Schema schema);

    /**
     * The schema with this id.
     *
     * @throws dev.orderflow.durable.PoisonException when the registry knows no such id
     * @throws dev.orderflow.durable.RetriableException when the registry cannot be reached
     */
    Schema byId(int id);

    /**
     * The id of the newest schema under a subject, which {@link #byId} then knows without asking; empty where the subject has
     * none yet.
     *
     * @throws dev.orderflow.durable.RetriableException when the registry cannot be reached
     */
    OptionalInt newest(String subject);
}
