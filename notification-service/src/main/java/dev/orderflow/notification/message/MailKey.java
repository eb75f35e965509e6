package dev.orderflow.notification.message;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * Which mail it is: one kind of mail about one order. An order that was rejected may have any text for its id, up to line
 * breaks that would forge mail headers; such an id is told apart by its hash.
 */
public record MailKey(String orderId, MailKind kind) {

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final int HASH_CHARACTERS = 32;

    /** The key of the effect that sends it, the same at every try. */
    public String idempotencyKey() {
        return safeId() + ":mail-" + kind.text();
    }

    /** The mail's Message-ID, by which whoever receives it twice can tell. */
    public String messageId() {
        return "<" + safeId() + "." + kind.text() + "@orderflow>";
    }

    private String safeId() {
        if (PLAIN.matcher(orderId).matches()) {
            return orderId;
        }
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(orderId.getBytes(StandardCharsets.UTF_8));
            return "sha256-" + HexFormat.of().formatHex(hash).substring(0, HASH_CHARACTERS);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every JDK has SHA-256", impossible);
        }
    }
}
