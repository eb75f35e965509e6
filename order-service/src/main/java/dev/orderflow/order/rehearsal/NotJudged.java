package dev.orderflow.order.rehearsal;

/** Why nothing can be said of an order. */
public enum NotJudged {
    /** Its OrderPlaced, or another record of it that the saga has handled, is not among what is read. */
    BEGAN_EARLIER("began before what is read"),
    /** The running saga has not read it yet. */
    UNREAD("not read by the saga yet"),
    /** A dead letter of it was sent to the saga again. */
    REDRIVEN("had a dead letter that was sent again"),
    /** Its numbers begin twice: it is another order than an earlier one of this id. */
    ID_USED_AGAIN("an id that was used again");

    private final String text;

    NotJudged(String text) {
        this.text = text;
    }

    /** For people, about orders. */
    public String text() {
        return text;
    }
}
