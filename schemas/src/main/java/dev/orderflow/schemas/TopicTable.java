package dev.orderflow.schemas;

import dev.orderflow.schemas.Topic.Storage;
import dev.orderflow.schemas.Topic.Visibility;
import java.util.List;
import java.util.stream.Collectors;

/** The topic catalogue as people read it: the table between two markers in {@code README.md}. */
public final class TopicTable {

    /** Stands on the line before the table. */
    public static final String BEGIN = "<!-- topics -->";

    /** Stands on the line after the table. */
    public static final String END = "<!-- /topics -->";

    private TopicTable() {}

    /** The table of every topic in Markdown, one row per topic, ending with a line break. */
    public static String markdown() {
        return markdown(Topics.all());
    }

    static String markdown(List<Topic> topics) {
        String head = """
                | topic | key | value | written by | kept | schema rule | carries |
                |---|---|---|---|---|---|---|
                """;
        return head + topics.stream().map(TopicTable::row).collect(Collectors.joining());
    }

    private static String row(Topic topic) {
        String value =
                topic.valueType().map(type -> "`" + type.getSimpleName() + "`").orElse("any bytes");
        return List.of(
                        "`" + topic.name() + "`",
                        topic.key(),
                        value,
                        topic.writers(),
                        kept(topic.storage()),
                        rule(topic.visibility()),
                        topic.carries())
                .stream()
                .map(cell -> cell.replace("|", "\\|"))
                .collect(Collectors.joining(" | ", "| ", " |\n"));
    }

    private static String kept(Storage storage) {
        return switch (storage) {
            case Storage.Deleted deleted -> deleted.retention().toDays() + " d";
            case Storage.Kept kept -> "for ever";
            case Storage.Compacted compacted -> "newest per key";
        };
    }

    private static String rule(Visibility visibility) {
        return switch (visibility) {
            case PUBLIC -> "FULL_TRANSITIVE";
            case INTERNAL -> "BACKWARD_TRANSITIVE";
            case DEAD_LETTERS -> "none";
        };
    }
}
