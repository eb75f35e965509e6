package dev.orderflow.order.saga;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class SagaDocumentationTest {

    static final Path DOCUMENT = Path.of(System.getProperty("basedir", "."), "..", "docs", "saga.md");

    private static final Pattern ARROW = Pattern.compile("(\\[\\*]|[A-Z]+) --> [A-Z]+");

    @Test
    void shouldHaveTheTableOfTheCode() throws Exception {
        assertThat(tableIn(Files.readString(DOCUMENT)))
                .as("The table in docs/saga.md; write it anew with mvn -pl order-service -am test"
                        + " -Dtest=WriteSagaTable -Dsurefire.failIfNoSpecifiedTests=false")
                .isEqualTo(TransitionTable.markdown());
    }

    @Test
    void shouldDrawEveryArrowOfTheCodeAndNoOther() throws Exception {
        Set<String> drawn = ARROW.matcher(Files.readString(DOCUMENT))
                .results()
                .map(found -> found.group())
                .collect(Collectors.toSet());

        assertThat(drawn).containsExactlyInAnyOrderElementsOf(TransitionTable.arrows());
    }

    static String tableIn(String document) {
        int begin = document.indexOf(TransitionTable.BEGIN + "\n");
        int end = document.indexOf(TransitionTable.END);
        assertThat(begin)
                .as("docs/saga.md has the lines %s and %s around the table", TransitionTable.BEGIN, TransitionTable.END)
                .isNotNegative()
                .isLessThan(end);
        return document.substring(begin + TransitionTable.BEGIN.length() + 1, end);
    }
}
