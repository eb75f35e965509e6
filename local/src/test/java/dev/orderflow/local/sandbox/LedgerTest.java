package dev.orderflow.local.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerTest {

    @TempDir
    Path directory;

    private Path file() {
        return directory.resolve("deep/ledger.ndjson");
    }

    @Test
    void shouldKnowAfterARestartWhatItChargedBefore() throws IOException {
        Charge charged;
        Charge declined;
        try (Ledger ledger = Ledger.open(file())) {
            charged = ledger.charge("o-1:charge", "o-1", 2999, "USD", "");
            declined = ledger.charge("o-2:charge", "o-2", 500, "JPY", "card_declined");
            ledger.charge("o-3:charge", "o-3", 1, "KWD", "");
            assertThat(ledger.refund(charged)).startsWith("re_");
        }
        try (Ledger ledger = Ledger.open(file())) {
            assertThat(ledger.byKey("o-1:charge")).contains(charged.now(Standing.REFUNDED));
            assertThat(ledger.byKey("o-2:charge")).contains(declined);
            assertThat(ledger.byKey("o-4:charge")).isEmpty();
            assertThat(ledger.find(charged.chargeId())).contains(charged.now(Standing.REFUNDED));
            assertThat(ledger.declined()).isEqualTo(1);
            assertThat(ledger.sums().get("USD").captured).isEqualTo(2999);
            assertThat(ledger.sums().get("USD").refunded).isEqualTo(2999);
            assertThat(ledger.sums().get("KWD").captures).isEqualTo(1);
        }
    }

    @Test
    void shouldCutOffALineThatWasNotWrittenToItsEnd() throws IOException {
        try (Ledger ledger = Ledger.open(file())) {
            ledger.charge("o-1:charge", "o-1", 2999, "USD", "");
        }
        long whole = Files.size(file());
        Files.writeString(file(), "{\"key\":\"o-2:charge\",\"cha", StandardOpenOption.APPEND);
        try (Ledger ledger = Ledger.open(file())) {
            assertThat(Files.size(file())).isEqualTo(whole);
            assertThat(ledger.byKey("o-2:charge")).isEmpty();
            ledger.charge("o-2:charge", "o-2", 1, "USD", "");
        }
        try (Ledger ledger = Ledger.open(file())) {
            assertThat(ledger.size()).isEqualTo(2);
        }
    }

    @Test
    void shouldRefuseALedgerThatIsDamagedInTheMiddle() throws IOException {
        Files.createDirectories(file().getParent());
        Files.writeString(file(), "{\"key\":\"o-1:charge\"\n{}\n");
        assertThatThrownBy(() -> Ledger.open(file()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("damaged at byte 0");
    }

    @Test
    void shouldRefuseALedgerThatAnotherProviderHas() throws IOException {
        Ledger first = Ledger.open(file());
        assertThatThrownBy(() -> Ledger.open(file()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("in use");
        first.close();
        Ledger.open(file()).close();
    }

    @Test
    void shouldNotTakeMadeUpIdsForItsOwn() throws IOException {
        try (Ledger ledger = Ledger.open(file())) {
            Charge charge = ledger.charge("o-1:charge", "o-1", 2999, "USD", "");
            assertThat(ledger.find(charge.chargeId())).isPresent();
            for (String madeUp : List.of("ch_1", "ch_ffff", "ch_-1", "ch_", "re_0", "x", "ch_7fffffffffffffff")) {
                assertThat(ledger.find(madeUp)).as(madeUp).isEmpty();
            }
        }
    }

    @Test
    void shouldListEveryChargeOnceInItsOrder() throws IOException {
        try (Ledger ledger = Ledger.open(file())) {
            List<String> keys = new ArrayList<>();
            for (int i = 0; i < 25; i++) {
                Charge charge = ledger.charge("o-" + i + ":charge", "o-" + i, i, "USD", "");
                keys.add(charge.key());
                if (i % 3 == 0) {
                    ledger.refund(charge);
                }
            }
            List<String> listed = new ArrayList<>();
            Ledger.Page page = ledger.list(0, 10);
            while (true) {
                page.charges().forEach(charge -> listed.add(charge.key()));
                if (!page.hasMore()) {
                    break;
                }
                page = ledger.list(page.next(), 10);
            }
            assertThat(listed).isEqualTo(keys);
            assertThat(ledger.list(0, 1).charges().getFirst().refunded()).isTrue();
        }
    }

    @Test
    void shouldCountOrdersThatWereChargedTwice() throws IOException {
        try (Ledger ledger = Ledger.open(file())) {
            ledger.charge("o-1:charge", "o-1", 1, "USD", "card_declined");
            ledger.charge("o-1:charge:2", "o-1", 1, "USD", "");
            assertThat(ledger.doubled()).isZero();
            ledger.charge("o-1:charge:3", "o-1", 1, "USD", "");
            ledger.charge("o-1:charge:4", "o-1", 1, "USD", "");
            assertThat(ledger.doubled()).isEqualTo(1);
        }
    }
}
