package dev.orderflow.payment.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orderflow.durable.RetriableException;
import dev.orderflow.durable.wire.AvroSerdes;
import dev.orderflow.durable.wire.InMemoryRegistry;
import dev.orderflow.events.PaymentControl;
import dev.orderflow.schemas.Topics;
import java.time.Instant;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class PauseSwitchTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final AvroSerdes serdes = AvroSerdes.with(new InMemoryRegistry());
    private final MockProducer<byte[], byte[]> producer =
            new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
    private final PauseSwitch pause = PauseSwitch.unconnected("sandbox", serdes, producer, () -> NOW);

    @Test
    void shouldWriteHowItIsSwitchedUnderTheNameOfTheProvider() throws InterruptedException {
        assertThat(pause.pause()).isEmpty();

        assertThat(pause.set(true, "the provider moves"))
                .isEqualTo(new PauseSwitch.State(true, "the provider moves", NOW));

        assertThat(pause.pause()).contains("Paused by ops: the provider moves");
        assertThat(producer.history()).singleElement().satisfies(written -> {
            assertThat(written.topic()).isEqualTo("payment.controls");
            assertThat(written.key()).isEqualTo("sandbox".getBytes(java.nio.charset.StandardCharsets.UTF_8));
            assertThat(serdes.deserialize(Topics.PAYMENT_CONTROLS.name(), written.value(), PaymentControl.class))
                    .isEqualTo(new PaymentControl("sandbox", true, "the provider moves", NOW));
        });
        pause.set(false, null);
        assertThat(pause.pause()).isEmpty();
    }

    @Test
    void shouldFollowTheNewestWordOfItsOwnProvider() {
        pause.take(new PaymentControl("stripe", true, null, NOW));
        assertThat(pause.pause()).isEmpty();

        pause.take(new PaymentControl("sandbox", true, null, NOW));
        pause.take(new PaymentControl("sandbox", false, null, NOW.minusSeconds(1)));
        assertThat(pause.pause()).contains("Paused by ops");
    }

    @Test
    void shouldStayAsItIsWhenTheLogCannotBeReached() {
        producer.sendException = new TimeoutException("no broker");
        assertThatThrownBy(() -> pause.set(true, null)).isInstanceOf(RetriableException.class);
        assertThat(pause.pause()).isEmpty();
    }
}
