package dev.orderflow.analytics.pipes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PipeTest {

    private final Pipe dashboard = PipeFile.load("revenue_dashboard");

    @Test
    void shouldTakeItsDefaultsWhereNothingIsGiven() {
        assertThat(dashboard.values(Map.of()))
                .hasSize(4)
                .containsEntry("hours", "24")
                .containsEntry("from", null)
                .containsEntry("to", null)
                .containsEntry("currency", "");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-01, 2026-03-01 00:00:00",
        "2026-03-01T14:30:00Z, 2026-03-01 14:30:00",
        "2026-03-01T14:30:00.999Z, 2026-03-01 14:30:00",
        "2026-03-01 14:30:00, 2026-03-01 14:30:00",
        "2026-03-01T14:30, 2026-03-01 14:30:00",
        "2026-03-01T14:30:00+01:00, 2026-03-01 13:30:00"
    })
    void shouldTakeTimesAsPeopleWriteThem(String given, String sent) {
        assertThat(dashboard.values(Map.of("from", given))).containsEntry("from", sent);
    }

    @ParameterizedTest
    @ValueSource(strings = {"yesterday", "2026-13-01", "1969-12-31", "2200-01-01", "2026-03-01T25:00:00Z", "1"})
    void shouldRefuseWhatIsNoTime(String given) {
        assertThatThrownBy(() -> dashboard.values(Map.of("to", given)))
                .isInstanceOf(PipeException.class)
                .hasMessageContaining("parameter 'to' is '" + given + "'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "8785", "99999999999999999999", "24; DROP TABLE x", "1e3", ""})
    void shouldRefuseWhatIsNoNumberInItsRange(String given) {
        assertThatThrownBy(() -> dashboard.values(Map.of("hours", given)))
                .hasMessageContaining("a whole number from 1 to 8784");
    }

    @Test
    void shouldNameParametersThatItDoesNotHave() {
        assertThatThrownBy(() -> dashboard.values(Map.of("hour", "3", "token", "ignored")))
                .hasMessage(
                        "pipe 'revenue_dashboard' has no parameter 'hour'; it has 'hours', 'from', 'to', 'currency'");
    }

    @Test
    void shouldIgnoreWhatClientsOfTinybirdAlwaysSend() {
        assertThat(dashboard.values(Map.of("token", "p.ey"))).doesNotContainKey("token");
    }

    @Test
    void shouldDescribeItself() {
        assertThat(dashboard.topics()).containsExactlyInAnyOrder("order.completed", "order.refunded");
        assertThat(dashboard.description()).startsWith("Revenue by hour and currency.");
        assertThat(dashboard.sql()).startsWith("WITH");
    }

    @Test
    void shouldNotLoadWithParametersThatAreNotUsedOrNotDeclared() {
        assertThatThrownBy(() -> PipeFile.parse("p", "-- reads t\n-- param a UInt16 = 1: text\nSELECT 1"))
                .hasMessageContaining("declares the parameters [a UInt16] and uses []");
        assertThatThrownBy(() -> PipeFile.parse("p", "-- reads t\nSELECT {a:UInt16}"))
                .hasMessageContaining("uses [a UInt16]");
        assertThatThrownBy(() -> PipeFile.parse("p", "-- reads t\n-- param a UInt16 1..5 = 9: text\nSELECT {a:UInt16}"))
                .hasMessageContaining("parameter 'a' is '9'");
        assertThatThrownBy(() -> PipeFile.parse("p", "-- reads t\n-- param a Float64 = 1: text\nSELECT {a:Float64}"))
                .hasMessageContaining("Float64");
        assertThatThrownBy(() -> PipeFile.parse("p", "-- param broken\nSELECT 1"))
                .hasMessageContaining("param broken");
        assertThatThrownBy(() -> PipeFile.parse("p", "-- text\nSELECT 1"))
                .hasMessageContaining("which topics it reads");
    }
}
