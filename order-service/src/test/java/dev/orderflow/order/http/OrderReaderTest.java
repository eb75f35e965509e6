package dev.orderflow.order.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orderflow.order.http.OrderReader.Reading;
import dev.orderflow.order.saga.Fault;
import dev.orderflow.order.saga.OrderId;
import dev.orderflow.order.saga.PlacedOrder;
import dev.orderflow.order.saga.SagaSettings;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OrderReaderTest {

    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");
    private static final String GOOD_ITEM = "{\"productId\":\"mug\",\"quantity\":2,\"price\":1250}";

    private final OrderReader reader = new OrderReader(SagaSettings.DEFAULTS);

    @Test
    void shouldReadEverythingThatAnOrderCanSay() throws MalformedJsonException {
        Reading reading =
                read("{\"orderId\":\"o-1\",\"userId\":\"u1\",\"currency\":\"JPY\",\"stockLocation\":\"tokyo\","
                        + "\"locale\":\"ja-JP\",\"paymentMethodId\":\"pm\",\"x-campaign\":{\"deep\":[1,2]},\"items\":["
                        + GOOD_ITEM + "]}");

        assertThat(reading)
                .isInstanceOfSatisfying(
                        Reading.Order.class,
                        order -> assertThat(order.order())
                                .isEqualTo(new PlacedOrder(
                                        "o-1",
                                        "u1",
                                        "pm",
                                        "ja-JP",
                                        "JPY",
                                        "tokyo",
                                        List.of(new PlacedOrder.Item("mug", 2, 1250)),
                                        NOW)));
    }

    @Test
    void shouldTakeTheIdFromTheBodyThenFromTheKeyThenAnew() throws MalformedJsonException {
        Optional<String> key = Optional.of("key");

        assertThat(id(with("\"orderId\":\"o-1\""), key)).isEqualTo("o-1");
        assertThat(id(with("\"locale\":\"de\""), key)).isEqualTo(OrderId.derive("u1", "key"));
        assertThat(id(with("\"locale\":\"de\""), Optional.empty())).isEqualTo("new-id");
        assertThat(id(with("\"orderId\":null"), Optional.empty())).isEqualTo("new-id");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "orderId":7                 | orderId         | 7         | text in quotes
            "orderId":"a b"             | orderId         | a b       | must match
            "currency":"EUROS"          | currency        | EUROS     | ISO 4217
            "currency":["EUR"]          | currency        | [...]     | text in quotes
            "stockLocation":"a/b"       | stockLocation   | a/b       | must match
            "locale":true               | locale          | true      | text in quotes
            "itmes":[]                  | itmes           | [...]     | did you mean items?
            "payment_method_id":"pm"    | payment_method_id | "pm"    | did you mean paymentMethodId?
            "colour":{"a":1}            | colour          | {...}     | use one of
            "userId":"u2"               | userId          | "u2"      | is there twice
            "orderId":"\\ud800"         | orderId         | null      | half a character
            """)
    void shouldNameFieldValueAndRemedy(String field, String name, String value, String remedy)
            throws MalformedJsonException {
        assertThat(faults(with(field))).singleElement().satisfies(fault -> {
            assertThat(fault.field()).isEqualTo(name);
            assertThat(fault.value()).isEqualTo(value);
            assertThat(fault.message()).contains(remedy);
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "quantity":1,"price":29.99       | items[0].price     | 29.99    | write 2999
            "quantity":1,"price":"29.99"     | items[0].price     | 29.99    | write 2999
            "quantity":1,"price":3e2         | items[0].price     | 3e2      | whole number
            "quantity":1,"price":29.999      | items[0].price     | 29.999   | USD has 2 digits
            "quantity":1,"price":"2999"      | items[0].price     | "2999"   | without quotes
            "quantity":1,"price":"cheap"     | items[0].price     | "cheap"  | whole number
            "quantity":1,"price":-1          | items[0].price     | -1       | 0 or more
            "quantity":1,"price":99999999999999999999 | items[0].price | 99999999999999999999 | too large
            "quantity":1                     | items[0].price     | null     | is missing
            "quantity":1,"price":null        | items[0].price     | null     | is missing
            "price":1                        | items[0].quantity  | null     | is missing
            "quantity":1.5,"price":1         | items[0].quantity  | 1.5      | whole number
            "quantity":0,"price":1           | items[0].quantity  | 0        | 1 to
            "quantity":1,"price":1,"qty":1   | items[0].qty       | 1        | use one of
            "quantity":1,"price":1,"price":2 | items[0].price     | 2        | is there twice
            """)
    void shouldNameTheFaultOfAnItem(String rest, String field, String value, String remedy)
            throws MalformedJsonException {
        assertThat(faults(order("{\"productId\":\"mug\"," + rest + "}")))
                .singleElement()
                .satisfies(fault -> {
                    assertThat(fault.field()).isEqualTo(field);
                    assertThat(fault.value()).isEqualTo(value);
                    assertThat(fault.message()).contains(remedy);
                });
    }

    @ParameterizedTest
    @CsvSource({"JPY,29.99,'JPY has 0 digits'", "JPY,29.0,write 29", "KWD,1.234,write 1234", "EUR,0.1,write 10"})
    void shouldKnowTheDigitsOfTheCurrencyEvenIfItComesLast(String currency, String price, String remedy)
            throws MalformedJsonException {
        String item = "{\"productId\":\"mug\",\"quantity\":1,\"price\":" + price + "}";
        List<Fault> faults = faults("{\"userId\":\"u1\",\"paymentMethodId\":\"pm\",\"items\":[" + item
                + "],\"currency\":\"" + currency + "\"}");

        assertThat(faults)
                .singleElement()
                .satisfies(fault -> assertThat(fault.message()).contains(remedy));
    }

    @Test
    void shouldFindEveryFaultAtOnce() throws MalformedJsonException {
        List<Fault> faults = faults("{\"orderId\":\"\",\"items\":[7," + GOOD_ITEM + ",{}],\"userId\":\"a\\u0000b\"}");

        assertThat(faults)
                .extracting(Fault::field)
                .containsExactlyInAnyOrder(
                        "orderId",
                        "userId",
                        "paymentMethodId",
                        "items[0]",
                        "items[2].productId",
                        "items[2].quantity",
                        "items[2].price");
    }

    @Test
    void shouldNotListMoreFaultsThanAnybodyReads() throws MalformedJsonException {
        List<Fault> faults = faults(order("{},".repeat(499) + "{}"));

        assertThat(faults).hasSize(101);
        assertThat(faults.getLast().message()).isEqualTo("and 1400 more faults");
    }

    @Test
    void shouldRefuseAKeyThatIsNone() throws MalformedJsonException {
        assertThat(reader.read(bytes(order(GOOD_ITEM)), Optional.of(" "), () -> "new-id", NOW))
                .isInstanceOfSatisfying(
                        Reading.Faulty.class,
                        faulty -> assertThat(faulty.faults())
                                .extracting(Fault::field)
                                .containsExactly("Idempotency-Key"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "  ",
                "null",
                "[]",
                "7",
                "{",
                "{\"a\"}",
                "{} {}",
                "{\"userId\":\"u1\"",
                "{\"a\":NaN}",
                "{a:1}"
            })
    void shouldSayWhatIsNoOrder(String body) {
        assertThatThrownBy(() -> read(body))
                .isInstanceOf(MalformedJsonException.class)
                .hasMessageNotContainingAny("Source", "REDACTED");
    }

    @Test
    void shouldPointAtTheLineAndColumn() {
        assertThatThrownBy(() -> read("{\n  \"userId\": \"u1\",\n  oops\n}"))
                .isInstanceOfSatisfying(
                        MalformedJsonException.class,
                        malformed -> assertThat(malformed.place()).startsWith("line 3, column "));
    }

    @Test
    void shouldRefuseWhatIsNotUtf8() {
        byte[] latin1 = "{\"userId\":\"M\u00fcller\"}".getBytes(StandardCharsets.ISO_8859_1);

        assertThatThrownBy(() -> reader.read(latin1, Optional.empty(), () -> "new-id", NOW))
                .isInstanceOf(MalformedJsonException.class)
                .hasMessageContaining("UTF-8");
    }

    private Reading read(String body) throws MalformedJsonException {
        return reader.read(bytes(body), Optional.empty(), () -> "new-id", NOW);
    }

    private List<Fault> faults(String body) throws MalformedJsonException {
        return switch (read(body)) {
            case Reading.Faulty faulty -> faulty.faults();
            case Reading.Order order -> throw new AssertionError("Nothing is wrong with " + order);
        };
    }

    private String id(String body, Optional<String> key) throws MalformedJsonException {
        return switch (reader.read(bytes(body), key, () -> "new-id", NOW)) {
            case Reading.Order order -> order.id();
            case Reading.Faulty faulty -> throw new AssertionError(faulty);
        };
    }

    private static String with(String field) {
        return "{\"userId\":\"u1\",\"paymentMethodId\":\"pm\"," + field + ",\"items\":[" + GOOD_ITEM + "]}";
    }

    private static String order(String items) {
        return "{\"userId\":\"u1\",\"paymentMethodId\":\"pm\",\"items\":[" + items + "]}";
    }

    private static byte[] bytes(String body) {
        return body.getBytes(StandardCharsets.UTF_8);
    }
}
