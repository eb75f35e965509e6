package dev.orderflow.durable.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.durable.runtime.Origin;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeadLetterIdTest {

    private static final Instant TIME = Instant.parse("2026-11-20T10:00:00Z");

    @ParameterizedTest
    @ValueSource(strings = {"payment-0-17", "order-saga-12-0", "notification-3-123456789012345678"})
    void shouldBeReadAsItIsWritten(String text) {
        assertThat(DeadLetterId.parse(text).map(DeadLetterId::toString)).contains(text);
    }

    @Test
    void shouldKnowItsPartsWhereANameHasHyphensToo() {
        assertThat(DeadLetterId.parse("order-saga-1-17")).contains(new DeadLetterId("order-saga", 1, 17));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "payment", "payment-0", "payment-0-", "payment-0-x", "-0-1", "Payment-0-1", "a-0--1"})
    void shouldBeNothingElse(String text) {
        assertThat(DeadLetterId.parse(text)).isEmpty();
    }

    @Test
    void shouldBeListedNewestFirstAndGoneOnBehindAnyOfThem() {
        DeadLetter newest = letter("payment", 0, 3, TIME.plusMillis(1));
        DeadLetter inventory = letter("inventory", 1, 9, TIME);
        DeadLetter later = letter("payment", 0, 2, TIME);
        DeadLetter earlier = letter("payment", 0, 1, TIME);
        DeadLetter other = letter("payment", 1, 8, TIME);
        List<DeadLetter> all = Stream.of(earlier, other, newest, later, inventory)
                .sorted(DeadLetter.NEWEST_FIRST)
                .toList();

        assertThat(all).containsExactly(newest, inventory, later, earlier, other);
        for (int i = 0; i < all.size(); i++) {
            Optional<DeadLetterCursor> cursor =
                    DeadLetterCursor.parse(DeadLetterCursor.behind(all.get(i)).toString());
            assertThat(all.stream().filter(cursor.orElseThrow()::isBefore))
                    .containsExactlyElementsOf(all.subList(i + 1, all.size()));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "payment-0-17", "x~payment-0-17", "5~payment", "99999999999999999999~payment-0-1"})
    void shouldGoOnFromNoPlaceThatIsNone(String text) {
        assertThat(DeadLetterCursor.parse(text)).isEmpty();
    }

    private static DeadLetter letter(String service, int partition, long offset, Instant time) {
        return new DeadLetter(
                new DeadLetterId(service, partition, offset), time, time, new Origin("in", 0, 1), "key", "reason");
    }
}
