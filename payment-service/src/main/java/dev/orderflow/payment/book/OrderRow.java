package dev.orderflow.payment.book;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What is not settled yet of one order: its topics on one side, its charges on the other. A row is forgotten when both
 * agree, and begun anew when something more comes; amounts are therefore changes since the row was opened. Confined to its
 * book.
 */
final class OrderRow {

    final String orderId;
    final Instant since;
    final List<ChargeLine> charges = new ArrayList<>(1);
    Instant changedAt;
    int confirmations;
    boolean accepted;
    boolean completed;
    boolean cancelled;
    boolean paidBack;
    boolean undoing;
    long total;
    String currency = Sum.UNKNOWN;
    String chargeId = "";

    OrderRow(String orderId, Instant since) {
        this.orderId = orderId;
        this.since = since;
        this.changedAt = since;
    }

    void add(Entry entry, Instant now) {
        changedAt = now;
        switch (entry) {
            case Entry.Accepted(String _, Sum sum) -> {
                accepted = true;
                price(sum);
            }
            case Entry.Confirmed(String _, Sum sum, String charge) -> {
                confirmations++;
                chargeId = charge;
                price(sum);
            }
            case Entry.Completed _ -> completed = true;
            case Entry.Cancelled _ -> cancelled = true;
            case Entry.PaidBack(String _, Sum sum, String charge) -> {
                paidBack = true;
                chargeId = charge;
                price(sum);
            }
            case Entry.UndoAsked _ -> undoing = true;
            case Entry.SaidCharged(String _, String key, String charge, Sum sum) -> said(key, charge, sum, now);
            case Entry.SaidRefunded(String _, String key, String charge, Sum sum) -> {
                undoing = true;
                said(key, charge, sum, now);
            }
            case Entry.Listed listed -> {
                ChargeLine line = charge(listed.key(), now);
                line.listed = true;
                line.before = false;
                line.missing = false;
                seen(line, listed);
            }
        }
    }

    /** What the provider has said of a charge. */
    static void seen(ChargeLine line, Entry.Listed seen) {
        line.standing = seen.standing();
        if (seen.chargeId() != null) {
            line.chargeId = seen.chargeId();
        }
        if (seen.amount() != null) {
            line.price(seen.amount());
        }
    }

    /** The charge of an order that costs nothing is payment's alone: no provider will ever list it. */
    private void said(String key, String charge, Sum sum, Instant now) {
        if (sum.isNothing()) {
            return;
        }
        ChargeLine line = charge(key, now);
        if (!line.listed) {
            line.chargeId = charge;
            line.price(sum);
        }
    }

    private void price(Sum sum) {
        total = sum.minor();
        currency = sum.currency();
    }

    private ChargeLine charge(String key, Instant now) {
        for (ChargeLine line : charges) {
            if (line.key.equals(key)) {
                return line;
            }
        }
        ChargeLine line = new ChargeLine(key, now);
        charges.add(line);
        return line;
    }

    Stage stage() {
        if (paidBack) {
            return Stage.REFUNDED;
        }
        if (cancelled) {
            return Stage.CANCELLED;
        }
        if (completed) {
            return Stage.COMPLETED;
        }
        if (confirmations > 0) {
            return Stage.CONFIRMED;
        }
        return accepted ? Stage.ACCEPTED : Stage.UNKNOWN;
    }

    /**
     * Whether its end was read and its confirmation was not, so that its worth is not known. An order that was confirmed, and
     * forgotten before it was paid back, is no such one: its charge was listed before.
     */
    boolean lacksItsBeginning() {
        boolean endsHere = completed
                || (paidBack && charges.stream().anyMatch(line -> line.listed && line.chargeId.equals(chargeId)));
        return endsHere && confirmations == 0;
    }

    /** What the order has added to the value of confirmed orders. */
    long value() {
        return (cancelled ? 0 : confirmations * total) - (paidBack ? total : 0);
    }

    long captured() {
        return charges.stream().mapToLong(ChargeLine::captured).sum();
    }

    long refunded() {
        return charges.stream().mapToLong(ChargeLine::refunded).sum();
    }

    /** What the provider has kept. */
    long kept() {
        return captured() - refunded();
    }

    /** By its order where that tells, else by its charges. */
    String effectiveCurrency() {
        if (!currency.equals(Sum.UNKNOWN)) {
            return currency;
        }
        return charges.isEmpty() ? Sum.UNKNOWN : charges.getFirst().currency;
    }

    boolean isOfOneCurrency() {
        return charges.stream()
                .filter(line -> line.stands() || line.refunded() != 0)
                .allMatch(line -> line.currency.equals(Sum.UNKNOWN)
                        || currency.equals(Sum.UNKNOWN)
                        || line.currency.equals(currency));
    }

    void write(DataOutputStream out) throws IOException {
        Text.write(out, orderId);
        out.writeLong(since.toEpochMilli());
        out.writeLong(changedAt.toEpochMilli());
        out.writeInt(confirmations);
        out.writeBoolean(accepted);
        out.writeBoolean(completed);
        out.writeBoolean(cancelled);
        out.writeBoolean(paidBack);
        out.writeBoolean(undoing);
        out.writeLong(total);
        Text.write(out, currency);
        Text.write(out, chargeId);
        out.writeInt(charges.size());
        for (ChargeLine line : charges) {
            line.write(out);
        }
    }

    static OrderRow read(DataInputStream in) throws IOException {
        OrderRow row = new OrderRow(Text.read(in), Instant.ofEpochMilli(in.readLong()));
        row.changedAt = Instant.ofEpochMilli(in.readLong());
        row.confirmations = in.readInt();
        row.accepted = in.readBoolean();
        row.completed = in.readBoolean();
        row.cancelled = in.readBoolean();
        row.paidBack = in.readBoolean();
        row.undoing = in.readBoolean();
        row.total = in.readLong();
        row.currency = Text.read(in);
        row.chargeId = Text.read(in);
        for (int left = in.readInt(); left > 0; left--) {
            ChargeLine line = ChargeLine.read(in);
            if (!line.isOfNothing()) {
                row.charges.add(line);
            }
        }
        return row;
    }
}
