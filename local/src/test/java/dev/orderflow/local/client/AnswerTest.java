package dev.orderflow.local.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class AnswerTest {

    private static Api.Answer answer(int status, String json) throws Exception {
        return new Api.Answer(status, new ObjectMapper().readTree(json));
    }

    @Test
    void shouldTellEachFaultWithWhatWasThere() throws Exception {
        assertThat(answer(400, """
                {"detail": "3 things are wrong; nothing was done.", "errors": [
                  {"field": "items[0].price", "value": "29.99", "message": "write 2999"},
                  {"field": "userId", "value": "null", "message": "is missing"},
                  {"field": "", "value": "", "message": "and 7 more faults"}]}
                """).problem()).isEqualTo("""
                HTTP 400: 3 things are wrong; nothing was done.
                  items[0].price = 29.99: write 2999
                  userId: is missing
                  and 7 more faults""");
    }

    @Test
    void shouldNotRepeatWhatTheWholeSays() throws Exception {
        assertThat(answer(400, """
                {"detail": "The body cannot be read (line 1, column 6): it ends too early",
                 "errors": [{"field": "", "value": "line 1, column 6", "message": "it ends too early"}]}
                """).problem())
                .isEqualTo("HTTP 400: The body cannot be read (line 1, column 6): it ends too early");
    }

    @Test
    void shouldShowAnOrderWithTheTimeOfEachStep() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Api.Answer order = answer(200, """
                {"orderId": "o-1", "status": "completed", "outcome": "confirmed", "reason": null,
                 "lines": [{"quantity": 2, "productId": "mug-blue", "lineTotal": 2400}],
                 "totals": {"currency": "EUR", "digits": 2, "tax": 192, "total": 2592}}
                """);
        Api.Answer timeline = answer(200, """
                {"orderId": "o-1", "timeline": [
                   {"step": "stock-reserved", "time": "2026-03-01T12:00:00.200Z", "topic": "inventory.events",
                    "partition": 1, "offset": null, "eventId": "o-1/reserved", "detail": null},
                   {"step": "payment-charged", "time": "2026-03-01T12:00:00.250Z", "topic": "payment.events",
                    "partition": 1, "offset": 7, "eventId": null, "detail": "ch-1"},
                   {"step": "order-confirmed", "time": "2026-03-01T12:00:00.251Z", "topic": null, "partition": null,
                    "offset": null, "eventId": null, "detail": null}]}
                """);
        ShowCommand.print(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                order,
                timeline.body().path("timeline"));

        assertThat(out.toString(StandardCharsets.UTF_8)
                        .lines()
                        .map(line -> line.replaceAll(" +", " ").strip()))
                .containsExactly(
                        "o-1 completed, confirmed",
                        "2 x mug-blue 24.00",
                        "tax 1.92",
                        "total 25.92 EUR",
                        "",
                        "2026-03-01T12:00:00.200Z stock-reserved inventory.events-1 @o-1/reserved",
                        "2026-03-01T12:00:00.250Z payment-charged payment.events-1 @7 ch-1",
                        "2026-03-01T12:00:00.251Z order-confirmed");
    }
}
