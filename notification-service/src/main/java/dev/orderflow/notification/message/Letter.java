package dev.orderflow.notification.message;

import java.util.List;

/**
 * What a mail has to tell, ready to be put into the words of a template. All texts are of one line; none is escaped.
 *
 * @param kind which template
 * @param order the order's id
 * @param words why it was cancelled or paid back; empty where there is nothing to say
 * @param amount what was paid back; empty where nothing was
 * @param points to go through one by one
 * @param sums lines with an amount each
 */
public record Letter(
        MailKind kind, String subject, String order, String words, String amount, List<String> points, List<Row> sums) {

    /**
     * A label and its amount.
     *
     * @param strong the one that matters most
     */
    public record Row(String label, String amount, boolean strong) {}

    public Letter {
        points = List.copyOf(points);
        sums = List.copyOf(sums);
    }

    /** The sums as plain text, with amounts one below the other. */
    public List<String> sumLines() {
        int labels = width(sums.stream().map(Row::label).toList());
        int amounts = width(sums.stream().map(Row::amount).toList());
        return sums.stream()
                .map(row -> row.label()
                        + " ".repeat(labels - length(row.label()) + 2)
                        + " ".repeat(amounts - length(row.amount()))
                        + row.amount())
                .toList();
    }

    private static int width(List<String> texts) {
        return texts.stream().mapToInt(Letter::length).max().orElse(0);
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }
}
