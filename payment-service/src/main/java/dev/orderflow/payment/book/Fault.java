package dev.orderflow.payment.book;

/** How the money of an order can differ, with what it means and what to do about it. */
public enum Fault {
    CHARGE_WITHOUT_ORDER(
            "captured at the provider, and no order waits for it",
            "the order was never accepted, or had been charged before: refund the charge at the provider"),
    ENDED_BUT_CHARGED(
            "the order has ended, and its charge stands",
            "payment refunds what it sees too late by itself: if it is still here in some minutes, look into"
                    + " payment.dead-letters, and refund the charge at the provider"),
    CHARGED_TWICE(
            "more than one charge of it stands",
            "keep the one that the order was confirmed on, and refund the others at the provider"),
    CONFIRMED_TWICE(
            "it is in order.confirmed more than once",
            "consumers of that topic may have handled it twice: tell them, and report it as a defect"),
    NOT_CHARGED(
            "it is confirmed, and the provider has captured nothing for it",
            "see that payment.url is the provider that it was charged at; then cancel or refund the order"),
    REFUNDED_BUT_STANDS(
            "its charge was paid back at the provider, and the order stands",
            "whoever paid it back did not tell the order: POST /orders/{id}/cancel or /refund ends it, and finds the"
                    + " charge paid back"),
    WRONG_AMOUNT(
            "what the provider has kept is not what the order costs",
            "compare both amounts; refund the charge at the provider and the order with POST /orders/{id}/refund"),
    OTHER_CHARGE(
            "it was confirmed on another charge than the one that stands",
            "look both charges up at the provider, and refund what does not belong to the order");

    private final String meaning;
    private final String remedy;

    Fault(String meaning, String remedy) {
        this.meaning = meaning;
        this.remedy = remedy;
    }

    /** What it means, for people. */
    public String meaning() {
        return meaning;
    }

    /** What to do about it. */
    public String remedy() {
        return remedy;
    }
}
