package dev.orderflow.notification.message;

import dev.orderflow.notification.message.Letter.Block;
import dev.orderflow.notification.message.Letter.Row;
import java.util.List;
import java.util.stream.Collectors;

/** A letter as plain text, with amounts one below the other. */
final class PlainText {

    private PlainText() {}

    static String of(Letter letter) {
        return letter.blocks().stream().map(PlainText::block).collect(Collectors.joining("\n\n", "", "\n"));
    }

    private static String block(Block block) {
        return switch (block) {
            case Letter.Paragraph paragraph -> paragraph.text();
            case Letter.Points points ->
                points.texts().stream().map(text -> "- " + text).collect(Collectors.joining("\n"));
            case Letter.Sums sums -> sums(sums.rows());
        };
    }

    private static String sums(List<Row> rows) {
        int labels = width(rows.stream().map(Row::label).toList());
        int amounts = width(rows.stream().map(Row::amount).toList());
        return rows.stream()
                .map(row -> row.label()
                        + " ".repeat(labels - length(row.label()) + 2)
                        + " ".repeat(amounts - length(row.amount()))
                        + row.amount())
                .collect(Collectors.joining("\n"));
    }

    private static int width(List<String> texts) {
        return texts.stream().mapToInt(PlainText::length).max().orElse(0);
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }
}
