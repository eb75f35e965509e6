package dev.orderflow.order.saga;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The identity of what an order asks for: two requests under one id are the same order exactly when their hashes are
 * equal. Thread-safe.
 */
public final class OrderContent {

    private static final int VERSION = 1;
    private static final int HASH_BYTES = 16;

    private OrderContent() {}

    /**
     * The first 128 bits of a SHA-256 over user, payment method, currency, location and items in their order, in hex. A
     * length goes before every text, so no two contents share an encoding. Time and locale are not part of it.
     *
     * @param order with its defaults filled in; a field that is missing still hashes, as missing
     */
    public static String hash(PlacedOrder order) {
        byte[] digest = sha256().digest(canonical(order));
        return HexFormat.of().formatHex(digest, 0, HASH_BYTES);
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static byte[] canonical(PlacedOrder order) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(VERSION);
            text(out, order.userId());
            text(out, order.paymentMethodId());
            text(out, order.currency());
            text(out, order.stockLocation());
            out.writeInt(order.items().size());
            for (PlacedOrder.Item item : order.items()) {
                text(out, item.productId());
                out.writeLong(item.quantity());
                out.writeLong(item.price());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory does not fail", e);
        }
        return bytes.toByteArray();
    }

    private static void text(DataOutputStream out, @Nullable String text) throws IOException {
        if (text == null) {
            out.writeInt(-1);
            return;
        }
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(utf8.length);
        out.write(utf8);
    }
}
