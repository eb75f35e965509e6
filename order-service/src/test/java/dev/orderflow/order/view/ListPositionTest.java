package dev.orderflow.order.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ListPositionTest {

    @Property
    void shouldSortAsItsBytesDo(
            @ForAll @LongRange(min = 0, max = 20) long oneTime,
            @ForAll @AlphaChars @StringLength(min = 1, max = 3) String oneId,
            @ForAll @LongRange(min = 0, max = 20) long otherTime,
            @ForAll @AlphaChars @StringLength(min = 1, max = 3) String otherId) {
        ListPosition one = new ListPosition(oneTime, oneId);
        ListPosition other = new ListPosition(otherTime, otherId);

        assertThat(Integer.signum(one.compareTo(other)))
                .isEqualTo(Integer.signum(Arrays.compareUnsigned(one.bytes(), other.bytes())));
    }

    @Property
    void shouldComeBackFromItsCursor(
            @ForAll @LongRange(min = 0) long time, @ForAll @AlphaChars @StringLength(min = 1, max = 64) String id) {
        ListPosition position = new ListPosition(time, id);

        assertThat(ListPosition.parse(position.cursor())).contains(position);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nonsense!", "AAAA", "AAAAAAAAAAA"})
    void shouldRefuseACursorThatIsNoneOfOurs(String cursor) {
        assertThat(ListPosition.parse(cursor)).isEmpty();
    }

    @Test
    void shouldPutTheNewestFirst() {
        assertThat(new ListPosition(2, "b")).isLessThan(new ListPosition(1, "a"));
    }
}
