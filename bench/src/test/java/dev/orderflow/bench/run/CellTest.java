package dev.orderflow.bench.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orderflow.bench.load.Shape;
import dev.orderflow.local.client.CommandException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CellTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "closed:64",
                "open:100",
                "kafka:1024",
                "kafka-rate:500",
                "location:256",
                "location-rate:10",
                "floor:1",
                "floor-rate:100",
                "fill:10000"
            })
    void shouldHaveTheNameItWasReadFrom(String name) {
        assertThat(Cell.parse(name).name()).isEqualTo(name);
    }

    @Test
    void shouldReadAList() {
        assertThat(Cell.parseAll("closed:1, open:50,"))
                .containsExactly(new Cell.Http(new Shape.Closed(1)), new Cell.Http(new Shape.Open(50)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"closed", "closed:", "closed:0", "closed:-1", "closed:many", "shut:1", ":1"})
    void shouldRefuseWhatIsNoCell(String name) {
        assertThatThrownBy(() -> Cell.parse(name))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("'" + name + "' is no cell");
    }
}
