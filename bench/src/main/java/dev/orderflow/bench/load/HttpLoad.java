package dev.orderflow.bench.load;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.HttpResponseDecoder;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntFunction;

/**
 * Orders over HTTP with {@code Prefer: wait}, from one thread over keep-alive connections. Close it to end the thread.
 */
@SuppressWarnings("FutureReturnValueIgnored") // the listener hears of failures
public final class HttpLoad implements Load {

    private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final InetSocketAddress address;
    private final IntFunction<String> requests;

    /** @param base where the API is served */
    public HttpLoad(URI base, OrderMix orders) {
        this.address = new InetSocketAddress(base.getHost(), base.getPort());
        this.requests = number -> request(base, orders.json(number));
    }

    @Override
    public CompletableFuture<Outcomes> start(Shape shape, int first, Duration time) {
        EventLoop loop = group.next();
        HttpRun run =
                switch (shape) {
                    case Shape.Closed(int clients) ->
                        new ClosedHttpRun(loop, requests, first, each -> connect(loop, each), clients);
                    case Shape.Open(int perSecond) ->
                        new OpenHttpRun(loop, requests, first, each -> connect(loop, each), perSecond);
                };
        return run.start(time);
    }

    @Override
    public void close() {
        group.shutdownGracefully().syncUninterruptibly();
    }

    private CompletableFuture<HttpConnection> connect(EventLoop loop, Exchange exchange) {
        HttpConnection connection = new HttpConnection(exchange);
        CompletableFuture<HttpConnection> opened = new CompletableFuture<>();
        ChannelFuture connecting = new Bootstrap()
                .group(loop)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(new HttpResponseDecoder(), connection);
                    }
                })
                .connect(address);
        connecting.addListener(result -> {
            if (result.isSuccess()) {
                opened.complete(connection);
            } else {
                opened.completeExceptionally(result.cause());
            }
        });
        return opened;
    }

    private static String request(URI base, String body) {
        return "POST /orders HTTP/1.1\r\nHost: " + base.getAuthority()
                + "\r\nPrefer: wait=30, return=minimal\r\nContent-Type: application/json\r\nContent-Length: "
                + body.length()
                + "\r\n\r\n"
                + body;
    }
}
