package dev.orderflow.payment.book;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Instant;

/** One charge of an order, as its provider and payment tell of it. Confined to its book. */
final class ChargeLine {

    final String key;
    final Instant since;
    String chargeId = "";
    long amount;
    String currency = Sum.UNKNOWN;
    /** The provider's list has brought it since the order's row was opened. */
    boolean listed;
    /** The list had brought it before that: its capture is in the settled totals already. */
    boolean before;
    /** The provider was asked by key, and has never seen it. */
    boolean missing;

    Standing standing = Standing.PENDING;
    /** Its place in the list. */
    long ordinal = -1;

    Instant askedAt = Instant.EPOCH;

    ChargeLine(String key, Instant since) {
        this.key = key;
        this.since = since;
    }

    void price(Sum sum) {
        amount = sum.minor();
        if (!sum.currency().isEmpty() && !sum.currency().equals(Sum.UNKNOWN)) {
            currency = sum.currency();
        }
    }

    /** What it adds to what was captured. */
    long captured() {
        return listed && (standing == Standing.CAPTURED || standing == Standing.REFUNDED) ? amount : 0;
    }

    /** What it adds to what was paid back. */
    long refunded() {
        return (listed || before) && standing == Standing.REFUNDED ? amount : 0;
    }

    /** Whether the provider keeps the customer's money for it. */
    boolean stands() {
        return (listed || before) && standing == Standing.CAPTURED;
    }

    /** Whether it was opened by a charge of nothing: earlier versions did so, and wrote it down. */
    boolean isOfNothing() {
        return !listed && !before && new Sum(amount, currency).isNothing();
    }

    void write(DataOutputStream out) throws IOException {
        Text.write(out, key);
        out.writeLong(since.toEpochMilli());
        Text.write(out, chargeId);
        out.writeLong(amount);
        Text.write(out, currency);
        out.writeBoolean(listed);
        out.writeBoolean(before);
        out.writeBoolean(missing);
        Text.write(out, standing.name());
        out.writeLong(ordinal);
    }

    static ChargeLine read(DataInputStream in) throws IOException {
        ChargeLine line = new ChargeLine(Text.read(in), Instant.ofEpochMilli(in.readLong()));
        line.chargeId = Text.read(in);
        line.amount = in.readLong();
        line.currency = Text.read(in);
        line.listed = in.readBoolean();
        line.before = in.readBoolean();
        line.missing = in.readBoolean();
        line.standing = Standing.valueOf(Text.read(in));
        line.ordinal = in.readLong();
        return line;
    }
}
