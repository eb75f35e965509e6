package dev.orderflow.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.ElementHandle;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The console and the shop in a real browser, on a running stack. */
final class PagesTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    /** What the browser says of answers that are none of its business: nothing is there, or an order is past that. */
    private static final Pattern REFUSED = Pattern.compile("the server responded with a status of (404|409)");

    @TempDir
    static Path data;

    private static Stack stack;
    private static Chromium chromium;
    private static int orders;

    private final List<String> errors = new ArrayList<>();
    private BrowserContext context;
    private Page page;

    @BeforeAll
    static void start() {
        chromium = Chromium.start();
        PlaywrightAssertions.setDefaultAssertionTimeout((double) LIMIT.toMillis());
        stack = Stack.up(data, "--demo", "--set", "dispatch.duration=4s");
    }

    @AfterAll
    static void stop() {
        if (stack != null) {
            stack.close();
        }
        if (chromium != null) {
            chromium.close();
        }
    }

    @BeforeEach
    void open() {
        context = chromium.browser().newContext(new Browser.NewContextOptions().setBaseURL(stack.address()));
        page = context.newPage();
        page.setDefaultTimeout((double) LIMIT.toMillis());
        page.onPageError(errors::add);
        page.onConsoleMessage(message -> {
            if (message.type().equals("error")
                    && !REFUSED.matcher(message.text()).find()) {
                errors.add(message.text());
            }
        });
    }

    @AfterEach
    void shouldHaveRunWithoutErrors() {
        context.close();
        assertThat(errors).isEmpty();
    }

    @Test
    void shouldSellAndShowTheWayOfTheOrderUntilItIsDispatched() {
        page.navigate("/shop");
        Locator mug = region("Blue mug");
        assertThat(mug).containsText("in stock");

        mug.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Buy"))
                .click();

        assertThat(page.locator("main")).containsText("confirmed ✓");
        assertThat(page.getByRole(AriaRole.PROGRESSBAR)).isVisible();
        assertThat(page.locator("main")).containsText("dispatched ✓");
        assertThat(page.locator("main .badge")).hasText("completed");

        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("My orders"))
                .click();
        assertThat(page.locator("tbody tr")).hasCount(1);
        assertThat(page.locator("tbody tr")).containsText("12.96 EUR");
    }

    @Test
    void shouldOfferToCrashEachPart() {
        page.navigate("/shop");

        List.of("order", "payment", "broker", "clickhouse")
                .forEach(part -> assertThat(button(part)).isVisible());
    }

    @Test
    void shouldSayThatACardIsDeclined() {
        page.navigate("/shop");
        region("Biscotti").getByLabel("Pay with").selectOption("pm_declined_shop");
        region("Biscotti")
                .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Buy"))
                .click();

        assertThat(page.locator("main")).containsText("cancelled (payment declined)");
    }

    @Test
    void shouldLetAPersonApproveAPayment() {
        page.navigate("/shop");
        region("Green tea").getByLabel("Pay with").selectOption("pm_pending_shop");
        region("Green tea")
                .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Buy"))
                .click();

        Page provider =
                context.waitForPage(() -> page.getByText("Approve the payment").click());
        provider.getByText("Approve", new Page.GetByTextOptions().setExact(true))
                .click();
        provider.close();

        assertThat(page.locator("main")).containsText("confirmed ✓");
    }

    @Test
    void shouldShowAnOrderWithTheEvidenceForEachStepAndCancelIt() {
        String id = place("u1");
        page.navigate("/console");
        page.getByLabel("Id").fill(id);
        page.getByText("Look at").click();
        assertThat(page.locator("tr", containing("payment-charged"))).containsText("payment.events-0 @ ");

        button("Cancel").click();
        page.getByLabel("Reason").fill("ordered twice");
        page.getByRole(AriaRole.DIALOG)
                .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Cancel"))
                .click();

        assertThat(page.locator("dl")).containsText("cancelled");
        assertThat(page.locator("main")).containsText("ordered twice");
        assertThat(page.locator("#said")).containsText("Cancel " + id + ": 1 asked for");
    }

    @Test
    void shouldAskTheSameOfSeveralOrdersAndSayWhatWasRefused() {
        String first = place("u1");
        String second = place("u1");
        String declined = place("u1", "pm_declined_u1");
        page.navigate("/console#/orders");
        List.of(first, second, declined)
                .forEach(id -> page.getByLabel("choose " + id).check());

        button("Dispatch").click();
        page.getByRole(AriaRole.DIALOG)
                .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Dispatch"))
                .click();

        assertThat(page.locator("#said")).containsText("Dispatch 3 orders: 2 asked for, " + declined + ": ");
        assertThat(page.locator("tr", containing(first))).containsText("completed");
        assertThat(page.locator("tr", containing(second))).containsText("completed");
    }

    @Test
    void shouldShowWhatACustomerSendsAsText() {
        String id = place("<img src=x onerror=alert(1)>");

        page.navigate("/console#/orders/" + id);

        assertThat(page.locator("dl")).containsText("<img src=x onerror=alert(1)>");
        assertThat(page.locator("main img")).hasCount(0);
    }

    @Test
    void shouldShowADeadLetterAndSendItAgain() throws Exception {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", stack.bootstrap()), new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(
                            "order.confirmed",
                            "unreadable".getBytes(StandardCharsets.UTF_8),
                            "no avro".getBytes(StandardCharsets.UTF_8)))
                    .get();
        }
        Eventually.within(
                LIMIT,
                () -> assertThat(stack.get("/dead-letters").json().path("deadLetters"))
                        .isNotEmpty());
        page.navigate("/console#/dead-letters");
        page.getByLabel("Service").selectOption("notification");
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("notification-0-"))
                .first()
                .click();
        assertThat(page.locator("main")).containsText("wire format");

        button("Send again").click();
        page.getByLabel("Reason").fill("try");
        page.getByRole(AriaRole.DIALOG)
                .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Send again"))
                .click();

        assertThat(page.locator("#said")).containsText("1 sent again");
        assertThat(button("Send once more")).isVisible();
    }

    @Test
    void shouldPauseAndResumePayments() {
        page.navigate("/console#/payments");
        button("Pause").click();
        page.getByLabel("Reason").fill("the bank asks us to");
        page.getByRole(AriaRole.DIALOG)
                .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Pause"))
                .click();
        assertThat(page.locator("main dl")).containsText("the bank asks us to");
        assertThat(page.locator("#status")).containsText("payments are paused");

        button("Resume").click();

        assertThat(page.locator("main dl")).containsText("taken");
        assertThat(page.locator("#status")).not().containsText("paused");
    }

    @Test
    void shouldLeaveInPlaceWhatHasNotChanged() {
        page.navigate("/console#/payments");
        ElementHandle pause = button("Pause").elementHandle();

        page.waitForResponse("**/payments/queue*", () -> {});
        page.waitForResponse("**/payments/queue*", () -> {});

        assertThat(pause.evaluate("button => button.isConnected")).isEqualTo(true);
    }

    @Test
    void shouldShowRevenueStockPointsAndTheAudit() {
        String id = place("u-points");
        stack.post("/orders/" + id + "/dispatch", "{}");

        page.navigate("/console#/revenue");
        assertThat(page.getByRole(AriaRole.IMG)).isVisible();
        page.navigate("/console#/points/u-points");
        assertThat(page.locator("main")).containsText("u-points has 12 points");
        page.navigate("/console#/stock/berlin/mug-blue");
        assertThat(page.locator("tr", containing("mug-blue"))).containsText("berlin");
        page.navigate("/console#/audit");
        assertThat(page.locator("dl")).containsText("agree");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/console#/orders",
                "/console#/orders/%s",
                "/console#/stock",
                "/console#/points/u1",
                "/console#/payments",
                "/console#/dead-letters",
                "/console#/revenue",
                "/console#/audit",
                "/shop",
                "/shop#/orders",
                "/shop#/orders/%s"
            })
    void shouldBeUsableByEverybody(String path) {
        page.navigate(path.formatted(place("u1")));
        assertThat(page.locator("h1")).isVisible();
        assertThat(page.locator("main")).containsText(Pattern.compile("\\S+\\s+\\S+"));

        assertThat(violations()).isEmpty();
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
        assertThat(violations()).isEmpty();
        page.setViewportSize(420, 900);
        assertThat(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
                .as("nothing is wider than a telephone")
                .isEqualTo(true);
    }

    private List<String> violations() {
        return new AxeBuilder(page)
                .analyze().getViolations().stream()
                        .map(violation -> violation.getId() + ": " + violation.getNodes())
                        .toList();
    }

    private Locator region(String name) {
        return page.getByRole(AriaRole.REGION, new Page.GetByRoleOptions().setName(name));
    }

    private Locator button(String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    private static Page.LocatorOptions containing(String text) {
        return new Page.LocatorOptions().setHasText(text);
    }

    private static String place(String user) {
        return place(user, "pm_u1");
    }

    /** An order that has its outcome. */
    private static String place(String user, String card) {
        String id = "page-" + orders++;
        String order = "{\"orderId\":\"" + id + "\",\"userId\":\"" + user + "\",\"currency\":\"EUR\","
                + "\"stockLocation\":\"berlin\",\"items\":[{\"productId\":\"mug-blue\",\"quantity\":1,\"price\":1200}],"
                + "\"paymentMethodId\":\"" + card + "\"}";
        assertThat(stack.post("/orders", order, "Prefer", "wait=20").status()).isEqualTo(200);
        return id;
    }
}
