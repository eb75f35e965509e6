package dev.orderflow.analytics.pipes;

/** What a pipe answers. */
public final class Answer {

    private final byte[] body;
    private final String contentType;
    private final Coverage covered;

    Answer(byte[] body, String contentType, Coverage covered) {
        this.body = body;
        this.contentType = contentType;
        this.covered = covered;
    }

    /** The answer itself, not to be changed. */
    public byte[] body() {
        return body;
    }

    /** Its type for HTTP. */
    public String contentType() {
        return contentType;
    }

    /** What it is made from. */
    public Coverage covered() {
        return covered;
    }
}
