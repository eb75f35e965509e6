package dev.orderflow.bench.load;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * One keep-alive connection with one request under way at most. Requests are written as text and answers are read no further
 * than needed: the load may not cost what it measures. Used on its event loop only.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a write that fails closes the connection, and that is heard of
final class HttpConnection extends SimpleChannelInboundHandler<HttpObject> {

    private static final int LOOKED_AT = 400;

    private final Exchange exchange;
    private final StringBuilder head = new StringBuilder(LOOKED_AT);
    private @Nullable Channel channel;
    private boolean inFlight;
    private long intendedAt;
    private int status;
    private String trouble = "connection closed";

    HttpConnection(Exchange exchange) {
        this.exchange = exchange;
    }

    /** Sends a whole request. */
    void send(String request, long intended) {
        Channel open = channel;
        if (open == null) {
            throw new IllegalStateException("the connection is not open yet");
        }
        inFlight = true;
        intendedAt = intended;
        ByteBuf bytes = open.alloc().buffer(request.length());
        ByteBufUtil.writeAscii(bytes, request);
        open.writeAndFlush(bytes, open.voidPromise());
    }

    void close() {
        if (channel != null) {
            channel.close();
        }
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        channel = context.channel();
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, HttpObject message) {
        if (message instanceof HttpResponse response) {
            status = response.status().code();
            head.setLength(0);
        }
        if (message instanceof HttpContent content && head.length() < LOOKED_AT) {
            ByteBuf bytes = content.content();
            int length = Math.min(bytes.readableBytes(), LOOKED_AT - head.length());
            head.append(bytes.toString(bytes.readerIndex(), length, StandardCharsets.ISO_8859_1));
        }
        if (message instanceof LastHttpContent) {
            inFlight = false;
            exchange.answered(this, status, head.toString(), intendedAt);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        exchange.lost(this, inFlight, trouble);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        trouble = cause.toString();
        context.close();
    }
}
