package dev.orderflow.notification.topology;

import static dev.orderflow.notification.topology.Events.ANN;
import static dev.orderflow.notification.topology.Events.START;
import static dev.orderflow.notification.topology.Events.cancelled;
import static dev.orderflow.notification.topology.Events.completed;
import static dev.orderflow.notification.topology.Events.confirmed;
import static dev.orderflow.notification.topology.Events.refunded;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.durable.RetriableException;
import dev.orderflow.durable.TerminalException;
import dev.orderflow.durable.runtime.DeadLetterHeaders;
import dev.orderflow.durable.runtime.EventHeaders;
import dev.orderflow.durable.runtime.Routing;
import dev.orderflow.durable.settings.Settings;
import dev.orderflow.durable.testing.GoldenTopology;
import dev.orderflow.durable.testing.TaskTestDriver;
import dev.orderflow.durable.testing.TaskTestDriver.Output;
import dev.orderflow.durable.wire.AvroSerdes;
import dev.orderflow.durable.wire.InMemoryRegistry;
import dev.orderflow.events.CancelReason;
import dev.orderflow.events.Customer;
import dev.orderflow.events.FollowUp;
import dev.orderflow.events.MailSent;
import dev.orderflow.events.OrderConfirmed;
import dev.orderflow.notification.delivery.Mailer;
import dev.orderflow.notification.delivery.SandboxDirectory;
import dev.orderflow.notification.message.Mail;
import dev.orderflow.schemas.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NotificationTopologyTest {

    private static final String CONFIRMED = Topics.ORDER_CONFIRMED.name();
    private static final String CANCELLED = Topics.ORDER_CANCELLED.name();
    private static final String COMPLETED = Topics.ORDER_COMPLETED.name();
    private static final String REFUNDED = Topics.ORDER_REFUNDED.name();
    private static final String DEAD = Topics.NOTIFICATION_DEAD_LETTERS.name();

    private final AvroSerdes serdes = AvroSerdes.with(new InMemoryRegistry());
    private final NotificationSettings settings = NotificationSettings.from(Settings.of(Map.of()));
    private final RecordingMailer mailer = new RecordingMailer();
    private final TaskTestDriver driver = new TaskTestDriver(
            NotificationTopology.definition(settings, serdes, new SandboxDirectory(), mailer), START, serdes);

    /** Takes mails, or throws what a test says. */
    private static final class RecordingMailer implements Mailer {

        private final List<Mail> mails = new ArrayList<>();
        private RuntimeException failure;

        @Override
        public void send(Mail mail) {
            if (failure != null) {
                throw failure;
            }
            mails.add(mail);
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }

    @AfterEach
    void close() {
        driver.close();
    }

    @Test
    void shouldMailWhatBecomesOfAnOrder() {
        driver.send(CONFIRMED, "order-1", confirmed("order-1"));
        driver.send(Topics.ORDER_COMPLETED.name(), "order-1", completed("order-1"));
        driver.send(Topics.ORDER_REFUNDED.name(), "order-1", refunded("order-1"));
        driver.send(CANCELLED, "order-2", cancelled("order-2", CancelReason.OUT_OF_STOCK, ANN));
        driver.send(CANCELLED, "order-3", cancelled("order-3", CancelReason.INVALID, ANN));

        driver.runEffects();

        assertThat(mailer.mails)
                .extracting(Mail::messageId)
                .containsExactly(
                        "<order-1.confirmed@orderflow>",
                        "<order-1.dispatched@orderflow>",
                        "<order-1.refunded@orderflow>",
                        "<order-2.cancelled@orderflow>",
                        "<order-3.rejected@orderflow>");
        assertThat(mailer.mails).extracting(Mail::to).containsOnly("ann@example.test");
        assertThat(mailer.mails.get(0).text()).contains("$28.06");
        assertThat(mailer.mails.get(3).text()).contains("coffee-1kg: 2 ordered, 1 in stock");
        assertThat(mailer.mails.get(4).text()).contains("currency: use ISO 4217");
    }

    @Test
    void shouldSendEachMailOnceHoweverOftenItsEventIsRead() {
        driver.send(CONFIRMED, "order-1", confirmed("order-1"));
        driver.send(CONFIRMED, "order-1", confirmed("order-1"));
        driver.runEffects();
        driver.advance(settings.maxAge());
        driver.send(CONFIRMED, "order-1", confirmed("order-1"));
        driver.runEffects();

        assertThat(mailer.mails).hasSize(1);
    }

    @Test
    void shouldForgetAMailWhenItsEventIsTooOldToLeadToIt() {
        driver.send(CONFIRMED, "order-1", confirmed("order-1"));
        driver.runEffects();
        assertThat(driver.<MailSent>store("sent").get("order-1:mail-confirmed")).isNotNull();

        driver.advance(settings.remembered());

        assertThat(driver.<MailSent>store("sent").get("order-1:mail-confirmed")).isNull();
    }

    @Test
    void shouldNotMailOldNews() {
        try (TaskTestDriver late = new TaskTestDriver(
                NotificationTopology.definition(settings, serdes, new SandboxDirectory(), mailer), START, serdes)) {
            byte[] value = serdes.serialize(CONFIRMED, confirmed("order-1"));
            late.advance(Duration.ofDays(30));
            late.sendBytesAt(CONFIRMED, Routing.keyBytes("order-1"), value, START);
            late.send(CONFIRMED, "order-2", confirmed("order-2"));
            late.runEffects();
        }

        assertThat(mailer.mails).extracting(Mail::messageId).containsExactly("<order-2.confirmed@orderflow>");
    }

    @Test
    void shouldAskForAReviewOnceWhenItsTimeHasCome() {
        driver.send(COMPLETED, "order-1", completed("order-1"));
        driver.runEffects();
        driver.advance(settings.reviewAfter().minusSeconds(1));
        driver.runEffects();
        assertThat(mailer.mails).hasSize(1);

        driver.advance(Duration.ofSeconds(1));
        driver.runEffects();
        driver.send(COMPLETED, "order-1", completed("order-1"));
        driver.advance(settings.reviewAfter());
        driver.runEffects();

        assertThat(mailer.mails)
                .extracting(Mail::messageId)
                .containsExactly("<order-1.dispatched@orderflow>", "<order-1.review@orderflow>");
        assertThat(mailer.mails.get(1).text()).contains("2 x coffee-1kg");
        assertThat(driver.<FollowUp>store("follow-ups").get("order-1")).isNull();
    }

    @Test
    void shouldAskForNoReviewOfAnOrderThatWasPaidBackWhicheverEventIsReadFirst() {
        driver.send(COMPLETED, "order-1", completed("order-1"));
        driver.advance(Duration.ofDays(1));
        driver.send(REFUNDED, "order-1", refunded("order-1"));
        driver.send(REFUNDED, "order-2", refunded("order-2"));
        driver.send(COMPLETED, "order-2", completed("order-2"));
        driver.send(COMPLETED, "order-1", completed("order-1"));
        driver.runEffects();
        driver.advance(settings.reviewAfter());
        driver.runEffects();

        assertThat(mailer.mails)
                .extracting(Mail::messageId)
                .containsExactlyInAnyOrder(
                        "<order-1.dispatched@orderflow>",
                        "<order-1.refunded@orderflow>",
                        "<order-2.dispatched@orderflow>",
                        "<order-2.refunded@orderflow>");

        driver.advance(settings.remembered());
        assertThat(driver.<FollowUp>store("follow-ups").get("order-1")).isNull();
        assertThat(driver.<FollowUp>store("follow-ups").get("order-2")).isNull();
    }

    @Test
    void shouldTakeBackAReviewRequestThatCouldNotBeSentYetWhenTheOrderIsPaidBack() {
        driver.send(COMPLETED, "order-1", completed("order-1"));
        driver.runEffects();
        mailer.failure = new RetriableException("connection refused");
        driver.advance(settings.reviewAfter());
        driver.runEffects();
        driver.send(REFUNDED, "order-1", refunded("order-1"));
        mailer.failure = null;
        driver.advance(Duration.ofHours(1));
        driver.runEffects();

        assertThat(mailer.mails)
                .extracting(Mail::messageId)
                .containsExactly("<order-1.dispatched@orderflow>", "<order-1.refunded@orderflow>");
    }

    @Test
    void shouldAskForNoReviewsWhereThatIsSetSo() {
        try (TaskTestDriver silent = new TaskTestDriver(
                NotificationTopology.definition(
                        NotificationSettings.from(Settings.of(Map.of("mail.review-after", "0s"))),
                        serdes,
                        new SandboxDirectory(),
                        mailer),
                START,
                serdes)) {
            silent.send(COMPLETED, "order-1", completed("order-1"));
            assertThat(silent.<FollowUp>store("follow-ups").get("order-1")).isNull();
        }
    }

    @Test
    void shouldWriteToNobodyWhoIsNotNamed() {
        driver.send(CANCELLED, "order-1", cancelled("order-1", CancelReason.INVALID, new Customer(null, null, null)));
        driver.send(CANCELLED, "order-2", cancelled("order-2", CancelReason.INVALID, new Customer(" ", null, null)));

        assertThat(driver.runEffects()).isZero();
        assertThat(driver.rawOutputs(DEAD)).isEmpty();
    }

    @Test
    void shouldWriteAmountsInTheLocaleOfTheCustomer() {
        driver.send(CONFIRMED, "order-1", confirmed("order-1", new Customer("ann", "pm", "de-DE")));
        driver.send(CONFIRMED, "order-2", confirmed("order-2", new Customer("ann", "pm", "not a locale")));
        driver.runEffects();

        assertThat(mailer.mails.get(0).text()).contains("28,06\u00a0$");
        assertThat(mailer.mails.get(1).text()).contains("$28.06");
    }

    @Test
    void shouldTryAgainUntilTheServerIsBack() {
        mailer.failure = new RetriableException("connection refused");
        driver.send(CONFIRMED, "order-1", confirmed("order-1"));
        driver.runEffects();
        for (int hour = 0; hour < 23; hour++) {
            driver.advance(Duration.ofHours(1));
            driver.runEffects();
        }
        assertThat(driver.rawOutputs(DEAD)).isEmpty();

        mailer.failure = null;
        driver.advance(Duration.ofMinutes(15));
        driver.runEffects();

        assertThat(mailer.mails).hasSize(1);
    }

    @Test
    void shouldTryThreeTimesWithinSecondsAndThenMoreSlowly() {
        mailer.failure = new RetriableException("connection refused");
        driver.send(CONFIRMED, "order-1", confirmed("order-1"));
        int tries = driver.runEffects();
        driver.advance(Duration.ofSeconds(2));
        tries += driver.runEffects();
        driver.advance(Duration.ofSeconds(5));
        tries += driver.runEffects();
        assertThat(tries).isEqualTo(3);

        driver.advance(Duration.ofSeconds(5));

        assertThat(driver.runEffects()).isZero();
    }

    @Test
    void shouldLeaveTheEventAmongTheDeadLettersWhenItsMailIsRefused() {
        mailer.failure = new TerminalException("550 no such user");
        RecordHeaders headers = new RecordHeaders();
        headers.add("ce_id", "order-1/9".getBytes(StandardCharsets.UTF_8));
        driver.sendBytes(
                CONFIRMED, Routing.keyBytes("order-1"), serdes.serialize(CONFIRMED, confirmed("order-1")), headers);
        driver.runEffects();

        assertThat(driver.outputs(DEAD, OrderConfirmed.class)).singleElement().satisfies(letter -> {
            assertThat(letter.key()).isEqualTo("order-1");
            assertThat(letter.value()).isEqualTo(confirmed("order-1"));
            assertThat(header(letter, "dl_topic")).isEqualTo(CONFIRMED);
            assertThat(header(letter, "dl_offset")).isEqualTo("0");
            assertThat(header(letter, "dl_reason")).isEqualTo("550 no such user");
            assertThat(header(letter, "ce_id")).isEqualTo("order-1/9");
        });
    }

    @Test
    void shouldSendAMailThatWasGivenUpWhenItsEventIsSentAgain() {
        mailer.failure = new TerminalException("550 no such user");
        driver.send(CONFIRMED, "order-1", confirmed("order-1"));
        driver.runEffects();

        mailer.failure = null;
        driver.send(CONFIRMED, "order-1", confirmed("order-1"));
        driver.runEffects();

        assertThat(mailer.mails).hasSize(1);
    }

    @Test
    void shouldSendOnlyTheMailThatWasGivenUpHoweverLate() {
        driver.send(COMPLETED, "order-1", completed("order-1"));
        driver.runEffects();
        driver.advance(settings.reviewAfter());
        mailer.failure = new TerminalException("550 no such user");
        driver.runEffects();
        Output<byte[]> review = driver.rawOutputs(DEAD).getFirst();
        assertThat(header(review, "dl_topic")).isEqualTo(COMPLETED);
        assertThat(header(review, "dl_timestamp")).isEqualTo(Long.toString(START.toEpochMilli()));
        driver.advance(settings.remembered());
        mailer.failure = null;
        mailer.mails.clear();

        redrive(review);
        driver.advance(settings.reviewAfter());
        driver.runEffects();

        assertThat(mailer.mails).extracting(Mail::messageId).containsExactly("<order-1.review@orderflow>");
    }

    @Test
    void shouldAskForNoReviewOfAnOrderThatWasPaidBackMeanwhile() {
        driver.send(COMPLETED, "order-1", completed("order-1"));
        driver.runEffects();
        driver.advance(settings.reviewAfter());
        mailer.failure = new TerminalException("550 no such user");
        driver.runEffects();
        Output<byte[]> review = driver.rawOutputs(DEAD).getFirst();
        mailer.failure = null;
        driver.send(REFUNDED, "order-1", refunded("order-1"));
        driver.runEffects();
        mailer.mails.clear();

        redrive(review);
        driver.runEffects();

        assertThat(mailer.mails).isEmpty();
        assertThat(driver.rawOutputs(DEAD))
                .singleElement()
                .satisfies(again -> assertThat(header(again, "dl_reason")).contains("was paid back"));
    }

    @Test
    void shouldKeepWhichDeadLetterAMailWasWhenItIsGivenUpAgain() {
        mailer.failure = new TerminalException("550 no such user");
        driver.send(CONFIRMED, "order-1", confirmed("order-1"));
        driver.runEffects();
        Output<byte[]> first = driver.rawOutputs(DEAD).getFirst();

        redrive(first);
        driver.runEffects();

        assertThat(driver.rawOutputs(DEAD)).singleElement().satisfies(second -> {
            assertThat(header(second, "dl_redrive_of")).isEqualTo("notification-0-0");
            assertThat(header(second, "dl_timestamp")).isEqualTo(header(first, "dl_timestamp"));
            assertThat(header(second, "dl_topic")).isEqualTo(CONFIRMED);
        });
    }

    @Test
    void shouldSayThatAnEventThatComesAgainIsNoNewsAnyMore() {
        RecordHeaders letter = new RecordHeaders();
        letter.add("dl_topic", CONFIRMED.getBytes(StandardCharsets.UTF_8));
        letter.add("dl_partition", "0".getBytes(StandardCharsets.UTF_8));
        letter.add("dl_offset", "3".getBytes(StandardCharsets.UTF_8));
        byte[] value = serdes.serialize(CONFIRMED, confirmed("order-1"));
        driver.advance(settings.maxAge().plusSeconds(1));

        redrive(new Output<>("order-1", value, letter));

        assertThat(driver.pendingEffects()).isZero();
        assertThat(driver.rawOutputs(DEAD))
                .singleElement()
                .satisfies(again -> assertThat(header(again, "dl_reason")).contains("mail.max-age"));
    }

    private void redrive(Output<byte[]> letter) {
        driver.sendBytes(
                Topics.NOTIFICATION_REDRIVES.name(),
                Routing.keyBytes(letter.key()),
                letter.value(),
                DeadLetterHeaders.again(
                        letter.headers(),
                        "notification-0-0",
                        driver.now(),
                        START,
                        START.plus(Topics.PUBLIC_RETENTION),
                        null));
    }

    @Test
    void shouldGiveUpAfterADay() {
        mailer.failure = new RetriableException("connection refused");
        driver.send(CONFIRMED, "order-1", confirmed("order-1"));
        driver.runEffects();
        for (int quarter = 0; quarter < 4 * 25; quarter++) {
            driver.advance(Duration.ofMinutes(15));
            driver.runEffects();
        }

        assertThat(driver.outputs(DEAD, OrderConfirmed.class))
                .singleElement()
                .satisfies(letter -> assertThat(header(letter, "dl_reason"))
                        .matches("Tried \\d+ times since 2026-11-20T10:00:.*: connection refused"));
        assertThat(driver.pendingEffects()).isZero();
    }

    @Test
    void shouldGiveUpAMailToACustomerWithoutAnAddress() {
        driver.send(CONFIRMED, "order-1", confirmed("order-1", new Customer("x".repeat(100), null, null)));
        driver.runEffects();

        assertThat(driver.rawOutputs(DEAD))
                .singleElement()
                .satisfies(letter -> assertThat(header(letter, "dl_reason")).contains("order-1", "no mail address"));
    }

    @Test
    void shouldHaveNoMoreMailsUnderWayThanAllowed() {
        for (int i = 0; i < 100; i++) {
            driver.send(CONFIRMED, "order-" + i, confirmed("order-" + i));
        }
        assertThat(driver.pendingEffects()).isEqualTo(settings.atOnce());

        driver.runEffects();

        assertThat(mailer.mails).hasSize(100).extracting(Mail::messageId).doesNotHaveDuplicates();
    }

    @Test
    void shouldKeepItsNames() {
        GoldenTopology.assertKept(
                getClass(), NotificationTopology.definition(settings, serdes, new SandboxDirectory(), mailer));
    }

    private static String header(Output<?> output, String name) {
        return EventHeaders.text(output.headers(), name);
    }
}
