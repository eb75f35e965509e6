package dev.orderflow.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orderflow.schemas.CompatibilityGate.Breach;
import dev.orderflow.schemas.Contract.Rule;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompatibilityGateTest {

    private static final String RELEASED = """
            {"type": "record", "name": "Sale", "fields": [
              {"name": "id", "type": "string"},
              {"name": "note", "type": ["null", "string"], "default": null},
              {"name": "at", "type": {"type": "long", "logicalType": "timestamp-millis"}},
              {"name": "kind", "type": {"type": "enum", "name": "Kind", "symbols": ["OTHER", "RETAIL"], "default": "OTHER"}},
              {"name": "fact", "type": [
                {"type": "record", "name": "Sold", "fields": []},
                {"type": "record", "name": "Returned", "fields": []}]}]}
            """;

    @TempDir
    Path directory;

    @Test
    void shouldAcceptTodaysContractsOfThisRepository() throws Exception {
        ReleasedContracts released = ReleasedContracts.ofRepository();
        List<Breach> breaches = new ArrayList<>();
        for (Contract contract : Contract.all()) {
            breaches.addAll(CompatibilityGate.check(contract, released.versions(contract.subject())));
        }
        assertThat(breaches)
                .as("Breaches of released contracts; schemas/released/README.md says what to do")
                .isEmpty();
    }

    @Test
    void shouldStillHaveEverySubjectThatWasReleased() throws Exception {
        assertThat(Contract.all())
                .as("Subjects with a released version; one that is withdrawn on purpose is deleted there too")
                .extracting(Contract::subject)
                .containsAll(ReleasedContracts.ofRepository().subjects());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = ';', textBlock = """
            a field with a default is added  ; {"name": "id",   ; {"name": "more", "type": "int", "default": 0}, {"name": "id",
            a field with a default goes      ; {"name": "note", "type": ["null", "string"], "default": null},      ; ''
            a symbol is added to an enum     ; "RETAIL"         ; "RETAIL", "BULK"
            """)
    void shouldAcceptUnderEveryRule(String change, String from, String to) {
        assertThat(breaches(Rule.FULL_TRANSITIVE, from, to)).isEmpty();
        assertThat(breaches(Rule.BACKWARD_TRANSITIVE, from, to)).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = ';', textBlock = """
            a field without a default goes ; {"name": "id", "type": "string"},                ; ''                          ; put the removed field back
            a branch is added to a union   ; {"type": "record", "name": "Returned", "fields": []} ; {"type": "record", "name": "Returned", "fields": []}, {"type": "record", "name": "Lost", "fields": []} ; a union of a public contract is final
            """)
    void shouldRefuseInPublicOnly(String change, String from, String to, String remedy) {
        assertThat(breaches(Rule.BACKWARD_TRANSITIVE, from, to)).isEmpty();
        assertThat(breaches(Rule.FULL_TRANSITIVE, from, to))
                .singleElement()
                .asString()
                .contains("sale-value", "0.1.0", "old code cannot read", remedy);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = ';', textBlock = """
            a field without a default is added ; {"name": "id",  ; {"name": "more", "type": "int"}, {"name": "id",            ; /fields/0         ; give the new field a default
            a field changes its type           ; "name": "id", "type": "string" ; "name": "id", "type": "long"               ; /fields/0/type    ; keep the type
            a branch leaves a union            ; ,\\s*\\{"type": "record", "name": "Returned", "fields": \\[]\\} ; ''              ; /fields/4/type/1  ; put the removed branch
            a record gets another name         ; "name": "Sale"  ; "name": "Sell"                                             ; /name             ; keep the full name
            milliseconds become microseconds   ; timestamp-millis ; timestamp-micros                                          ; /at               ; keep the logical type
            """)
    void shouldRefuseUnderEveryRule(String change, String from, String to, String path, String remedy) {
        for (Rule rule : Rule.values()) {
            List<Breach> breaches = breaches(rule, from, to);
            assertThat(breaches).isNotEmpty();
            assertThat(breaches.getFirst().path()).isEqualTo(path);
            assertThat(breaches.getFirst()).asString().contains("sale-value", "0.1.0", remedy);
        }
    }

    @Test
    void shouldCompareWithEveryReleaseAndNotOnlyWithTheNewest() {
        Contract today = new Contract("sale-value", Rule.BACKWARD_TRANSITIVE, parse(RELEASED));
        Schema without = parse(RELEASED.replace("{\"name\": \"id\", \"type\": \"string\"},", ""));

        assertThat(CompatibilityGate.check(today, Map.of("0.1.0", without, "0.2.0", parse(RELEASED))))
                .singleElement()
                .extracting(Breach::version)
                .isEqualTo("0.1.0");
    }

    @Test
    void shouldReadBackWhatItReleasedAndNeverChangeIt() throws Exception {
        ReleasedContracts released = new ReleasedContracts(directory);
        Contract contract = new Contract("sale-value", Rule.FULL_TRANSITIVE, parse(RELEASED));
        released.write("0.1.0", List.of(contract), false);

        assertThat(released.subjects()).containsExactly("sale-value");
        assertThat(released.versions("sale-value")).containsExactly(Map.entry("0.1.0", contract.schema()));
        assertThatThrownBy(() -> released.write("0.1.0", List.of(contract), false))
                .hasMessageContaining("orderflow.release.rewrite");
        assertThat(released.write("0.1.0", List.of(contract), true)).hasSize(1);
    }

    private static List<Breach> breaches(Rule rule, String from, String to) {
        String changed = from.contains("\\") ? RELEASED.replaceFirst(from, to) : RELEASED.replace(from, to);
        assertThat(changed).isNotEqualTo(RELEASED);
        return CompatibilityGate.check(
                new Contract("sale-value", rule, parse(changed)), Map.of("0.1.0", parse(RELEASED)));
    }

    private static Schema parse(String json) {
        return new Schema.Parser().parse(json);
    }
}
