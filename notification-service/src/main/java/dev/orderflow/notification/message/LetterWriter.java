package dev.orderflow.notification.message;

import dev.orderflow.notification.message.Letter.Block;
import dev.orderflow.notification.message.Letter.Paragraph;
import dev.orderflow.notification.message.Letter.Points;
import dev.orderflow.notification.message.Letter.Row;
import dev.orderflow.notification.message.Letter.Sums;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** Puts what became of an order into words. */
final class LetterWriter {

    /** A mail lists so many lines; a shop's system may have ordered thousands. */
    static final int MOST_LINES = 50;

    private LetterWriter() {}

    static Letter letter(Notice notice, Locale locale) {
        String order = OneLine.of(notice.orderId());
        return switch (notice) {
            case Notice.Confirmed confirmed ->
                new Letter(
                        "Order " + order + " is confirmed",
                        List.of(
                                new Paragraph("Thank you. Order " + order
                                        + " is confirmed: it is paid, and its goods are set aside for you."),
                                confirmedSums(confirmed, locale)));
            case Notice.Rejected rejected ->
                new Letter(
                        "Order " + order + " was not accepted",
                        List.of(
                                new Paragraph(
                                        "Order " + order + " was not accepted, and nothing was charged for it. You may"
                                                + " order again when this is corrected:"),
                                points(rejected.faults(), fault -> fault.field() + ": " + fault.message())));
            case Notice.Cancelled cancelled -> cancelled(order, cancelled);
            case Notice.Dispatched dispatched ->
                new Letter(
                        "Order " + order + " is on its way",
                        List.of(
                                new Paragraph("All of order " + order + " is on its way to you:"),
                                points(dispatched.lines(), LetterWriter::goods)));
            case Notice.Refunded refunded -> refunded(order, refunded, locale);
        };
    }

    private static Letter cancelled(String order, Notice.Cancelled cancelled) {
        List<Block> blocks = new ArrayList<>();
        blocks.add(new Paragraph("Order " + order + " is cancelled: " + words(cancelled.cause())));
        if (!cancelled.shortages().isEmpty()) {
            blocks.add(points(
                    cancelled.shortages(),
                    shortage -> shortage.productId() + ": " + shortage.requested() + " ordered, " + shortage.available()
                            + " in stock"));
        }
        blocks.add(new Paragraph("Nothing is charged for it; what had been charged was paid back in full."));
        return new Letter("Order " + order + " is cancelled", blocks);
    }

    private static Letter refunded(String order, Notice.Refunded refunded, Locale locale) {
        Notice.Price price = refunded.price();
        List<Block> blocks = new ArrayList<>();
        blocks.add(new Paragraph("We have paid back " + amounts(price, locale).text(price.total()) + " for order "
                + order + ". It may take your bank a few days to show it."));
        refunded.reason().ifPresent(reason -> blocks.add(new Paragraph("Reason: " + OneLine.of(reason))));
        return new Letter("Order " + order + " is paid back", blocks);
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

    private static Sums confirmedSums(Notice.Confirmed confirmed, Locale locale) {
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
        return new Sums(rows);
    }

    private static <T> Points points(List<T> things, Function<T, String> words) {
        List<String> texts = new ArrayList<>();
        things.stream().limit(MOST_LINES).forEach(thing -> texts.add(OneLine.of(words.apply(thing))));
        if (things.size() > MOST_LINES) {
            texts.add(more(things.size()));
        }
        return new Points(texts);
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
