package dev.orderflow.notification.message;

import java.util.List;

/** What a mail says, before it is plain text or HTML. All of its texts are of one line. */
record Letter(String subject, List<Block> blocks) {

    sealed interface Block {}

    /** A sentence or a few. */
    record Paragraph(String text) implements Block {}

    /** Points to go through one by one. */
    record Points(List<String> texts) implements Block {}

    /** Lines with an amount each. */
    record Sums(List<Row> rows) implements Block {}

    /**
     * One line of {@link Sums}.
     *
     * @param strong the one that matters most
     */
    record Row(String label, String amount, boolean strong) {}

    Letter {
        blocks = List.copyOf(blocks);
    }
}
