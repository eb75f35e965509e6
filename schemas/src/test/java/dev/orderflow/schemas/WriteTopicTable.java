package dev.orderflow.schemas;

import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** Writes the topic table of {@code README.md} anew. Runs only when asked for by name: {@code -Dtest=WriteTopicTable}. */
class WriteTopicTable {

    @Test
    void writeTable() throws Exception {
        String readme = Files.readString(TopicTableTest.README);
        String before = TopicTable.BEGIN + "\n";
        String table = before + TopicTableTest.tableIn(readme) + TopicTable.END;
        Files.writeString(
                TopicTableTest.README, readme.replace(table, before + TopicTable.markdown() + TopicTable.END));
    }
}
