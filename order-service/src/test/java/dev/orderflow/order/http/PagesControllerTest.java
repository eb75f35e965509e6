package dev.orderflow.order.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.order.view.Views;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class PagesControllerTest {

    private static final Pattern IMPORT = Pattern.compile("from '\\./([^']*)'");
    private static final Pattern LINK = Pattern.compile("(?:src|href)=\"/pages/([^\"]*)\"");
    private static final Pattern INLINE = Pattern.compile("<style|style=|<script(?![^>]* src=)| on[a-z]+=|innerHTML");

    private static ApiServer server;

    @BeforeAll
    static void start() {
        server = new ApiServer(Views.CREATED, new Pages());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void shouldServeEveryFileAndNoOther() throws Exception {
        assertThat(files()).isNotEmpty().containsExactlyInAnyOrderElementsOf(Pages.NAMES);
    }

    @ParameterizedTest
    @MethodSource("files")
    void shouldServeAFileAsItIs(String name) throws Exception {
        HttpResponse<String> answer = server.web.get("/pages/" + name);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(text(name));
        assertThat(answer.headers().firstValue("Content-Type"))
                .contains(
                        switch (name.substring(name.lastIndexOf('.') + 1)) {
                            case "html" -> "text/html; charset=utf-8";
                            case "css" -> "text/css; charset=utf-8";
                            case "js" -> "text/javascript; charset=utf-8";
                            case "svg" -> "image/svg+xml";
                            default -> "unknown";
                        });
    }

    @ParameterizedTest
    @MethodSource("files")
    void shouldNameOnlyFilesThatAreServed(String name) throws Exception {
        String text = text(name);

        assertThat(Stream.of(IMPORT, LINK)
                        .flatMap(pattern -> pattern.matcher(text).results())
                        .map(found -> found.group(1)))
                .isSubsetOf(Pages.NAMES);
    }

    @ParameterizedTest
    @MethodSource("files")
    void shouldContainNothingThatThePolicyForbids(String name) throws Exception {
        assertThat(INLINE.matcher(text(name)).results().map(MatchResult::group)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"/console, console.html", "/shop, shop.html"})
    void shouldServeThePagesUnderTheirOwnNames(String path, String file) throws Exception {
        HttpResponse<String> answer = server.web.get(path, "Accept", "text/html");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(text(file));
    }

    @Test
    void shouldTellTheBrowserToLoadNothingFromElsewhere() {
        HttpResponse<String> answer = server.web.get("/console");

        assertThat(answer.headers().firstValue("Content-Security-Policy"))
                .hasValueSatisfying(policy -> assertThat(policy)
                        .startsWith("default-src 'self';")
                        .contains("frame-ancestors 'none'")
                        .doesNotContain("unsafe"));
        assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(answer.headers().firstValue("Referrer-Policy")).contains("same-origin");
        assertThat(answer.headers().firstValue("Cache-Control")).contains("no-cache");
    }

    @Test
    void shouldNotSendAgainWhatTheBrowserHas() {
        String tag = server.web.get("/shop").headers().firstValue("ETag").orElseThrow();

        HttpResponse<String> same = server.web.get("/shop", "If-None-Match", tag);
        HttpResponse<String> other = server.web.get("/shop", "If-None-Match", "\"0123\"");

        assertThat(same.statusCode()).isEqualTo(304);
        assertThat(same.body()).isEmpty();
        assertThat(same.headers().firstValue("ETag")).contains(tag);
        assertThat(other.statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"/pages/none.js", "/pages/..%2Fschema.json"})
    void shouldSayThatThereIsNoSuchPage(String path) {
        HttpResponse<String> answer = server.web.get(path);

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(answer.body()).contains("There is no page ", "see /console");
    }

    @Test
    void shouldLeadToTheConsole() {
        HttpResponse<String> answer = server.web.get("/");

        assertThat(answer.statusCode()).isEqualTo(302);
        assertThat(answer.headers().firstValue("Location")).contains("/console");
    }

    private static List<String> files() throws IOException, URISyntaxException {
        try (Stream<Path> files = Files.list(directory())) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static Path directory() throws URISyntaxException {
        return Path.of(Objects.requireNonNull(Pages.class.getResource(Pages.DIRECTORY + Pages.CONSOLE))
                        .toURI())
                .resolveSibling("");
    }

    private static String text(String name) throws IOException, URISyntaxException {
        return Files.readString(directory().resolve(name), StandardCharsets.UTF_8);
    }
}
