package dev.orderflow.notification.message;

/** What a mail tells. An order gets at most one mail of each kind. */
public enum MailKind {
    CONFIRMED("confirmed"),
    REJECTED("rejected"),
    CANCELLED("cancelled"),
    DISPATCHED("dispatched"),
    REFUNDED("refunded"),
    REVIEW("review");

    private final String text;

    MailKind(String text) {
        this.text = text;
    }

    /** As it stands in keys and Message-IDs; never changed, since a changed key would send a mail again. */
    public String text() {
        return text;
    }
}
