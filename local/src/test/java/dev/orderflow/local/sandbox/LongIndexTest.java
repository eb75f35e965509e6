package dev.orderflow.local.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class LongIndexTest {

    @Property(tries = 200)
    void shouldFindWhatWasAddedEvenWhereHashesCollide(
            @ForAll @Size(max = 3000) List<@IntRange(min = 0, max = 50) Integer> hashes) {
        LongIndex index = new LongIndex();
        Map<Long, Long> hashOf = new HashMap<>();
        for (int number = 0; number < hashes.size(); number++) {
            long hash = hashes.get(number);
            index.add(hash, number);
            hashOf.put((long) number, hash);
        }
        assertThat(index.size()).isEqualTo(hashes.size());
        hashOf.forEach((number, hash) ->
                assertThat(index.find(hash, candidate -> candidate == number)).isEqualTo(number));
        assertThat(index.find(51, _ -> true)).isEqualTo(-1);
    }

    @Test
    void shouldReplaceOneEntryOnly() {
        LongIndex index = new LongIndex();
        index.add(7, 1);
        index.add(7, 2);
        index.replace(7, 2, 5);
        assertThat(index.find(7, number -> number == 1)).isEqualTo(1);
        assertThat(index.find(7, number -> number == 2)).isEqualTo(-1);
        assertThat(index.find(7, number -> number == 5)).isEqualTo(5);
    }
}
