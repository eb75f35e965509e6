package dev.orderflow.durable.service;

import dev.orderflow.durable.runtime.DurableApplication;
import dev.orderflow.durable.runtime.KafkaConnection;
import dev.orderflow.durable.runtime.TaskDefinition;
import dev.orderflow.durable.settings.Settings;
import dev.orderflow.durable.wire.AvroSerdes;
import io.micrometer.core.instrument.MeterRegistry;

/** What a service is built from. */
public record ServiceContext(Settings settings, KafkaConnection kafka, AvroSerdes serdes, MeterRegistry meters) {

    /** A context by settings: see {@link KafkaConnection#from} and {@link AvroSerdes#from}. */
    public static ServiceContext from(Settings settings, MeterRegistry meters) {
        return new ServiceContext(settings, KafkaConnection.from(settings), AvroSerdes.from(settings), meters);
    }

    /** An application that has not begun. */
    public DurableApplication application(TaskDefinition<?> definition) {
        return new DurableApplication(definition, kafka, serdes, meters);
    }
}
