package dev.orderflow.notification.message;

import dev.orderflow.notification.message.Letter.Block;
import dev.orderflow.notification.message.Letter.Row;
import java.util.Locale;
import java.util.stream.Collectors;

/** A letter as HTML of the plain kind that every mail program shows. */
final class Html {

    private static final String CELL = "padding:2px 12px 2px 0";

    private Html() {}

    static String of(Letter letter) {
        return letter.blocks().stream()
                .map(Html::block)
                .collect(Collectors.joining(
                        "\n",
                        "<!DOCTYPE html>\n<html lang=\"en\">\n<head><meta charset=\"utf-8\"><title>"
                                + escaped(letter.subject())
                                + "</title></head>\n<body style=\"font-family:sans-serif\">\n",
                        "\n</body>\n</html>\n"));
    }

    private static String block(Block block) {
        return switch (block) {
            case Letter.Paragraph paragraph -> "<p>" + escaped(paragraph.text()) + "</p>";
            case Letter.Points points ->
                points.texts().stream()
                        .map(text -> "<li>" + escaped(text) + "</li>")
                        .collect(Collectors.joining("\n", "<ul>\n", "\n</ul>"));
            case Letter.Sums sums ->
                sums.rows().stream().map(Html::row).collect(Collectors.joining("\n", "<table>\n", "\n</table>"));
        };
    }

    private static String row(Row row) {
        String cell = row.strong() ? "th" : "td";
        return String.format(
                Locale.ROOT,
                "<tr><%1$s style=\"%2$s;text-align:left\">%3$s</%1$s><%1$s style=\"text-align:right\">%4$s</%1$s></tr>",
                cell,
                CELL,
                escaped(row.label()),
                escaped(row.amount()));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
