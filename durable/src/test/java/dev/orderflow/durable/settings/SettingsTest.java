package dev.orderflow.durable.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.orderflow.durable.TerminalException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {

    private static final Settings EMPTY = Settings.of(Map.of());

    @Test
    void shouldGiveDefaultsWhereNothingIsSet() {
        assertThat(EMPTY.text("a", "x")).isEqualTo("x");
        assertThat(EMPTY.number("a", 7, 0, 9)).isEqualTo(7);
        assertThat(EMPTY.duration("a", Duration.ofSeconds(3))).isEqualTo(Duration.ofSeconds(3));
        assertThat(EMPTY.flag("a", true)).isTrue();
        assertThat(EMPTY.choice("a", "red", Set.of("red", "blue"))).isEqualTo("red");
        assertThat(EMPTY.find("a")).isEmpty();
    }

    @Test
    void shouldTakeAnEmptyValueForNone() {
        assertThat(Settings.of(Map.of("a", "")).text("a", "x")).isEqualTo("x");
    }

    @ParameterizedTest
    @CsvSource({"0s,0", "250ms,250", "10s,10000", "5m,300000", "24h,86400000", "7d,604800000", "3 s,3000"})
    void shouldReadDurationsWithTheirUnits(String text, long millis) {
        assertThat(Settings.of(Map.of("a", text)).duration("a", Duration.ZERO)).hasMillis(millis);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"10", "s", "-1s", "1.5s", "10 weeks", "10S", "99999999999999999999s", "9223372036854775807d"})
    void shouldNameSettingValueAndRemedyOfABadDuration(String text) {
        assertThatExceptionOfType(TerminalException.class)
                .isThrownBy(() -> Settings.of(Map.of("wait.for", text)).duration("wait.for", Duration.ZERO))
                .withMessageContaining("wait.for=" + text)
                .withMessageMatching(".*use (a whole number and a unit, such as 250ms|at most 36500d).*");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "11", "-1", "1.0", "99999999999999999999"})
    void shouldNameSettingValueAndRangeOfABadNumber(String text) {
        assertThatExceptionOfType(TerminalException.class)
                .isThrownBy(() -> Settings.of(Map.of("some.number", text)).number("some.number", 5, 0, 10))
                .withMessage("Setting some.number=" + text + " cannot be used: use a whole number from 0 to 10.");
    }

    @Test
    void shouldReadNumbersWithUnderscores() {
        assertThat(Settings.of(Map.of("a", "1_000")).number("a", 5, 0, 1_000)).isEqualTo(1_000);
    }

    @Test
    void shouldListTheWordsThatMayBeChosen() {
        assertThatExceptionOfType(TerminalException.class)
                .isThrownBy(() -> Settings.of(Map.of("colour", "green")).choice("colour", "red", Set.of("red", "blue")))
                .withMessageContaining("colour=green")
                .withMessageContaining("[blue, red]");
        assertThatExceptionOfType(TerminalException.class)
                .isThrownBy(() -> Settings.of(Map.of("on", "yes")).flag("on", false))
                .withMessageContaining("[false, true]");
    }

    @Test
    void shouldSayHowToGiveWhatIsMissing() {
        assertThatExceptionOfType(TerminalException.class)
                .isThrownBy(() -> EMPTY.required("payment.attempt-timeout"))
                .withMessageContaining("--set payment.attempt-timeout=...")
                .withMessageContaining("ORDERFLOW_PAYMENT_ATTEMPT__TIMEOUT");
    }

    @Test
    void shouldReadItsOwnNamesOfEnvironmentVariables() {
        Settings settings = Settings.fromEnvironment(
                Map.of("ORDERFLOW_PAYMENT_ATTEMPT__TIMEOUT", "9s", "PATH", "/bin", "ORDERFLOW_MAIL_HOST", "mail"));

        assertThat(settings.asMap())
                .containsOnly(Map.entry("payment.attempt-timeout", "9s"), Map.entry("mail.host", "mail"));
    }

    @Test
    void shouldReadAssignments() {
        Settings settings = Settings.fromAssignments(List.of("a=1", " b = x=y "));

        assertThat(settings.asMap()).containsOnly(Map.entry("a", "1"), Map.entry("b", "x=y"));
        assertThatExceptionOfType(TerminalException.class)
                .isThrownBy(() -> Settings.fromAssignments(List.of("nonsense")))
                .withMessageContaining("'nonsense'")
                .withMessageContaining("--set name=value");
    }

    @Test
    void shouldLetStrongerSettingsWin() {
        Settings weak = Settings.of(Map.of("a", "weak", "b", "weak"));
        Settings strong = Settings.of(Map.of("a", "strong"));

        assertThat(weak.overlaidWith(strong).asMap()).containsOnly(Map.entry("a", "strong"), Map.entry("b", "weak"));
        assertThat(strong.withDefault("a", "default").text("a", "")).isEqualTo("strong");
        assertThat(strong.withDefault("c", "default").text("c", "")).isEqualTo("default");
    }

    @Test
    void shouldSayWhichSettingWasMeant() {
        assertThat(Settings.unknown(List.of("dispach.duration"), List.of("dispatch.duration", "kafka.threads")))
                .hasMessage("There is no setting dispach.duration: did you mean dispatch.duration?");
    }

    @Test
    void shouldListTheSettingsWhereNoneIsLikeTheUnknownOne() {
        assertThat(Settings.unknown(List.of("colour"), List.of("kafka.threads", "data.dir")))
                .hasMessage("There is no setting colour.\nThere are:\n  data.dir\n  kafka.threads");
    }

    @Test
    void shouldTellWhatNobodyHasAskedFor() {
        Settings settings = Settings.of(Map.of("used", "1", "below.this", "2", "mispelt", "3"));
        settings.text("used", "");
        settings.text("not.set", "");

        assertThat(settings.below("below.")).containsOnly(Map.entry("this", "2"));
        assertThat(settings.unread()).containsExactly("mispelt");
        assertThat(settings.known()).containsExactly("below.this", "not.set", "used");
    }
}
