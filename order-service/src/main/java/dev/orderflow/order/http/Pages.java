package dev.orderflow.order.http;

import dev.orderflow.durable.TerminalException;
import io.micronaut.http.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The console and the shop: files that come with the program, read once. Immutable. */
public final class Pages {

    static final String CONSOLE = "console.html";
    static final String SHOP = "shop.html";

    /** Where they are in the program. */
    static final String DIRECTORY = "/dev/orderflow/order/pages/";

    static final List<String> NAMES = List.of(
            CONSOLE,
            SHOP,
            "orderflow.css",
            "icon.svg",
            "api.js",
            "audit.js",
            "console.js",
            "dead-letters.js",
            "dom.js",
            "order.js",
            "orders.js",
            "payments.js",
            "points.js",
            "revenue.js",
            "shop.js",
            "stock.js");

    private static final Map<String, MediaType> TYPES = Map.of(
            "html", MediaType.of("text/html; charset=utf-8"),
            "css", MediaType.of("text/css; charset=utf-8"),
            "js", MediaType.of("text/javascript; charset=utf-8"),
            "svg", MediaType.of("image/svg+xml"));

    private final Map<String, Page> pages = new LinkedHashMap<>();

    /**
     * One file.
     *
     * @param tag changes with its content
     */
    record Page(String text, MediaType type, String tag) {}

    /** Reads them all. */
    public Pages() {
        NAMES.forEach(name -> pages.put(name, read(name)));
    }

    Optional<Page> find(String name) {
        return Optional.ofNullable(pages.get(name));
    }

    private static Page read(String name) {
        try (InputStream in = Pages.class.getResourceAsStream(DIRECTORY + name)) {
            if (in == null) {
                throw new TerminalException("The page " + name + " is missing from this program: build it again");
            }
            byte[] bytes = in.readAllBytes();
            MediaType type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
            if (type == null) {
                throw new TerminalException("Nobody knows of what type the page " + name + " is");
            }
            return new Page(new String(bytes, StandardCharsets.UTF_8), type, tag(bytes));
        } catch (IOException unreadable) {
            throw new TerminalException("The page " + name + " cannot be read from this program", unreadable);
        }
    }

    private static String tag(byte[] bytes) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
            return '"' + HexFormat.of().formatHex(hash, 0, 8) + '"';
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
