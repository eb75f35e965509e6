package dev.orderflow.payment.control;

import dev.orderflow.durable.wire.AvroSerdes;
import java.time.Instant;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A switch without a broker. */
public final class UnconnectedSwitch {

    private UnconnectedSwitch() {}

    public static PauseSwitch of(String provider, AvroSerdes serdes, Instant now) {
        return PauseSwitch.unconnected(
                provider,
                serdes,
                new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer()),
                () -> now);
    }
}
