package dev.orderflow.payment.payment;

import dev.orderflow.payment.payment.Found.Standing;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The provider of a {@link World}: knows the charges of one order by their keys, and notifies of each change. */
final class WorldsProvider {

    private enum Charge {
        OPENED,
        PENDING,
        CAPTURED,
        DECLINED,
        REFUNDED
    }

    private final int declines;
    private final boolean opensFirst;
    private final int pendings;
    private final Map<String, Charge> charges = new TreeMap<>();
    private final List<PaymentMessage.Notified> notices = new ArrayList<>();

    /**
     * @param declines one bit per attempt: whether it is declined
     * @param nature 1 for a provider that opens payments before they are confirmed, and one bit more per attempt: whether
     *     it is pending first
     */
    WorldsProvider(int declines, int nature) {
        this.declines = declines;
        this.opensFirst = (nature & 1) == 1;
        this.pendings = nature >> 1;
    }

    /** Does what a call asks for, once for each key. */
    PaymentMessage answer(ProviderCall call) {
        return switch (call) {
            case ProviderCall.Charge charge -> {
                if (!charges.containsKey(charge.key())) {
                    become(charge.key(), opensFirst ? Charge.OPENED : verdict(charge.attempt()));
                }
                yield answerTo(charge.attempt());
            }
            case ProviderCall.Confirm confirm -> {
                String key = AttemptKey.charge(Given.ORDER, confirm.attempt());
                if (charges.get(key) == Charge.OPENED) {
                    become(key, verdict(confirm.attempt()));
                }
                yield answerTo(confirm.attempt());
            }
            case ProviderCall.Refund refund -> {
                String key = refund.capture().chargeId().substring("ch:".length());
                become(key, Charge.REFUNDED);
                yield new PaymentMessage.PaidBack(refund.capture().attempt(), "re:" + key);
            }
            case ProviderCall.LookUp lookUp -> lookUp(lookUp);
        };
    }

    private Charge verdict(int attempt) {
        if ((pendings >> (attempt - 1) & 1) == 1) {
            return Charge.PENDING;
        }
        return (declines >> (attempt - 1) & 1) == 1 ? Charge.DECLINED : Charge.CAPTURED;
    }

    private PaymentMessage answerTo(int attempt) {
        String key = AttemptKey.charge(Given.ORDER, attempt);
        return switch (charges.get(key)) {
            case OPENED -> new PaymentMessage.Answered(attempt, new ChargeAnswer.Opened("ch:" + key));
            case PENDING -> Given.pending(attempt);
            case DECLINED -> Given.declined(attempt, "declined");
            case CAPTURED, REFUNDED -> Given.captured(attempt, "ch:" + key);
        };
    }

    /** What is open can be closed by whoever knows its id; nobody else has ever heard of it. */
    private PaymentMessage lookUp(ProviderCall.LookUp lookUp) {
        List<Found> found = new ArrayList<>();
        for (int attempt = 1; ; attempt++) {
            String key = AttemptKey.charge(Given.ORDER, attempt);
            boolean known = !opensFirst || (attempt == lookUp.attempts() && lookUp.opened() != null);
            Charge charge = charges.get(key);
            if (lookUp.close() && known && (charge == Charge.OPENED || charge == Charge.PENDING)) {
                become(key, Charge.DECLINED);
                charge = Charge.DECLINED;
            }
            if ((charge == null || charge == Charge.OPENED) && attempt > lookUp.attempts()) {
                return new PaymentMessage.LookedUp(found);
            }
            if (charge != null && charge != Charge.OPENED) {
                found.add(new Found(attempt, Standing.valueOf(charge.name()), "ch:" + key, Given.AMOUNT));
            }
        }
    }

    /** A person approves or declines what waits, where anything does. */
    Optional<String> decidePending(int which) {
        List<String> waiting = charges.entrySet().stream()
                .filter(charge -> charge.getValue() == Charge.PENDING)
                .map(Map.Entry::getKey)
                .toList();
        if (waiting.isEmpty()) {
            return Optional.empty();
        }
        String key = waiting.get(which % waiting.size());
        Charge verdict = which % 3 == 0 ? Charge.DECLINED : Charge.CAPTURED;
        become(key, verdict);
        return Optional.of(key + " -> " + verdict);
    }

    /** All notifications up to now; each may come late, out of order and several times. */
    List<PaymentMessage.Notified> notices() {
        return notices;
    }

    /** How many charges stand. */
    long charged() {
        return charges.values().stream().filter(Charge.CAPTURED::equals).count();
    }

    private void become(String key, Charge charge) {
        if (charges.put(key, charge) == charge) {
            return;
        }
        int attempt = AttemptKey.read(Given.ORDER, key).orElseThrow().attempt();
        notices.add(
                switch (charge) {
                    case OPENED, PENDING -> new PaymentMessage.Notified(attempt, PaymentMessage.Notice.OTHER, null);
                    case CAPTURED -> new PaymentMessage.Notified(attempt, PaymentMessage.Notice.SUCCEEDED, "ch:" + key);
                    case DECLINED -> new PaymentMessage.Notified(attempt, PaymentMessage.Notice.FAILED, null);
                    case REFUNDED -> new PaymentMessage.Notified(attempt, PaymentMessage.Notice.REFUNDED, null);
                });
    }

    @Override
    public String toString() {
        return charges.toString();
    }
}
