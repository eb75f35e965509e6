package dev.orderflow.notification.template;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.notification.message.Mail;
import dev.orderflow.notification.message.Notice;
import dev.orderflow.notification.message.Notice.Fault;
import dev.orderflow.notification.message.Notice.Line;
import dev.orderflow.notification.message.Notice.Price;
import dev.orderflow.notification.message.Notice.Shortage;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MailTemplatesTest {

    private static final Price PRICE = new Price("USD", 2, 2_598, 208, 2_806);
    private static final List<Line> LINES = List.of(new Line("coffee-1kg", 2, 2_598));

    @Test
    void shouldConfirmAnOrderWithItsLinesAndSums() {
        Mail mail = us(new Notice.Confirmed("order-7", LINES, PRICE));

        assertThat(mail.messageId()).isEqualTo("<order-7.confirmed@orderflow>");
        assertThat(mail.to()).isEqualTo("ann@example.test");
        assertThat(mail.subject()).isEqualTo("Order order-7 is confirmed");
        assertThat(mail.text()).isEqualTo("""
                Thank you. Order order-7 is confirmed: it is paid, and its goods are set aside for you.

                2 x coffee-1kg  $25.98
                Subtotal        $25.98
                Tax              $2.08
                Total           $28.06
                """);
        assertThat(mail.html())
                .contains("<title>Order order-7 is confirmed</title>")
                .contains(">2 x coffee-1kg</td>")
                .contains("<th style=\"text-align:right\">$28.06</th>");
    }

    @Test
    void shouldSayAllThatIsWrongWithARejectedOrder() {
        Mail mail = us(new Notice.Rejected(
                "order-7",
                List.of(new Fault("items[0].price", "use minor units"), new Fault("currency", "use ISO 4217"))));

        assertThat(mail.subject()).isEqualTo("Order order-7 was not accepted");
        assertThat(mail.text()).contains("nothing was charged").endsWith("""

                - items[0].price: use minor units
                - currency: use ISO 4217
                """);
    }

    @ParameterizedTest
    @EnumSource
    void shouldSayWhyAnOrderIsCancelledAndThatNothingIsOwed(Notice.Cause cause) {
        Mail mail = us(new Notice.Cancelled("order-7", cause, List.of()));

        assertThat(mail.subject()).isEqualTo("Order order-7 is cancelled");
        assertThat(mail.messageId()).isEqualTo("<order-7.cancelled@orderflow>");
        assertThat(mail.text())
                .startsWith("Order order-7 is cancelled: ")
                .endsWith(".\n\nNothing is charged for it; what had been charged was paid back in full.\n");
    }

    @Test
    void shouldListWhatIsOutOfStock() {
        Mail mail = us(new Notice.Cancelled(
                "order-7",
                Notice.Cause.OUT_OF_STOCK,
                List.of(new Shortage("coffee", 3, 1), new Shortage("tea", 1, 0))));

        assertThat(mail.text()).isEqualTo("""
                Order order-7 is cancelled: not all of its goods are in stock.

                - coffee: 3 ordered, 1 in stock
                - tea: 1 ordered, 0 in stock

                Nothing is charged for it; what had been charged was paid back in full.
                """);
    }

    @Test
    void shouldSayWhatIsOnItsWay() {
        Mail mail = us(new Notice.Dispatched("order-7", LINES));

        assertThat(mail.subject()).isEqualTo("Order order-7 is on its way");
        assertThat(mail.messageId()).isEqualTo("<order-7.dispatched@orderflow>");
        assertThat(mail.text()).contains("- 2 x coffee-1kg");
    }

    @Test
    void shouldSayWhatIsPaidBack() {
        Mail mail = us(new Notice.Refunded("order-7", PRICE, Optional.of("arrived broken")));

        assertThat(mail.subject()).isEqualTo("Order order-7 is paid back");
        assertThat(mail.text())
                .contains("paid back $28.06 for order order-7")
                .endsWith("show it.\n\nReason: arrived broken\n");
        assertThat(us(new Notice.Refunded("order-7", PRICE, Optional.empty())).text())
                .doesNotContain("Reason");
    }

    @Test
    void shouldAskForAReview() {
        Mail mail = us(new Notice.ReviewRequest("order-7", LINES));

        assertThat(mail.subject()).isEqualTo("How was order order-7?");
        assertThat(mail.messageId()).isEqualTo("<order-7.review@orderflow>");
        assertThat(mail.text()).contains("bought with order order-7").endsWith("\n\n- 2 x coffee-1kg\n");
        assertThat(mail.html()).contains("<li>2 x coffee-1kg</li>");
    }

    @Test
    void shouldEscapeWhatComesFromOutside() {
        Mail mail = us(new Notice.Confirmed(
                "order-7", List.of(new Line("<script>alert('x' & \"y\")</script>", 1, 100)), PRICE));

        assertThat(mail.html())
                .doesNotContain("<script>")
                .contains("1 x &lt;script&gt;alert('x' &amp; \"y\")&lt;/script&gt;");
        assertThat(mail.text()).contains("1 x <script>");
    }

    @Test
    void shouldLetNoTextFromOutsideBreakOutOfItsLine() {
        Mail mail = us(new Notice.Rejected(
                "order\r\nBcc: all@example.test", List.of(new Fault("a\n\nDear customer", "b\u202Ec\u0000d"))));

        assertThat(mail.subject()).isEqualTo("Order order  Bcc: all@example.test was not accepted");
        assertThat(mail.messageId()).matches("<sha256-[0-9a-f]{32}\\.rejected@orderflow>");
        assertThat(mail.text()).endsWith("- a  Dear customer: b c d\n");
    }

    @Test
    void shouldNotGrowWithoutLimit() {
        List<Line> many = Collections.nCopies(10_000, new Line("p".repeat(5_000), 1, 10));

        Mail mail = us(new Notice.Confirmed("order-7", many, PRICE));

        assertThat(mail.text()).contains("and 9950 more").contains("$995.00").hasSizeLessThan(30_000);
        assertThat(us(new Notice.Dispatched("order-7", many)).text()).contains("- and 9950 more");
    }

    private static Mail us(Notice notice) {
        return new MailTemplates().mail(notice, "ann@example.test", Locale.US);
    }
}
