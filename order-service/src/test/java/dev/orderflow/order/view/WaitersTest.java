package dev.orderflow.order.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.events.OrderStatus;
import dev.orderflow.events.OrderView;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WaitersTest {

    private static final Duration LONG = Duration.ofMinutes(1);

    private final Waiters waiters = new Waiters();
    private final int alarmsBefore = Waiters.alarmsSet();

    @Test
    void shouldEndTheWaitWithTheFirstViewThatIsEnough() {
        CompletableFuture<Optional<OrderView>> outcome = waiters.await("o-1", view -> view.getOutcome() != null, LONG);

        waiters.seen(Views.order("o-1", 1, OrderStatus.RESERVING).build());
        waiters.seen(Views.order("o-2", 1, OrderStatus.CONFIRMED).build());
        assertThat(outcome).isNotDone();

        OrderView confirmed = Views.order("o-1", 2, OrderStatus.CONFIRMED).build();
        waiters.seen(confirmed);
        assertThat(outcome).isCompletedWithValue(Optional.of(confirmed));
        assertThat(waiters.count()).isZero();
    }

    @Test
    void shouldEndEmptyWhenTheTimeIsOver() {
        CompletableFuture<Optional<OrderView>> outcome = waiters.await("o-1", _ -> true, Duration.ofMillis(1));

        assertThat(outcome).succeedsWithin(Duration.ofSeconds(10)).isEqualTo(Optional.empty());
        // Another thread ends the wait and forgets it then: whoever is told of the end may be told first.
        assertThat(CompletableFuture.runAsync(this::spinWhileSomebodyWaits)).succeedsWithin(Duration.ofSeconds(10));
    }

    private void spinWhileSomebodyWaits() {
        while (waiters.count() > 0) {
            Thread.onSpinWait();
        }
    }

    @Test
    void shouldForgetAWaitThatWasGivenUp() {
        waiters.await("o-1", _ -> true, LONG).cancel(false);

        assertThat(waiters.count()).isZero();
        assertThat(Waiters.alarmsSet()).isLessThanOrEqualTo(alarmsBefore);
    }

    @Test
    void shouldKnowWhetherAnybodyWaits() {
        CompletableFuture<Optional<OrderView>> wait = waiters.await("o-1", _ -> true, LONG);

        assertThat(waiters.hasAny("o-1")).isTrue();
        assertThat(waiters.hasAny("o-2")).isFalse();
        wait.cancel(false);
        assertThat(waiters.hasAny("o-1")).isFalse();
    }

    @Test
    void shouldServeThousandsAtOnce() {
        List<CompletableFuture<Optional<OrderView>>> all = IntStream.range(0, 10_000)
                .mapToObj(i -> waiters.await("o-" + i % 5_000, _ -> true, LONG))
                .toList();
        IntStream.range(0, 5_000)
                .forEach(i -> waiters.seen(
                        Views.order("o-" + i, 1, OrderStatus.CONFIRMED).build()));

        assertThat(all).allMatch(CompletableFuture::isDone);
        assertThat(waiters.count()).isZero();
        assertThat(Waiters.alarmsSet()).isLessThanOrEqualTo(alarmsBefore);
    }

    @Test
    void shouldLetEverybodyGoAtTheEnd() {
        CompletableFuture<Optional<OrderView>> one = waiters.await("o-1", _ -> true, LONG);
        waiters.releaseAll();

        assertThat(one).isCompletedWithValue(Optional.empty());
    }
}
