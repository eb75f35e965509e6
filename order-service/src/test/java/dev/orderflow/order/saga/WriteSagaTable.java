package dev.orderflow.order.saga;

import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** Writes the table of {@code docs/saga.md} anew. Runs only when asked for by name: {@code -Dtest=WriteSagaTable}. */
class WriteSagaTable {

    @Test
    void writeTable() throws Exception {
        String document = Files.readString(SagaDocumentationTest.DOCUMENT);
        String before = TransitionTable.BEGIN + "\n";
        String table = before + SagaDocumentationTest.tableIn(document) + TransitionTable.END;
        Files.writeString(
                SagaDocumentationTest.DOCUMENT,
                document.replace(table, before + TransitionTable.markdown() + TransitionTable.END));
    }
}
