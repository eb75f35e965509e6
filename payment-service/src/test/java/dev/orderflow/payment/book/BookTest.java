package dev.orderflow.payment.book;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Given what was read of an order, where the books see it. */
class BookTest {

    private static final Patience PATIENCE =
            new Patience(Duration.ofSeconds(2), Duration.ofSeconds(15), Duration.ofMinutes(15), Duration.ofSeconds(1));
    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");
    private static final Instant LATER = NOW.plusSeconds(60);
    private static final Sum TEN = new Sum(1_000, "EUR");

    private Book book = new Book(PATIENCE, false);

    private static Entry listed(String order, String charge, Sum sum, Standing standing) {
        return new Entry.Listed(order, order + ":charge", charge, sum, standing);
    }

    private static List<Entry> sale(String order) {
        return List.of(
                new Entry.Accepted(order, TEN),
                new Entry.SaidCharged(order, order + ":charge", "ch_1", TEN),
                new Entry.Confirmed(order, TEN, "ch_1"),
                new Entry.Completed(order),
                listed(order, "ch_1", TEN, Standing.CAPTURED));
    }

    private void read(Entry... entries) {
        for (Entry entry : entries) {
            book.add(entry, NOW);
        }
    }

    private BookReport atLast() {
        book.logRead(LATER);
        book.listRead(LATER);
        book.settle(LATER);
        return book.report(LATER);
    }

    private static List<String> kinds(BookReport report) {
        return report.differing().stream().map(BookReport.Line::kind).toList();
    }

    @Test
    void shouldSettleAndForgetASaleInWhateverOrderItIsRead() {
        List<Entry> entries = new ArrayList<>(sale("o"));
        Random random = new Random(1);
        for (int i = 0; i < 200; i++) {
            Collections.shuffle(entries, random);
            book = new Book(PATIENCE, false);
            entries.forEach(entry -> book.add(entry, NOW));
            BookReport report = atLast();
            assertThat(book.open()).as("open after " + entries).isZero();
            assertThat(report.currencies().get("EUR").settled()).isEqualTo(new Totals(1, 1_000, 0, 1_000));
        }
    }

    @Test
    void shouldKeepAnOrderInFlightWhileItsSagaIsAtWork() {
        read(new Entry.Accepted("o", TEN), listed("o", "ch_1", TEN, Standing.CAPTURED));

        BookReport report = atLast();

        assertThat(report.differing()).isEmpty();
        assertThat(report.inFlight()).singleElement().satisfies(line -> {
            assertThat(line.orderId()).isEqualTo("o");
            assertThat(line.kept()).isEqualTo(1_000);
        });
        assertThat(report.currencies().get("EUR").inFlight().difference()).isEqualTo(1_000);
    }

    @Test
    void shouldTellAnOrderThatIsInFlightTooLong() {
        read(new Entry.Accepted("o", TEN));

        assertThat(book.report(NOW.plus(Duration.ofMinutes(14))).late()).isZero();
        assertThat(book.report(NOW.plus(Duration.ofMinutes(16))).late()).isEqualTo(1);
    }

    @Test
    void shouldShowWhatIsLateBeforeWhatIsOnlyOld() {
        for (int order = 0; order < 500; order++) {
            String id = "waits-" + order;
            book.add(new Entry.Accepted(id, TEN), NOW);
            book.add(new Entry.Confirmed(id, TEN, "ch_1"), NOW);
        }
        book.add(new Entry.Accepted("stuck-2", TEN), NOW.plusSeconds(2));
        book.add(new Entry.Accepted("stuck-1", TEN), NOW.plusSeconds(1));

        BookReport report = book.report(NOW.plus(Duration.ofHours(1)));

        assertThat(report.late()).isEqualTo(2);
        assertThat(report.inFlightSince()).isEqualTo(NOW);
        assertThat(report.inFlight())
                .hasSize(20)
                .extracting(BookReport.Line::orderId)
                .startsWith("stuck-1", "stuck-2");
        assertThat(report.inFlight().getLast().orderId()).startsWith("waits-");
    }

    @Test
    void shouldWaitForGraceAndForBothSides() {
        read(listed("ghost", "ch_9", TEN, Standing.CAPTURED));

        book.logRead(NOW.plusSeconds(10));
        book.listRead(NOW.plusSeconds(10));
        assertThat(kinds(book.report(LATER))).isEmpty();
        book.listRead(LATER);
        assertThat(kinds(book.report(LATER))).isEmpty();
        book.logRead(LATER);
        assertThat(kinds(book.report(LATER))).containsExactly("CHARGE_WITHOUT_ORDER");
    }

    static Stream<Arguments> faults() {
        Entry accepted = new Entry.Accepted("o", TEN);
        Entry confirmed = new Entry.Confirmed("o", TEN, "ch_1");
        Entry completed = new Entry.Completed("o");
        Entry cancelled = new Entry.Cancelled("o");
        Entry captured = listed("o", "ch_1", TEN, Standing.CAPTURED);
        Entry refunded = listed("o", "ch_1", TEN, Standing.REFUNDED);
        Entry second = new Entry.Listed("o", "o:charge:2", "ch_2", TEN, Standing.CAPTURED);
        return Stream.of(
                Arguments.of(Fault.CHARGE_WITHOUT_ORDER, List.of(captured)),
                Arguments.of(Fault.ENDED_BUT_CHARGED, List.of(accepted, cancelled, captured)),
                Arguments.of(Fault.ENDED_BUT_CHARGED, List.of(accepted, confirmed, cancelled, captured)),
                Arguments.of(Fault.CHARGED_TWICE, List.of(accepted, confirmed, completed, captured, second)),
                Arguments.of(Fault.CHARGED_TWICE, List.of(accepted, captured, second)),
                Arguments.of(Fault.CONFIRMED_TWICE, List.of(accepted, confirmed, confirmed, completed, captured)),
                Arguments.of(Fault.NOT_CHARGED, List.of(accepted, confirmed, completed)),
                Arguments.of(Fault.REFUNDED_BUT_STANDS, List.of(accepted, confirmed, completed, refunded)),
                Arguments.of(
                        Fault.WRONG_AMOUNT,
                        List.of(
                                accepted,
                                confirmed,
                                completed,
                                listed("o", "ch_1", new Sum(999, "EUR"), Standing.CAPTURED))),
                Arguments.of(
                        Fault.WRONG_AMOUNT,
                        List.of(
                                accepted,
                                confirmed,
                                completed,
                                listed("o", "ch_1", new Sum(1_000, "USD"), Standing.CAPTURED))),
                Arguments.of(
                        Fault.OTHER_CHARGE,
                        List.of(accepted, confirmed, completed, listed("o", "ch_7", TEN, Standing.CAPTURED))));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void shouldNameEveryWayInWhichMoneyCanDiffer(Fault fault, List<Entry> entries) {
        entries.forEach(entry -> book.add(entry, NOW));

        BookReport report = atLast();

        assertThat(kinds(report)).containsExactly(fault.name());
        assertThat(report.differing().getFirst().remedy()).isEqualTo(fault.remedy());
    }

    @Test
    void shouldTakeAChargeWithoutCurrencyForOneInTheOrdersCurrency() {
        read(sale("o").subList(0, 4).toArray(Entry[]::new));
        read(listed("o", "ch_1", new Sum(1_000, Sum.UNKNOWN), Standing.CAPTURED));

        assertThat(atLast().currencies().get("EUR").settled().difference()).isZero();
        assertThat(book.open()).isZero();
    }

    @Test
    void shouldBalanceARefundOfAnOrderThatItHasForgotten() {
        sale("o").forEach(this::read);
        atLast();
        assertThat(book.open()).isZero();

        book.add(new Entry.UndoAsked("o"), LATER);
        book.add(new Entry.SaidRefunded("o", "o:charge", "ch_1", TEN), LATER);
        book.add(new Entry.PaidBack("o", TEN, "ch_1"), LATER);
        Instant end = LATER.plusSeconds(60);
        book.logRead(end);
        book.listRead(end);
        List<Book.Question> questions = book.questions(end, 10);
        assertThat(questions).containsExactly(new Book.Question("o", "o:charge"));
        book.answer(questions.getFirst(), Optional.of((Entry.Listed) listed("o", "ch_1", TEN, Standing.REFUNDED)));
        book.settle(end);

        assertThat(book.open()).isZero();
        assertThat(book.report(end).currencies().get("EUR").settled()).isEqualTo(new Totals(1, 1_000, 1_000, 0));
    }

    @Test
    void shouldTakeARefundThatIsSaidAgainForNoSecondOne() throws IOException {
        sale("o").forEach(this::read);
        read(new Entry.PaidBack("o", TEN, "ch_1"), listed("o", "ch_1", TEN, Standing.REFUNDED));
        atLast();
        assertThat(book.open()).isZero();

        Entry again = new Entry.SaidRefunded("o", "o:charge", "ch_1", TEN);
        book.add(again, LATER);
        book = writtenAndRead();
        book.add(new Entry.UndoAsked("o"), LATER);
        book.add(again, LATER);

        assertThat(book.open()).isZero();
        assertThat(book.report(LATER).currencies().get("EUR").settled()).isEqualTo(new Totals(1, 1_000, 1_000, 0));
    }

    @Test
    void shouldStillSeeAChargeThatComesAfterTheEndOfItsOrder() {
        read(new Entry.Accepted("o", TEN), new Entry.Cancelled("o"));
        atLast();
        assertThat(book.open()).isZero();

        book.add(listed("o", "ch_1", TEN, Standing.CAPTURED), NOW);

        assertThat(kinds(atLast())).hasSize(1);
    }

    @Test
    void shouldForgetNoOrderOfWhichMoreMayStillBeUnread() {
        read(sale("o").subList(0, 4).toArray(Entry[]::new));
        read(new Entry.PaidBack("o", TEN, "ch_1"), listed("o", "ch_1", TEN, Standing.REFUNDED));
        book.listRead(LATER);
        book.settle(LATER);
        assertThat(book.open())
                .as("orders that are open before the topics were read to their ends")
                .isOne();

        book.add(new Entry.SaidRefunded("o", "o:charge", "ch_1", TEN), NOW);

        assertThat(atLast().currencies().get("EUR").settled()).isEqualTo(new Totals(1, 1_000, 1_000, 0));
        assertThat(book.open()).isZero();
    }

    @Test
    void shouldSettleADifferenceByItselfOnceTheChargeIsPaidBack() {
        read(listed("ghost", "ch_9", TEN, Standing.CAPTURED));
        assertThat(kinds(atLast())).hasSize(1);

        Book.Question question = book.questions(LATER, 10).getFirst();
        book.answer(question, Optional.of((Entry.Listed) listed("ghost", "ch_9", TEN, Standing.REFUNDED)));

        assertThat(kinds(atLast())).isEmpty();
        assertThat(book.open()).isZero();
    }

    @Test
    void shouldNotJudgeChargesThatAreOlderThanTheTopics() {
        book = new Book(PATIENCE, true);
        read(listed("old", "ch_0", TEN, Standing.CAPTURED));
        sale("o").forEach(this::read);
        read(listed("ghost", "ch_9", TEN, Standing.CAPTURED));
        atLast();

        BookReport report = atLast();

        assertThat(report.unjudged()).isEqualTo(new Totals(1, 1_000, 0, 0));
        assertThat(report.differing()).extracting(BookReport.Line::orderId).containsExactly("ghost");
    }

    static Stream<List<Entry>> endsOfOrders() {
        Entry completed = new Entry.Completed("o");
        Entry paidBack = new Entry.PaidBack("o", TEN, "ch_1");
        Entry captured = listed("o", "ch_1", TEN, Standing.CAPTURED);
        Entry refunded = listed("o", "ch_1", TEN, Standing.REFUNDED);
        return Stream.of(
                List.of(completed, captured),
                List.of(new Entry.Accepted("o", TEN), completed, captured),
                List.of(new Entry.SaidCharged("o", "o:charge", "ch_1", TEN), completed, captured),
                List.of(completed, paidBack, refunded),
                List.of(new Entry.SaidRefunded("o", "o:charge", "ch_1", TEN), paidBack, refunded));
    }

    @ParameterizedTest
    @MethodSource("endsOfOrders")
    void shouldNotJudgeAnOrderOfWhichTheTopicsHaveOnlyTheEndLeft(List<Entry> entries) {
        book = new Book(PATIENCE, true);
        entries.forEach(entry -> book.add(entry, NOW));
        book.logRead(LATER);
        book.listRead(LATER);
        assertThat(kinds(book.report(LATER))).as("before it is settled").isEmpty();

        BookReport report = atLast();

        assertThat(kinds(report)).isEmpty();
        assertThat(report.unjudged().orders()).isOne();
        assertThat(book.open()).isZero();
    }

    @Test
    void shouldJudgeWhatIsWrongWhateverTheTopicsHaveLost() {
        book = new Book(PATIENCE, true);
        read(new Entry.Completed("twice"), listed("twice", "ch_1", TEN, Standing.CAPTURED));
        read(new Entry.Listed("twice", "twice:charge:2", "ch_2", TEN, Standing.CAPTURED));
        read(new Entry.Cancelled("ended"), listed("ended", "ch_3", TEN, Standing.CAPTURED));
        read(new Entry.PaidBack("refunded", TEN, "ch_4"), listed("refunded", "ch_4", TEN, Standing.CAPTURED));

        assertThat(kinds(atLast()))
                .containsExactlyInAnyOrder("CHARGED_TWICE", "ENDED_BUT_CHARGED", "ENDED_BUT_CHARGED");
    }

    @Test
    void shouldStillBalanceALaterRefundWhenTheLogBeginsLate() {
        book = new Book(PATIENCE, true);
        sale("o").forEach(this::read);
        atLast();
        book.add(new Entry.SaidRefunded("o", "o:charge", "ch_1", TEN), LATER);
        book.add(new Entry.PaidBack("o", TEN, "ch_1"), LATER);
        Instant end = LATER.plusSeconds(60);
        book.logRead(end);
        book.listRead(end);
        book.answer(book.questions(end, 10).getFirst(), Optional.of((Entry.Listed)
                listed("o", "ch_1", TEN, Standing.REFUNDED)));
        book.settle(end);

        assertThat(book.open()).isZero();
        assertThat(book.report(end).unjudged()).isEqualTo(Totals.NONE);
        assertThat(book.report(end).currencies().get("EUR").settled()).isEqualTo(new Totals(1, 1_000, 1_000, 0));
    }

    @Test
    void shouldGoOnFromWhatWasWrittenDown() throws IOException {
        sale("settled").forEach(this::read);
        atLast();
        read(new Entry.Accepted("o", TEN), listed("o", "ch_1", TEN, Standing.CAPTURED));
        read(listed("ghost", "ch_9", TEN, Standing.CAPTURED));
        Book written = writtenAndRead();
        BookReport before = atLast();

        book = written;

        assertThat(atLast()).isEqualTo(before);
        assertThat(before.differing()).hasSize(1);
        assertThat(before.inFlight()).hasSize(1);
    }

    private static List<Entry> gift(String order) {
        Sum nothing = new Sum(0, "EUR");
        return List.of(
                new Entry.Accepted(order, nothing),
                new Entry.SaidCharged(order, order + ":charge", "none:" + order, nothing),
                new Entry.Confirmed(order, nothing, "none:" + order),
                new Entry.Completed(order));
    }

    @Test
    void shouldSettleAnOrderThatCostsNothingWithoutACharge() {
        gift("o").forEach(this::read);

        BookReport report = atLast();

        assertThat(book.open()).isZero();
        assertThat(report.differing()).isEmpty();
        assertThat(report.currencies().get("EUR").settled()).isEqualTo(new Totals(1, 0, 0, 0));
    }

    @Test
    void shouldSettleTheUndoOfAnOrderThatCostsNothing() {
        gift("o").forEach(this::read);
        Sum nothing = new Sum(0, "EUR");
        read(new Entry.UndoAsked("o"), new Entry.SaidRefunded("o", "o:charge", "none:o", nothing));
        read(new Entry.PaidBack("o", nothing, "none:o"));

        atLast();

        assertThat(book.open()).isZero();
    }

    @Test
    void shouldDropTheChargeOfNothingThatAnEarlierVersionHasWrittenDown() throws IOException {
        OrderRow row = new OrderRow("o", NOW);
        gift("o").forEach(entry -> row.add(entry, NOW));
        ChargeLine line = new ChargeLine("o:charge", NOW);
        line.price(new Sum(0, "EUR"));
        row.charges.add(line);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        row.write(new DataOutputStream(bytes));

        OrderRow read = OrderRow.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));

        assertThat(read.charges).isEmpty();
        assertThat(read.stage()).isEqualTo(Stage.COMPLETED);
    }

    @Test
    void shouldAskForARefundWhoseAmountNobodyTells() {
        read(new Entry.SaidRefunded("o", "o:charge", "ch_1", new Sum(0, Sum.UNKNOWN)));
        book.listRead(LATER);

        assertThat(book.questions(LATER, 10)).containsExactly(new Book.Question("o", "o:charge"));
    }

    @Test
    void shouldAskForEveryChargeInTurn() {
        for (int order = 0; order < 250; order++) {
            read(new Entry.SaidCharged("o-" + order, "o-" + order + ":charge", "ch_" + order, TEN));
        }
        book.listRead(LATER);

        Set<Book.Question> asked = new HashSet<>();
        for (int round = 0; round < 3; round++) {
            asked.addAll(book.questions(LATER.plusSeconds(2L * round), 100));
        }

        assertThat(asked).hasSize(250);
    }

    @Test
    void shouldTellOfAChargeThatItsProviderHasNeverSeen() {
        read(new Entry.Accepted("o", TEN), new Entry.SaidCharged("o", "o:charge", "ch_1", TEN));
        read(new Entry.Cancelled("o"));
        assertThat(atLast().inFlight().getFirst().what()).contains("still to be asked");

        book.answer(book.questions(LATER, 10).getFirst(), Optional.empty());

        assertThat(atLast().inFlight().getFirst().what()).contains("never seen");
    }

    private Book writtenAndRead() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        book.write(new DataOutputStream(bytes));
        return Book.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())), PATIENCE);
    }
}
