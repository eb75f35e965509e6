package dev.orderflow.payment.book;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.payment.book.StockBook.Adjustment;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class StockBookTest {

    private static final Patience PATIENCE =
            new Patience(Duration.ofSeconds(2), Duration.ofSeconds(15), Duration.ofMinutes(15), Duration.ofSeconds(1));
    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");
    private static final Instant LATER = NOW.plusSeconds(60);
    private static final Adjustment TEN = new Adjustment("berlin", "mug", 10, "a-1");

    private StockBook book = new StockBook(PATIENCE, true);

    private StockReport atLast() {
        book.logRead(LATER);
        return book.report();
    }

    @Test
    void shouldAgreeWhenTheCountsAreTheSumOfTheAdjustments() {
        book.sent(TEN, NOW);
        book.viewed("berlin", "mug", 5, 2, 3, 10, NOW);

        assertThat(atLast()).isEqualTo(new StockReport(1, 5, 2, 3, 10, true, java.util.List.of()));
    }

    @Test
    void shouldNameAShelfThatHasLostAPiece() {
        book.sent(TEN, NOW);
        book.viewed("berlin", "mug", 5, 1, 3, 9, NOW);

        assertThat(atLast().differing()).singleElement().satisfies(shelf -> {
            assertThat(shelf.productId()).isEqualTo("mug");
            assertThat(shelf.what()).contains("adjustments");
        });
    }

    @Test
    void shouldNameAShelfBelowZeroAtOnce() {
        book.viewed("berlin", "mug", -1, 1, 0, 0, NOW);

        assertThat(book.report().differing())
                .singleElement()
                .satisfies(shelf -> assertThat(shelf.what()).contains("below zero"));
    }

    @Test
    void shouldWaitForARedrivenAdjustmentThatInventoryHasNotTakenYet() {
        Adjustment refused = new Adjustment("berlin", "mug", -5, "a-0");
        book.sent(refused, NOW);
        book.refused(refused, NOW);
        book.sent(TEN, NOW);
        book.viewed("berlin", "mug", 10, 0, 0, 10, NOW);

        book.sent(refused, NOW.plusSeconds(1));

        assertThat(atLast().differing()).as("no correction is asked for").isEmpty();
    }

    @Test
    void shouldWaitForAnAdjustmentThatIsOnItsWay() {
        book.sent(TEN, NOW);
        book.sent(new Adjustment("berlin", "mug", 5, "a-2"), NOW);
        book.viewed("berlin", "mug", 8, 0, 0, 8, NOW);

        book.logRead(NOW.plusSeconds(10));
        assertThat(book.report().differing()).isEmpty();
        assertThat(atLast().differing()).hasSize(1);
    }

    @Test
    void shouldWaitForInventoryThatIsBehindWithoutAskingForACorrection() {
        book.viewed("berlin", "mug", 10, 0, 0, 10, NOW);
        book.sent(TEN, NOW);
        book.sent(new Adjustment("berlin", "mug", 5, "a-2"), NOW);
        book.sent(new Adjustment("berlin", "mug", -2, "a-3"), NOW.plusSeconds(30));
        book.sent(new Adjustment("berlin", "new", 7, "a-4"), NOW);

        assertThat(atLast().differing()).isEmpty();
        book.logRead(NOW.plus(Duration.ofMinutes(16)));
        assertThat(book.report().differing()).hasSize(2).allSatisfy(shelf -> {
            assertThat(shelf.what()).contains("has not taken the newest adjustments");
            assertThat(shelf.remedy()).doesNotContain("POST");
        });

        book.viewed("berlin", "mug", 13, 0, 0, 13, NOW.plus(Duration.ofMinutes(16)));
        assertThat(book.report().differing())
                .extracting(StockReport.Shelf::productId)
                .containsExactly("new");
    }

    @Test
    void shouldTellOfALossHoweverLateTheNextAdjustmentsCome() {
        book.sent(TEN, NOW);
        book.viewed("berlin", "mug", 9, 0, 0, 9, NOW);
        for (int i = 1; i <= 3; i++) {
            Instant later = NOW.plus(Duration.ofMinutes(10L * i));
            book.sent(new Adjustment("berlin", "mug", 1, "more-" + i), later);
            book.viewed("berlin", "mug", 9 + i, 0, 0, 9 + i, later);
        }
        book.logRead(NOW.plus(Duration.ofMinutes(31)));

        assertThat(book.report().differing()).hasSize(1);
    }

    @Test
    void shouldNotTakeALossForAnAdjustmentThatIsOnItsWay() {
        book.sent(TEN, NOW);
        book.sent(new Adjustment("berlin", "mug", 5, "a-2"), NOW);
        book.viewed("berlin", "mug", 5, 0, 0, 5, NOW);

        assertThat(atLast().differing())
                .as("what differs by the older of two adjustments")
                .singleElement()
                .satisfies(shelf -> assertThat(shelf.remedy()).contains("POST /stock/adjustments"));
    }

    @Test
    void shouldCountAnAdjustmentOnceHoweverOftenItWasSentAndNotWhenItWasRefused() {
        Adjustment refused = new Adjustment("berlin", "mug", -100, "a-2");
        book.sent(TEN, NOW);
        book.sent(TEN, NOW);
        book.refused(refused, NOW);
        book.sent(refused, NOW);
        book.viewed("berlin", "mug", 10, 0, 0, 10, NOW);

        assertThat(atLast().differing()).isEmpty();
        book.sent(refused, NOW);
        book.viewed("berlin", "mug", -90, 0, 0, -90, NOW);
        assertThat(atLast().adjusted()).isEqualTo(-90);
    }

    @Test
    void shouldTrustOnlyTheViewWhenTheTopicHasLostItsBeginning() {
        book = new StockBook(PATIENCE, false);
        book.viewed("berlin", "mug", 10, 0, 0, 10, NOW);
        assertThat(atLast().differing()).isEmpty();
        book.viewed("berlin", "mug", 10, 0, 0, 11, NOW);
        assertThat(atLast().differing()).hasSize(1);
    }

    @Test
    void shouldGoOnFromWhatWasWrittenDown() throws IOException {
        book.sent(TEN, NOW);
        book.sent(new Adjustment("berlin", "m".repeat(70_000), 1, "long"), NOW);
        book.viewed("berlin", "mug", 10, 0, 0, 10, NOW);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        book.write(new DataOutputStream(bytes));
        StockReport before = atLast();

        book = StockBook.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())), PATIENCE);
        book.sent(TEN, NOW);

        assertThat(atLast()).isEqualTo(before);
    }
}
