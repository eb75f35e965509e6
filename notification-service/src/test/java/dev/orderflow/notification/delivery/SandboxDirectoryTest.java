package dev.orderflow.notification.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import jakarta.mail.internet.InternetAddress;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class SandboxDirectoryTest {

    private final SandboxDirectory directory = new SandboxDirectory();

    @Test
    void shouldGiveEveryCustomerAnAddressOfNobody() {
        assertThat(directory.addressOf("user-17")).contains("user-17@example.test");
        assertThat(directory.addressOf("ann.lee+shop_1")).contains("ann.lee+shop_1@example.test");
    }

    @Test
    void shouldWriteWhatNoAddressMayHoldAsHex() {
        assertThat(directory.addressOf("ann@shop, bob")).contains("ann=40shop=2C=20bob@example.test");
        assertThat(directory.addressOf(".a..b.")).contains("=2Ea.=2Eb=2E@example.test");
        assertThat(directory.addressOf("ü")).contains("=C3=BC@example.test");
    }

    @Test
    void shouldKnowNoAddressOfNobody() {
        assertThat(directory.addressOf(" ")).isEmpty();
        assertThat(directory.addressOf("x".repeat(65))).isEmpty();
    }

    @Property
    void shouldGiveOnlyAddressesThatAreOnes(@ForAll String userId) {
        Optional<String> address = directory.addressOf(userId);

        assertThatNoException().isThrownBy(() -> {
            if (address.isPresent()) {
                new InternetAddress(address.get(), true).validate();
            }
        });
    }
}
