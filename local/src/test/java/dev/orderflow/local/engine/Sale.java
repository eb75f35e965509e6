package dev.orderflow.local.engine;

import java.math.BigDecimal;
import java.time.ZonedDateTime;
import org.jspecify.annotations.Nullable;

/** A row of the test's table as an object with getters, which is what the client writes. */
public final class Sale {

    private final String orderId;
    private final String kind;
    private final long totalMinor;
    private final BigDecimal price;
    private final ZonedDateTime at;
    private final @Nullable String note;

    Sale(String orderId, String kind, long totalMinor, BigDecimal price, ZonedDateTime at, @Nullable String note) {
        this.orderId = orderId;
        this.kind = kind;
        this.totalMinor = totalMinor;
        this.price = price;
        this.at = at;
        this.note = note;
    }

    public String getOrderId() {
        return orderId;
    }

    public String getKind() {
        return kind;
    }

    public long getTotalMinor() {
        return totalMinor;
    }

    public BigDecimal getPrice() {
        return price;
    }

    public ZonedDateTime getAt() {
        return at;
    }

    public @Nullable String getNote() {
        return note;
    }
}
