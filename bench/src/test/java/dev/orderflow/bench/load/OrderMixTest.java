package dev.orderflow.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.orderflow.events.OrderPlaced;
import java.time.Instant;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class OrderMixTest {

    private final OrderMix orders = new OrderMix("b1", 8);

    @Property
    void shouldBeTheSameOrderOverHttpAndOverKafka(@ForAll @IntRange(max = 2_000_000_000) int number) throws Exception {
        JsonNode json = new ObjectMapper().readTree(orders.json(number));
        OrderPlaced placed = orders.record(number, Instant.EPOCH);

        assertThat(json.get("orderId").asText()).isEqualTo(placed.getOrderId());
        assertThat(json.get("stockLocation").asText()).isEqualTo(placed.getStockLocation());
        assertThat(json.get("items")).hasSameSizeAs(placed.getItems());
        assertThat(IntStream.range(0, placed.getItems().size())).allSatisfy(i -> {
            JsonNode item = json.get("items").get(i);
            assertThat(item.get("productId").asText())
                    .isEqualTo(placed.getItems().get(i).getProductId())
                    .matches("p\\d{1,3}");
            assertThat(item.get("quantity").asInt())
                    .isEqualTo(placed.getItems().get(i).getQuantity())
                    .isBetween(1, 3);
            assertThat(item.get("price").asLong())
                    .isEqualTo(placed.getItems().get(i).getPrice())
                    .isBetween(500L, 5_500L);
        });
    }
}
