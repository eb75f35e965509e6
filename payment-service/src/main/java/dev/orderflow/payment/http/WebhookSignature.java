package dev.orderflow.payment.http;

import dev.orderflow.durable.TerminalException;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The signature of a notification: {@code t=<seconds>,v1=<hex>}, an HMAC-SHA256 with a shared secret over the time, a dot
 * and the raw body. Immutable and safe for use by several threads.
 */
public final class WebhookSignature {

    /** The header that carries it. */
    public static final String HEADER = "Orderflow-Signature";

    /** A notification that was signed longer ago may be a replay. */
    static final Duration TOLERANCE = Duration.ofMinutes(5);

    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec key;

    /** Signatures with this secret. */
    public WebhookSignature(String secret) {
        key = new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM);
    }

    /** The header's value for a body. */
    public String sign(byte[] body, Instant now) {
        long seconds = now.getEpochSecond();
        return "t=" + seconds + ",v1=" + HexFormat.of().formatHex(mac(seconds, body));
    }

    /** Why a header does not vouch for a body; null when it does. */
    @Nullable
    String fault(@Nullable String header, byte[] body, Instant now) {
        if (header == null) {
            return "The header " + HEADER + " is missing";
        }
        String time = part(header, "t=");
        String signature = part(header, "v1=");
        if (time == null || signature == null) {
            return "The header " + HEADER + " is not of the form t=<seconds>,v1=<hex>";
        }
        try {
            long seconds = Long.parseLong(time);
            byte[] given = HexFormat.of().parseHex(signature);
            if (!MessageDigest.isEqual(given, mac(seconds, body))) {
                return "The signature does not fit the body: both sides must have the same payment.webhook-secret";
            }
            Duration age = Duration.between(Instant.ofEpochSecond(seconds), now).abs();
            return age.compareTo(TOLERANCE) > 0
                    ? "It was signed " + age.toSeconds() + " s away from now; " + TOLERANCE.toSeconds()
                            + " s are allowed (do the clocks agree?)"
                    : null;
        } catch (IllegalArgumentException | java.time.DateTimeException notUnderstood) {
            return "The header " + HEADER + " is not of the form t=<seconds>,v1=<hex>";
        }
    }

    private static @Nullable String part(String header, String prefix) {
        for (String part : header.split(",", -1)) {
            if (part.strip().startsWith(prefix)) {
                return part.strip().substring(prefix.length());
            }
        }
        return null;
    }

    private byte[] mac(long seconds, byte[] body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update((seconds + ".").getBytes(StandardCharsets.US_ASCII));
            return mac.doFinal(body);
        } catch (NoSuchAlgorithmException | InvalidKeyException impossible) {
            throw new TerminalException("This Java runtime offers no " + ALGORITHM, impossible);
        }
    }
}
