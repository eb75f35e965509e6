package dev.orderflow.local.sandbox;

import dev.orderflow.local.process.LoopbackPort;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/**
 * A payment provider of our own on 127.0.0.1, with the plain API: {@code POST /charge}, {@code POST /refund}, {@code GET
 * /charges/{key}}, {@code POST /charges/{key}/cancel}, {@code GET /charges?after=&limit=}, and besides {@code POST /config},
 * {@code GET /stats}, {@code GET /health}, and {@code /pay}, where a person approves or declines what waits.
 *
 * <p>A payment method that begins with {@code pm_declined} is declined with {@code card_declined}, one that begins with
 * {@code pm_insufficient} with {@code insufficient_funds}, one that begins with {@code pm_pending} waits for a person; every
 * other one is charged. One key is charged once, and keeps
 * its verdict over restarts and kill -9. An outage makes every call for money answer 503. Safe for use by several threads.
 */
public final class SandboxProvider implements AutoCloseable {

    private static final int LARGEST_BODY = 1 << 20;
    private static final int BACKLOG = 1024;

    /** Nobody shares it: what is signed with it is refused everywhere. */
    static final String NO_SECRET = "no secret was given";

    private final Ledger ledger;
    private final Notifications notifications;
    private final EventLoopGroup loop;
    private final Channel channel;
    private final int port;

    private SandboxProvider(Ledger ledger, Notifications notifications, EventLoopGroup loop, Channel channel) {
        this.ledger = ledger;
        this.notifications = notifications;
        this.loop = loop;
        this.channel = channel;
        this.port = ((InetSocketAddress) channel.localAddress()).getPort();
    }

    /**
     * Starts a provider.
     *
     * @param ledger its file; made where there is none
     * @param port on 127.0.0.1; 0 for a free one
     * @throws dev.orderflow.local.process.PortTakenException when somebody listens on the port
     * @throws UncheckedIOException when the ledger cannot be used: it is damaged, or another provider has it
     */
    public static SandboxProvider start(Path ledger, int port) {
        return start(ledger, LoopbackPort.HOST, port, NO_SECRET, "", "");
    }

    /**
     * Starts a provider that tells the shop what becomes of charges.
     *
     * @param secret what notifications are signed with, the same as the shop's
     * @param webhookUrl where they go at first; empty for nowhere
     */
    public static SandboxProvider start(Path ledger, int port, String secret, String webhookUrl) {
        return start(ledger, LoopbackPort.HOST, port, secret, webhookUrl, "");
    }

    /**
     * Starts a provider on another address than 127.0.0.1, such as that of a container.
     *
     * @param publicUrl where customers reach it; empty where they use the same address as the shop
     */
    static SandboxProvider start(
            Path ledger, String host, int port, String secret, String webhookUrl, String publicUrl) {
        if (port != 0) {
            LoopbackPort.requireFree("sandbox provider", port);
        }
        Ledger books = open(ledger);
        EventLoopGroup loop = new MultiThreadIoEventLoopGroup(
                1, new DefaultThreadFactory("sandbox-provider", true), NioIoHandler.newFactory());
        Notifications notifications = new Notifications(secret);
        try {
            SandboxConnection connection =
                    new SandboxConnection(new SandboxApi(books, Instant.now(), notifications, webhookUrl, publicUrl));
            Channel channel = new ServerBootstrap()
                    .group(loop)
                    .channel(NioServerSocketChannel.class)
                    .option(ChannelOption.SO_BACKLOG, BACKLOG)
                    .option(ChannelOption.SO_REUSEADDR, true)
                    .childOption(ChannelOption.TCP_NODELAY, true)
                    .childHandler(new ChannelInitializer<SocketChannel>() {
                        @Override
                        protected void initChannel(SocketChannel accepted) {
                            accepted.pipeline()
                                    .addLast(new HttpServerCodec())
                                    .addLast(new HttpObjectAggregator(LARGEST_BODY))
                                    .addLast(connection);
                        }
                    })
                    .bind(host, port)
                    .syncUninterruptibly()
                    .channel();
            return new SandboxProvider(books, notifications, loop, channel);
        } catch (RuntimeException failure) {
            stop(loop);
            notifications.close();
            books.close();
            throw failure;
        }
    }

    private static Ledger open(Path file) {
        try {
            return Ledger.open(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(
                    "The sandbox provider cannot use its ledger: " + failure.getMessage(), failure);
        }
    }

    /** Where it listens. */
    public int port() {
        return port;
    }

    /** The base URL of its API. */
    public String url() {
        return "http://" + LoopbackPort.HOST + ":" + port;
    }

    /** Returns when it has been stopped. */
    void awaitEnd() {
        channel.closeFuture().syncUninterruptibly();
    }

    /** Stops it; what was charged is in its ledger. */
    @Override
    public void close() {
        channel.close().syncUninterruptibly();
        stop(loop);
        notifications.close();
        ledger.close();
    }

    private static void stop(EventLoopGroup loop) {
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }
}
