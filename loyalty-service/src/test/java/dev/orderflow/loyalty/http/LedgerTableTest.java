package dev.orderflow.loyalty.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.events.LoyaltyEntry;
import dev.orderflow.events.LoyaltyKind;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LedgerTableTest {

    private static final Instant AT = Instant.parse("2026-03-01T12:00:00Z");

    private final LedgerTable table = new LedgerTable();

    @Test
    void shouldShowNewestFirst() {
        table.add(new LoyaltyEntry("p-1", "o-1", LoyaltyKind.EARNED, 29L, 29L, AT));
        table.add(new LoyaltyEntry("p-2", "o-2", LoyaltyKind.EARNED, 5L, 5L, AT));
        table.add(new LoyaltyEntry("p-1", "o-1", LoyaltyKind.TAKEN_BACK, -29L, 0L, AT.plusSeconds(1)));
        assertThat(table.newest("p-1"))
                .containsExactly(
                        new LedgerTable.Line("o-1", false, -29, 0, AT.toEpochMilli() + 1_000),
                        new LedgerTable.Line("o-1", true, 29, 29, AT.toEpochMilli()));
        assertThat(table.newest("p-3")).isEmpty();
    }

    @Test
    void shouldKeepTheNewestThousand() {
        for (int i = 1; i <= LedgerTable.MAX_ENTRIES + 5; i++) {
            table.add(new LoyaltyEntry("p-1", "o-" + i, LoyaltyKind.EARNED, 1L, (long) i, AT));
        }
        var newest = table.newest("p-1");
        assertThat(newest).hasSize(LedgerTable.MAX_ENTRIES);
        assertThat(newest.getFirst().balance()).isEqualTo(LedgerTable.MAX_ENTRIES + 5);
        assertThat(newest.getLast().orderId()).isEqualTo("o-6");
    }
}
