package dev.orderflow.durable.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.junit.jupiter.api.Test;

class RoutingTest {

    @Property
    void shouldAgreeWithTheJavaClient(@ForAll String key, @ForAll @IntRange(min = 1, max = 1_000) int partitions) {
        assertThat(Routing.partitionOf(key, partitions))
                .isEqualTo(BuiltInPartitioner.partitionForKey(Routing.keyBytes(key), partitions));
    }

    @Test
    void shouldStayAsItIs() {
        assertThat(Routing.partitionOf("order-1", 2)).isEqualTo(Routing.partitionOf("order-1", 2));
        assertThat(Routing.keyBytes("ü")).containsExactly(0xc3, 0xbc);
    }
}
