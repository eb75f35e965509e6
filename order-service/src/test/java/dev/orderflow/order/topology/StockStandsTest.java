package dev.orderflow.order.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.durable.testing.TaskTestDriver;
import dev.orderflow.events.InventoryCommand;
import dev.orderflow.events.OrderStatus;
import dev.orderflow.events.OrderView;
import dev.orderflow.events.ReleaseStock;
import dev.orderflow.events.StockStands;
import dev.orderflow.order.saga.SagaSettings;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An order whose reservation was made in time, while the fact of it was lost on its way to the saga, as a dead letter. */
class StockStandsTest {

    private final TaskTestDriver driver =
            new TaskTestDriver(SagaDefinition.of(SagaSettings.DEFAULTS, ViewAudience.NOBODY), Facts.START);

    @AfterEach
    void close() {
        driver.close();
    }

    @Test
    void shouldGoOnWhenInventorySaysThatItStands() {
        driver.send("order.placed", "o-1", Facts.placed("o-1"));
        driver.advance(Duration.ofSeconds(10));
        assertThat(driver.values("inventory.commands", InventoryCommand.class))
                .extracting(InventoryCommand::getCommand)
                .containsExactly(new ReleaseStock(true));

        driver.send("inventory.events", "o-1", Facts.stock("o-1", new StockStands()));
        driver.advance(Duration.ofSeconds(1));
        assertThat(driver.values("order.view", OrderView.class).getLast().getStatus())
                .isEqualTo(OrderStatus.CHARGING);

        driver.send("payment.events", "o-1", Facts.charged("o-1"));
        assertThat(driver.rawOutputs("order.confirmed")).hasSize(1);
        assertThat(driver.rawOutputs("order-saga.dead-letters")).isEmpty();
    }
}
