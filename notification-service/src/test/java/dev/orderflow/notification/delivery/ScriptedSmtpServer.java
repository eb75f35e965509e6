package dev.orderflow.notification.delivery;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A mail server that answers each command as a test says: {@code HANG} for never, {@code DROP} for hanging up. */
final class ScriptedSmtpServer implements AutoCloseable {

    static final String HANG = "HANG";
    static final String DROP = "DROP";

    private static final Map<String, String> POLITE = Map.of(
            "GREETING", "220 here",
            "EHLO", "250 here",
            "MAIL", "250 ok",
            "RCPT", "250 ok",
            "DATA", "354 go on",
            ".", "250 taken",
            "RSET", "250 ok",
            "NOOP", "250 ok",
            "QUIT", "221 bye");

    final AtomicInteger mails = new AtomicInteger();
    final AtomicInteger connections = new AtomicInteger();
    final AtomicInteger mostAtOnce = new AtomicInteger();
    private final AtomicInteger open = new AtomicInteger();
    private final Map<String, String> script = new ConcurrentHashMap<>(POLITE);
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final ServerSocket server;

    ScriptedSmtpServer() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    void answer(String command, String answer) {
        script.put(command, answer);
    }

    void dropAll() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        dropAll();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                sockets.add(socket);
                connections.incrementAndGet();
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        mostAtOnce.accumulateAndGet(open.incrementAndGet(), Math::max);
        try (socket) {
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            boolean goOn = say(socket, "GREETING");
            boolean content = false;
            while (goOn) {
                String line = in.readLine();
                if (line == null) {
                    return;
                }
                if (content) {
                    if (line.equals(".")) {
                        content = false;
                        mails.incrementAndGet();
                        goOn = say(socket, ".");
                    }
                } else {
                    String command = line.split("[ :]", 2)[0].toUpperCase(Locale.ROOT);
                    goOn = say(socket, command);
                    content = command.equals("DATA") && answerTo("DATA").startsWith("354");
                }
            }
        } catch (IOException gone) {
            // The client, or the test, has hung up.
        } finally {
            open.decrementAndGet();
        }
    }

    private boolean say(Socket socket, String command) throws IOException {
        String answer = answerTo(command);
        if (!answer.equals(DROP) && !answer.equals(HANG)) {
            OutputStream out = socket.getOutputStream();
            out.write((answer + "\r\n").getBytes(StandardCharsets.UTF_8));
            out.flush();
        }
        return !answer.equals(DROP);
    }

    private String answerTo(String command) {
        return script.getOrDefault(command, "500 what?");
    }
}
