package dev.orderflow.order.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.events.OrderStatus;
import dev.orderflow.order.view.Views;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OrderListsTest {

    private static final Pattern ID = Pattern.compile("\"orderId\":\"([^\"]*)\"");
    private static final Pattern CURSOR = Pattern.compile("\"nextCursor\":\"([^\"]*)\"");

    private ApiServer server;

    @BeforeEach
    void start() {
        server = new ApiServer(Views.CREATED);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void shouldListTheNewestFirstPageByPage() {
        IntStream.range(0, 5).forEach(i -> show(server, "o-" + i, i, OrderStatus.CONFIRMED));

        HttpResponse<String> first = server.web.get("/orders?limit=2");
        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(ids(first)).containsExactly("o-4", "o-3");
        HttpResponse<String> second = server.web.get("/orders?limit=2&cursor=" + cursor(first));
        assertThat(ids(second)).containsExactly("o-2", "o-1");
        HttpResponse<String> third = server.web.get("/orders?limit=2&cursor=" + cursor(second));
        assertThat(ids(third)).containsExactly("o-0");
        assertThat(third.body()).contains("\"nextCursor\":null");
    }

    @Test
    void shouldListOneStatus() {
        show(server, "o-1", 1, OrderStatus.CONFIRMED);
        show(server, "o-2", 2, OrderStatus.CANCELLED);

        assertThat(ids(server.web.get("/orders?status=cancelled"))).containsExactly("o-2");
        assertThat(server.web.get("/orders?status=charging").body()).isEqualTo("{\"orders\":[],\"nextCursor\":null}");
    }

    @Test
    void shouldListTheOrdersOfAllInstances() {
        try (ApiServer other = new ApiServer(Views.CREATED)) {
            server.views.setOthers(other.address());
            other.views.setOthers(server.address());
            IntStream.range(0, 6).forEach(i -> show(i % 2 == 0 ? server : other, "o-" + i, i, OrderStatus.CONFIRMED));

            HttpResponse<String> first = server.web.get("/orders?limit=3&status=confirmed");
            assertThat(ids(first)).containsExactly("o-5", "o-4", "o-3");
            HttpResponse<String> second = other.web.get("/orders?limit=3&cursor=" + cursor(first));
            assertThat(ids(second)).containsExactly("o-2", "o-1", "o-0");
            assertThat(second.body()).contains("\"nextCursor\":null");
        }
    }

    @Test
    void shouldNotTellHalfAList() {
        server.views.setOthers(URI.create("http://127.0.0.1:1"));

        assertThat(server.web.get("/orders").statusCode()).isEqualTo(503);
    }

    @Test
    void shouldNotTellAListWhileOrdersAreRead() {
        server.views.setReading();

        HttpResponse<String> answer = server.web.get("/orders");

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
    }

    @Test
    void shouldNotTellHalfAListWhileAnotherInstanceReads() {
        try (ApiServer other = new ApiServer(Views.CREATED)) {
            server.views.setOthers(other.address());
            other.views.setReading();

            assertThat(server.web.get("/orders").statusCode()).isEqualTo(503);
        }
    }

    @ParameterizedTest
    @CsvSource({"limit=0,limit", "limit=501,limit", "limit=many,limit", "status=lost,status", "cursor=x,cursor"})
    void shouldRefuseABadParameter(String query, String name) {
        HttpResponse<String> answer = server.web.get("/orders?" + query);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("\"field\":\"" + name + "\"");
    }

    private static void show(ApiServer where, String id, int second, OrderStatus status) {
        where.views.show(Views.order(id, 1, status)
                .setCreatedAt(Views.CREATED.plusSeconds(second))
                .build());
    }

    private static List<String> ids(HttpResponse<String> answer) {
        return ID.matcher(answer.body()).results().map(found -> found.group(1)).toList();
    }

    private static String cursor(HttpResponse<String> answer) {
        return CURSOR.matcher(answer.body())
                .results()
                .map(found -> found.group(1))
                .findFirst()
                .orElseThrow(() -> new AssertionError(answer.body()));
    }
}
