package dev.orderflow.local.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SummaryTest {

    private static OrderFile.Line line(int number, String expect) {
        return new OrderFile.Line(number, "{}", expect, false);
    }

    private static String printed(Summary summary) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        summary.print(new PrintStream(out, true, StandardCharsets.UTF_8), Duration.ofSeconds(1));
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void shouldSayWhyOrdersWereRefusedThatNobodyExpectedToBe() {
        Summary summary = new Summary(3);
        summary.add(line(1, ""), "confirmed", "", 1_000);
        summary.add(line(2, ""), "invalid", "HTTP 400: userId is missing", 1_000);
        summary.add(line(3, "confirmed"), "cancelled out_of_stock", "", 1_000);

        assertThat(printed(summary))
                .contains("line 2: invalid, HTTP 400: userId is missing")
                .contains("line 3: cancelled out_of_stock, not confirmed")
                .contains("1 orders had another outcome than the file says");
        assertThat(summary.isAsItShouldBe()).isFalse();
    }

    @Test
    void shouldNotExplainWhatTheFileExpects() {
        Summary summary = new Summary(1);
        summary.add(line(1, "invalid"), "invalid", "HTTP 400: userId is missing", 1_000);

        assertThat(printed(summary)).doesNotContain("userId");
        assertThat(summary.isAsItShouldBe()).isTrue();
    }

    @Test
    void shouldNotBeContentWithAnOrderThatHasNoOutcome() {
        Summary summary = new Summary(2);
        summary.add(line(1, ""), "confirmed", "", 1_000);
        summary.add(line(2, ""), "failed: no outcome in time (HTTP 503)", "", 0);

        assertThat(printed(summary)).contains("1 orders had no outcome");
        assertThat(summary.isAsItShouldBe()).isFalse();
    }
}
