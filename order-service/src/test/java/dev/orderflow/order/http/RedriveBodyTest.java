package dev.orderflow.order.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orderflow.durable.deadletter.DeadLetterId;
import dev.orderflow.order.saga.Fault;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedriveBodyTest {

    @Test
    void shouldBeReadWhole() throws Exception {
        RedriveBody body =
                parse("{\"ids\":[\"payment-0-17\",\"order-saga-1-2\"],\"reason\":\"mended\",\"again\":true}");

        assertThat(body.faults()).isEmpty();
        assertThat(body.ids())
                .containsExactly(new DeadLetterId("payment", 0, 17), new DeadLetterId("order-saga", 1, 2));
        assertThat(body.reason()).isEqualTo("mended");
        assertThat(body.again()).isTrue();
    }

    @Test
    void shouldNeedNothingButIds() throws Exception {
        RedriveBody body = parse("{\"ids\":[\"payment-0-17\"]}");

        assertThat(body.faults()).isEmpty();
        assertThat(body.reason()).isNull();
        assertThat(body.again()).isFalse();
    }

    @Test
    void shouldNameAllThatIsWrongAtOnce() throws Exception {
        RedriveBody body = parse("{\"ids\":[\"payment\",7],\"reason\":\"a\\u0007\",\"again\":\"yes\",\"id\":1}");

        assertThat(body.faults()).extracting(Fault::field).containsExactly("ids[0]", "ids[1]", "again", "id", "reason");
        assertThat(body.faults().getFirst().message()).contains("payment-0-17");
    }

    @Test
    void shouldTakeNeitherNoneNorTooMany() throws Exception {
        String many = IntStream.range(0, 501)
                .mapToObj(i -> "\"payment-0-" + i + "\"")
                .collect(Collectors.joining(",", "{\"ids\":[", "]}"));

        assertThat(parse("{}").faults()).extracting(Fault::field).containsExactly("ids");
        assertThat(parse("{\"ids\":[]}").faults()).extracting(Fault::message).containsExactly("give 1 to 500 ids");
        assertThat(parse("{\"ids\":\"payment-0-1\"}").faults())
                .singleElement()
                .satisfies(fault -> assertThat(fault.message()).contains("array"));
        assertThat(parse(many).faults()).extracting(Fault::value).containsExactly("501 ids");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{", "{\"ids\":["})
    void shouldBeAJsonObject(String text) {
        assertThatThrownBy(() -> parse(text)).isInstanceOf(MalformedJsonException.class);
    }

    private static RedriveBody parse(String text) throws MalformedJsonException {
        return RedriveBody.parse(text.getBytes(StandardCharsets.UTF_8));
    }
}
