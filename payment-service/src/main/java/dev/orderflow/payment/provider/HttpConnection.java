package dev.orderflow.payment.provider;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/** One HTTP/1.1 connection, used by one caller at a time. */
final class HttpConnection implements AutoCloseable {

    private static final int MAX_LINE = 8 * 1024;
    private static final int MAX_HEADERS = 100;
    private static final int MAX_BODY = 16 * 1024 * 1024;
    private static final int BUFFER = 2048;

    private final Socket socket;
    private final InputStream in;
    private final StringBuilder line = new StringBuilder(64);
    private long deadline;
    private boolean answering;
    private boolean reusable;

    private HttpConnection(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new BufferedInputStream(new Timed(socket.getInputStream()), BUFFER);
    }

    /** @param deadline by {@link System#nanoTime} */
    static HttpConnection open(HttpOrigin origin, long deadline) throws IOException {
        Socket plain = new Socket();
        try {
            plain.setTcpNoDelay(true);
            plain.connect(new InetSocketAddress(origin.host(), origin.port()), millisUntil(deadline));
            return new HttpConnection(origin.tls() ? secured(plain, origin, deadline) : plain);
        } catch (IOException | RuntimeException failure) {
            plain.close();
            throw failure;
        }
    }

    private static Socket secured(Socket plain, HttpOrigin origin, long deadline) throws IOException {
        SSLSocketFactory factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
        SSLSocket secured = (SSLSocket) factory.createSocket(plain, origin.host(), origin.port(), true);
        SSLParameters parameters = secured.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        secured.setSSLParameters(parameters);
        secured.setSoTimeout(millisUntil(deadline));
        secured.startHandshake();
        return secured;
    }

    /**
     * Sends a request and reads its answer.
     *
     * @param deadline by {@link System#nanoTime}; nothing is sent after it
     */
    HttpAnswer exchange(byte[] request, long deadline) throws IOException {
        this.deadline = deadline;
        answering = false;
        reusable = false;
        millisUntil(deadline);
        socket.getOutputStream().write(request);
        int status = status();
        while (status >= 100 && status < 200) {
            headers();
            status = status();
        }
        Map<String, String> headers = headers();
        boolean close = "close".equalsIgnoreCase(headers.get("connection"));
        byte[] body = body(status, headers);
        reusable = !close && hasLength(status, headers);
        return new HttpAnswer(status, headers, body);
    }

    /** Whether the other side had begun to answer when {@link #exchange} failed. */
    boolean isAnswering() {
        return answering;
    }

    boolean isReusable() {
        return reusable;
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException gone) {
            // It is closed either way.
        }
    }

    private int status() throws IOException {
        String status = line();
        try {
            if (status.startsWith("HTTP/1.") && status.length() >= 12) {
                return Integer.parseInt(status, 9, 12, 10);
            }
        } catch (NumberFormatException noNumber) {
            throw new IOException("Not an answer in HTTP/1.1: " + status, noNumber);
        }
        throw new IOException("Not an answer in HTTP/1.1: " + status);
    }

    private Map<String, String> headers() throws IOException {
        Map<String, String> headers = new HashMap<>();
        for (int count = 0; count < MAX_HEADERS; count++) {
            String header = line();
            if (header.isEmpty()) {
                return headers;
            }
            int colon = header.indexOf(':');
            if (colon > 0) {
                headers.put(
                        header.substring(0, colon).toLowerCase(Locale.ROOT),
                        header.substring(colon + 1).strip());
            }
        }
        throw new IOException("An answer with more than " + MAX_HEADERS + " headers");
    }

    private static boolean hasLength(int status, Map<String, String> headers) {
        return status == 204 || headers.containsKey("content-length") || headers.containsKey("transfer-encoding");
    }

    private byte[] body(int status, Map<String, String> headers) throws IOException {
        if (status == 204 || status == 304) {
            return new byte[0];
        }
        if ("chunked".equalsIgnoreCase(headers.get("transfer-encoding"))) {
            return chunks();
        }
        String length = headers.get("content-length");
        return length == null ? exactly(-1) : exactly(number(length, 10));
    }

    private byte[] chunks() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        while (true) {
            String size = line();
            int extension = size.indexOf(';');
            int length = number(extension < 0 ? size : size.substring(0, extension), 16);
            if (length == 0) {
                headers();
                return body.toByteArray();
            }
            body.write(exactly(length));
            if (body.size() > MAX_BODY || !line().isEmpty()) {
                throw new IOException("A chunked answer that is too long or broken");
            }
        }
    }

    /** So many bytes, or all until the end where {@code length} is negative. */
    private byte[] exactly(int length) throws IOException {
        byte[] bytes = in.readNBytes(length < 0 ? MAX_BODY : length);
        if (length >= 0 && bytes.length < length) {
            throw new EOFException("The connection was cut after " + bytes.length + " of " + length + " bytes");
        }
        return bytes;
    }

    private static int number(String text, int radix) throws IOException {
        try {
            int number = Integer.parseInt(text.strip(), radix);
            if (number >= 0 && number <= MAX_BODY) {
                return number;
            }
        } catch (NumberFormatException noNumber) {
            throw new IOException("Not a length: " + text, noNumber);
        }
        throw new IOException("An answer of " + text + " bytes is too long");
    }

    private String line() throws IOException {
        line.setLength(0);
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("The connection was cut before the answer was complete");
            }
            answering = true;
            if (next != '\r') {
                line.append((char) next);
            }
            if (line.length() > MAX_LINE) {
                throw new IOException("An answer with a line of more than " + MAX_LINE + " bytes");
            }
        }
        return line.toString();
    }

    private static int millisUntil(long deadline) throws SocketTimeoutException {
        long millis = (deadline - System.nanoTime()) / 1_000_000;
        if (millis <= 0) {
            throw new SocketTimeoutException("The time for one try is over");
        }
        return (int) Math.min(millis, Integer.MAX_VALUE);
    }

    /** Reads until the deadline, however slowly the bytes come. */
    private final class Timed extends InputStream {

        private final InputStream from;

        Timed(InputStream from) {
            this.from = from;
        }

        @Override
        public int read() throws IOException {
            socket.setSoTimeout(millisUntil(deadline));
            return from.read();
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            socket.setSoTimeout(millisUntil(deadline));
            return from.read(bytes, offset, length);
        }
    }
}
