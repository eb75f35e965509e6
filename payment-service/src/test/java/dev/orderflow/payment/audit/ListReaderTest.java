package dev.orderflow.payment.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.payment.book.Patience;
import dev.orderflow.payment.payment.ChargeAnswer;
import dev.orderflow.payment.provider.ChargePage;
import dev.orderflow.payment.provider.PaymentProvider;
import dev.orderflow.payment.provider.SeenCharge;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class ListReaderTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final Books books = new Books("topics", "paged", new Patience(SECOND, SECOND, SECOND, SECOND), true);
    private final Paged provider = new Paged();
    private final ListReader reader = new ListReader(provider, () -> NOW);

    @Test
    void shouldReadTheListPageByPageToItsEnd() {
        provider.pages.add(new ChargePage(List.of(), "1", true));
        provider.pages.add(new ChargePage(List.of(), "2", false));
        reader.readOnce(books);
        assertThat(provider.asked).containsExactly("", "1");
        assertThat(books.cursor()).isEqualTo("2");
        assertThat(readTo()).isEqualTo(NOW);
    }

    /** Otherwise an order would be called not charged whose charge stands in what is held back. */
    @Test
    void shouldNotTakeForReadWhatTheProviderHoldsBack() {
        provider.pages.add(new ChargePage(List.of(), "1", false, NOW.minusSeconds(40)));
        reader.readOnce(books);
        assertThat(readTo()).isEqualTo(NOW.minusSeconds(40));

        provider.pages.add(new ChargePage(List.of(), "", false, NOW.plusSeconds(5)));
        reader.readOnce(books);
        assertThat(readTo()).as("by a clock that is ahead").isEqualTo(NOW);
        assertThat(books.cursor()).isEqualTo("1");
    }

    private Instant readTo() {
        return books.state(NOW).listReadAt();
    }

    /** A provider with these pages, and nothing else. */
    private static final class Paged implements PaymentProvider {

        final Queue<ChargePage> pages = new ArrayDeque<>();
        final List<String> asked = new ArrayList<>();

        @Override
        public String name() {
            return "paged";
        }

        @Override
        public ChargePage list(String after, int limit) {
            asked.add(after);
            return pages.remove();
        }

        @Override
        public ChargeAnswer charge(ChargeRequest request) {
            throw new UnsupportedOperationException();
        }

        @Override
        public ChargeAnswer confirm(ConfirmRequest request) {
            throw new UnsupportedOperationException();
        }

        @Override
        public String refund(RefundRequest request) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<SeenCharge> lookUp(LookUpRequest request) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void close() {}
    }
}
