package dev.orderflow.inventory.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.durable.http.Problem.Fault;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AdjustmentParserTest {

    private static AdjustmentParser.Parsed parse(String body) {
        return AdjustmentParser.parse(body.getBytes(UTF_8), "main");
    }

    @Test
    void shouldReadOneAdjustment() {
        var parsed = parse("{\"productId\":\"cup\",\"delta\":10,\"adjustmentId\":\"a-1\"}");
        assertThat(parsed.faults()).isEmpty();
        assertThat(parsed.adjustments()).containsExactly(new AdjustmentRequest("main", "cup", 10, "a-1"));
    }

    @Test
    void shouldReadArray() {
        var parsed = parse("""
                [{"location":"east","productId":"cup","delta":10,"adjustmentId":"a-1"},
                 {"location":null,"productId":"pot","delta":-3,"adjustmentId":"a-1"}]""");
        assertThat(parsed.faults()).isEmpty();
        assertThat(parsed.adjustments())
                .containsExactly(
                        new AdjustmentRequest("east", "cup", 10, "a-1"),
                        new AdjustmentRequest("main", "pot", -3, "a-1"));
    }

    @Test
    void shouldNameEveryFaultAtOnce() {
        var parsed = parse("""
                [{"productId":"","delta":1.5,"adjustmentId":7,"colour":{"a":[1]}},
                 "cup",
                 {"location":"a/b","delta":"3"},
                 {"productId":"cup","delta":0,"adjustmentId":"x"},
                 {"productId":"cup","delta":99999999999999999999,"adjustmentId":"y"}]""");
        assertThat(parsed.faults())
                .extracting(Fault::field)
                .containsExactly(
                        "[0].productId",
                        "[0].delta",
                        "[0].adjustmentId",
                        "[0].colour",
                        "[1]",
                        "[2].location",
                        "[2].delta",
                        "[2].productId",
                        "[2].adjustmentId",
                        "[3].delta",
                        "[4].delta");
        assertThat(parsed.faults().get(1).message()).contains("integer");
        assertThat(parsed.faults().get(1).value()).isEqualTo("1.5");
    }

    @Test
    void shouldRefuseOneIdForTwoAdjustments() {
        var parsed = parse("""
                [{"productId":"cup","delta":1,"adjustmentId":"a"},
                 {"productId":"cup","delta":1,"adjustmentId":"a"},
                 {"productId":"cup","delta":2,"adjustmentId":"a"}]""");
        assertThat(parsed.faults()).extracting(Fault::field).containsExactly("[2].adjustmentId");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "nonsense", "{", "[]", "7", "{\"delta\":1,\"delta\":2}", "{} {}", "null", "[[[[", "[{}"})
    void shouldExplainWhatIsNoAdjustment(String body) {
        assertThat(parse(body).faults())
                .isNotEmpty()
                .allSatisfy(fault -> assertThat(fault.message()).isNotBlank());
    }

    @ParameterizedTest
    @CsvSource({"10000,0", "10001,1"})
    void shouldTakeTenThousandAtOnce(int count, int faults) {
        String body = IntStream.range(0, count)
                .mapToObj(i -> "{\"productId\":\"cup\",\"delta\":1,\"adjustmentId\":\"a" + i + "\"}")
                .collect(Collectors.joining(",", "[", "]"));
        assertThat(parse(body).faults()).hasSize(faults);
        assertThat(List.copyOf(parse(body).adjustments())).hasSize(10_000);
    }
}
