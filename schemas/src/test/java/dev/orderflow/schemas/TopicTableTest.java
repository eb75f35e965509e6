package dev.orderflow.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.schemas.Topic.Storage;
import dev.orderflow.schemas.Topic.Visibility;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class TopicTableTest {

    static final Path README = Path.of(System.getProperty("basedir", "."), "..", "README.md");

    @Test
    void shouldBeTheTableInTheReadme() throws Exception {
        assertThat(tableIn(Files.readString(README)))
                .as("The topic table in README.md; write it anew with mvn -pl schemas test -Dtest=WriteTopicTable")
                .isEqualTo(TopicTable.markdown());
    }

    @Test
    void shouldSayWhatATopicIsInOneRow() {
        Topic topic = new Topic(
                "a.topic", "a | b", null, Visibility.DEAD_LETTERS, new Storage.Compacted(), "somebody", "something");

        assertThat(TopicTable.markdown(List.of(topic)))
                .endsWith("| `a.topic` | a \\| b | any bytes | somebody | newest per key | none | something |\n");
    }

    static String tableIn(String readme) {
        int begin = readme.indexOf(TopicTable.BEGIN + "\n");
        int end = readme.indexOf(TopicTable.END);
        assertThat(begin)
                .as("README.md has the lines %s and %s around the topic table", TopicTable.BEGIN, TopicTable.END)
                .isNotNegative()
                .isLessThan(end);
        return readme.substring(begin + TopicTable.BEGIN.length() + 1, end);
    }
}
