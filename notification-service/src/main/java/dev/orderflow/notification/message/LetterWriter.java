package dev.orderflow.notification.message;

import dev.orderflow.notification.message.Letter.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** Gathers what a mail tells, with amounts as its reader writes them. */
public final class LetterWriter {

    /** A mail lists so many lines; a shop's system may have ordered thousands. */
    static final int MOST_LINES = 50;

    private LetterWriter() {}

    /** What a customer is told of an order. */
    public static Letter letter(Notice notice, Locale locale) {
        String order = OneLine.of(notice.orderId());
        return switch (notice) {
            case Notice.Confirmed confirmed ->
                letter(notice, "Order " + order + " is confirmed", "", "", List.of(), sums(confirmed, locale));
            case Notice.Rejected rejected ->
                points(
                        notice,
                        "Order " + order + " was not accepted",
                        "",
                        points(rejected.faults(), fault -> fault.field() + ": " + fault.message()));
            case Notice.Cancelled cancelled ->
                points(
                        notice,
                        "Order " + order + " is cancelled",
                        words(cancelled.cause()),
                        points(cancelled.shortages(), LetterWriter::shortage));
            case Notice.Dispatched dispatched ->
                points(
                        notice,
                        "Order " + order + " is on its way",
                        "",
                        points(dispatched.lines(), LetterWriter::goods));
            case Notice.Refunded refunded -> {
                Notice.Price price = refunded.price();
                yield letter(
                        notice,
                        "Order " + order + " is paid back",
                        refunded.reason().map(OneLine::of).orElse(""),
                        amounts(price, locale).text(price.total()),
                        List.of(),
                        List.of());
            }
            case Notice.ReviewRequest request ->
                points(notice, "How was order " + order + "?", "", points(request.lines(), LetterWriter::goods));
        };
    }

    private static Letter points(Notice notice, String subject, String words, List<String> points) {
        return letter(notice, subject, words, "", points, List.of());
    }

    private static Letter letter(
            Notice notice, String subject, String words, String amount, List<String> points, List<Row> sums) {
        return new Letter(notice.kind(), subject, OneLine.of(notice.orderId()), words, amount, points, sums);
    }

    private static String words(Notice.Cause cause) {
        return switch (cause) {
            case OUT_OF_STOCK -> "not all of its goods are in stock.";
            case PAYMENT_DECLINED -> "the payment was declined.";
            case TIMEOUT -> "it could not be completed in time.";
            case REQUESTED -> "as you asked for.";
            case OTHER -> "it could not be completed.";
        };
    }

    private static List<Row> sums(Notice.Confirmed confirmed, Locale locale) {
        Notice.Price price = confirmed.price();
        Amounts amounts = amounts(price, locale);
        List<Row> rows = new ArrayList<>();
        confirmed.lines().stream()
                .limit(MOST_LINES)
                .forEach(line -> rows.add(new Row(goods(line), amounts.text(line.amount()), false)));
        if (confirmed.lines().size() > MOST_LINES) {
            long rest = confirmed.lines().stream()
                    .skip(MOST_LINES)
                    .mapToLong(Notice.Line::amount)
                    .sum();
            rows.add(new Row(more(confirmed.lines().size()), amounts.text(rest), false));
        }
        rows.add(new Row("Subtotal", amounts.text(price.subtotal()), false));
        rows.add(new Row("Tax", amounts.text(price.tax()), false));
        rows.add(new Row("Total", amounts.text(price.total()), true));
        return rows;
    }

    private static <T> List<String> points(List<T> things, Function<T, String> words) {
        List<String> texts = new ArrayList<>();
        things.stream().limit(MOST_LINES).forEach(thing -> texts.add(OneLine.of(words.apply(thing))));
        if (things.size() > MOST_LINES) {
            texts.add(more(things.size()));
        }
        return texts;
    }

    private static String shortage(Notice.Shortage shortage) {
        return shortage.productId() + ": " + shortage.requested() + " ordered, " + shortage.available() + " in stock";
    }

    private static String goods(Notice.Line line) {
        return line.quantity() + " x " + OneLine.of(line.productId());
    }

    private static String more(int all) {
        return "and " + (all - MOST_LINES) + " more";
    }

    private static Amounts amounts(Notice.Price price, Locale locale) {
        return new Amounts(price.currency(), price.digits(), locale);
    }
}
