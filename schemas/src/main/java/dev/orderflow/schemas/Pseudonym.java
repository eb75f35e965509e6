package dev.orderflow.schemas;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Names a customer where the real id must not appear: the first 128 bits of an HMAC-SHA256 of the user id, as 32
 * lower-case hex digits. The same id and secret give the same pseudonym in every service; without the secret nobody can
 * tell whose it is, nor try ids until one fits. Immutable and safe for use by many threads.
 */
public final class Pseudonym {

    /** The shortest secret that is taken, in bytes of UTF-8. */
    public static final int MIN_SECRET_BYTES = 16;

    private static final String ALGORITHM = "HmacSHA256";
    private static final int BYTES = 16;

    private final Mac unused;

    private Pseudonym(Mac unused) {
        this.unused = unused;
    }

    /**
     * Pseudonyms under one secret. Another secret gives every customer another pseudonym.
     *
     * @param secret at least {@value #MIN_SECRET_BYTES} bytes in UTF-8
     * @throws IllegalArgumentException if the secret is shorter; the message does not repeat it
     */
    public static Pseudonym keyedWith(String secret) {
        byte[] key = secret.getBytes(UTF_8);
        if (key.length < MIN_SECRET_BYTES) {
            throw new IllegalArgumentException("The secret of customer pseudonyms (pseudonym.key) has " + key.length
                    + " bytes; give it at least " + MIN_SECRET_BYTES + ".");
        }
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            // A first clone tells here, and not at the first customer, whether this provider can clone at all.
            return new Pseudonym((Mac) mac.clone());
        } catch (NoSuchAlgorithmException | InvalidKeyException | CloneNotSupportedException e) {
            throw new IllegalStateException(
                    "This Java runtime offers no " + ALGORITHM + " that can be cloned; use another one.", e);
        }
    }

    /** The pseudonym of a customer. */
    public String of(String userId) {
        byte[] digest = fresh().doFinal(userId.getBytes(UTF_8));
        return HexFormat.of().formatHex(digest, 0, BYTES);
    }

    /** A Mac carries the state of one computation, so each one works on a copy of the keyed but unused Mac. */
    private Mac fresh() {
        try {
            return (Mac) unused.clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException(ALGORITHM + " could be cloned before and cannot any more.", e);
        }
    }
}
