package dev.orderflow.payment.provider;

import dev.orderflow.durable.TerminalException;
import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * Where a provider's API is.
 *
 * @param path in front of every path of the API, without a slash at its end; may be empty
 */
public record HttpOrigin(String host, int port, boolean tls, String path) {

    private static final int HTTP = 80;
    private static final int HTTPS = 443;

    /**
     * Reads a base URL.
     *
     * @param setting the name of the setting it comes from, for the message
     * @throws TerminalException when it is none
     */
    public static HttpOrigin parse(String setting, String url) {
        URI uri;
        try {
            uri = new URI(url);
        } catch (URISyntaxException notAUrl) {
            throw bad(setting, url, notAUrl);
        }
        boolean tls = "https".equalsIgnoreCase(uri.getScheme());
        boolean known = tls || "http".equalsIgnoreCase(uri.getScheme());
        if (!known || uri.getHost() == null || uri.getRawQuery() != null || uri.getRawUserInfo() != null) {
            throw bad(setting, url, null);
        }
        int port = uri.getPort() >= 0 ? uri.getPort() : tls ? HTTPS : HTTP;
        String path = uri.getRawPath() == null ? "" : uri.getRawPath();
        while (path.endsWith("/")) {
            path = path.substring(0, path.length() - 1);
        }
        return new HttpOrigin(uri.getHost(), port, tls, path);
    }

    /** The value of the {@code Host} header. */
    String authority() {
        return port == (tls ? HTTPS : HTTP) ? host : host + ":" + port;
    }

    @Override
    public String toString() {
        return (tls ? "https://" : "http://") + authority() + path;
    }

    private static TerminalException bad(String setting, String url, @Nullable Exception why) {
        String message =
                "Setting " + setting + "=" + url + " cannot be used: write the base URL of the provider's API, such as"
                        + " http://127.0.0.1:27001 or https://pay.example.com/v1 (no user, no query).";
        return why == null ? new TerminalException(message) : new TerminalException(message, why);
    }
}
