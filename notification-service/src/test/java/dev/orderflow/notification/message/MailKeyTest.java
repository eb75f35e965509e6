package dev.orderflow.notification.message;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class MailKeyTest {

    @Test
    void shouldBeOfTheOrderAndTheKind() {
        MailKey key = new MailKey("order-7", MailKind.CONFIRMED);

        assertThat(key.idempotencyKey()).isEqualTo("order-7:mail-confirmed");
        assertThat(key.messageId()).isEqualTo("<order-7.confirmed@orderflow>");
    }

    @Property
    void shouldBeSafeInAHeaderWhateverTheOrderIsCalled(@ForAll String orderId, @ForAll MailKind kind) {
        MailKey key = new MailKey(orderId, kind);

        assertThat(key.messageId()).matches("<[A-Za-z0-9._-]{1,100}@orderflow>");
        assertThat(key.idempotencyKey()).matches("[A-Za-z0-9._-]{1,80}:mail-[a-z]+");
    }

    @Property
    void shouldTellOrdersApart(@ForAll String one, @ForAll String other) {
        assertThat(new MailKey(one, MailKind.REJECTED).equals(new MailKey(other, MailKind.REJECTED)))
                .isEqualTo(new MailKey(one, MailKind.REJECTED)
                        .idempotencyKey()
                        .equals(new MailKey(other, MailKind.REJECTED).idempotencyKey()));
    }
}
