package dev.orderflow.durable.service;

import dev.orderflow.durable.runtime.DurableApplication;
import dev.orderflow.durable.runtime.KafkaConnection;
import dev.orderflow.durable.runtime.SharedTransactions;
import dev.orderflow.durable.runtime.TaskDefinition;
import dev.orderflow.durable.settings.Settings;
import dev.orderflow.durable.wire.AvroSerdes;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Optional;

/**
 * What a service is built from.
 *
 * @param shared what the services on the way of an order commit with; empty where each does by itself
 */
public record ServiceContext(
        Settings settings,
        KafkaConnection kafka,
        AvroSerdes serdes,
        MeterRegistry meters,
        Optional<SharedTransactions> shared) {

    /** A context in which each service has transactions of its own. */
    public ServiceContext(Settings settings, KafkaConnection kafka, AvroSerdes serdes, MeterRegistry meters) {
        this(settings, kafka, serdes, meters, Optional.empty());
    }

    /** A context by settings: see {@link KafkaConnection#from} and {@link AvroSerdes#from}. */
    public static ServiceContext from(Settings settings, MeterRegistry meters) {
        return new ServiceContext(settings, KafkaConnection.from(settings), AvroSerdes.from(settings), meters);
    }

    /** The same, in which the services on the way of an order share their transactions: all those that are made with it. */
    public ServiceContext sharing() {
        return new ServiceContext(
                settings, kafka, serdes, meters, Optional.of(new SharedTransactions(kafka, serdes, meters)));
    }

    /** An application that has not begun. */
    public DurableApplication application(TaskDefinition<?> definition) {
        return shared.filter(transactions -> !definition.isRelaxed())
                .map(transactions -> new DurableApplication(definition, transactions))
                .orElseGet(() -> new DurableApplication(definition, kafka, serdes, meters));
    }
}
