package dev.orderflow.local.sandbox;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Requests of connections, handed to the API and answered. */
@ChannelHandler.Sharable
final class SandboxConnection extends SimpleChannelInboundHandler<FullHttpRequest> {

    private static final Logger LOG = LoggerFactory.getLogger(SandboxConnection.class);
    private static final String IDEMPOTENCY_KEY = "idempotency-key";

    private final SandboxApi api;

    SandboxConnection(SandboxApi api) {
        this.api = api;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
        boolean keepAlive = HttpUtil.isKeepAlive(request);
        SandboxAnswer answer = answer(request);
        if (answer.delay().isPositive()) {
            Future<?> _ = context.executor()
                    .schedule(
                            () -> carryOut(context, answer, keepAlive),
                            answer.delay().toMillis(),
                            TimeUnit.MILLISECONDS);
        } else {
            carryOut(context, answer, keepAlive);
        }
    }

    private SandboxAnswer answer(FullHttpRequest request) {
        try {
            QueryStringDecoder target = new QueryStringDecoder(request.uri());
            Map<String, String> query = new HashMap<>();
            target.parameters().forEach((name, values) -> query.put(name, values.getFirst()));
            return api.answer(new SandboxRequest(
                    request.method().name(),
                    target.path(),
                    query,
                    request.headers().get(IDEMPOTENCY_KEY, ""),
                    request.headers().get(HttpHeaderNames.HOST, ""),
                    ByteBufUtil.getBytes(request.content())));
        } catch (BadRequest | IllegalArgumentException notUnderstood) {
            return SandboxAnswer.error(400, String.valueOf(notUnderstood.getMessage()));
        } catch (IOException | RuntimeException broken) {
            LOG.error("{} {} failed", request.method(), request.uri(), broken);
            return SandboxAnswer.error(500, "internal_error");
        }
    }

    private static void carryOut(ChannelHandlerContext context, SandboxAnswer answer, boolean keepAlive) {
        switch (answer) {
            case SandboxAnswer.Cut _ -> close(context);
            case SandboxAnswer.Content content -> {
                FullHttpResponse response = new DefaultFullHttpResponse(
                        HttpVersion.HTTP_1_1,
                        HttpResponseStatus.valueOf(content.status()),
                        Unpooled.wrappedBuffer(content.body()));
                response.headers()
                        .set(HttpHeaderNames.CONTENT_TYPE, content.type())
                        .setInt(HttpHeaderNames.CONTENT_LENGTH, content.body().length);
                if (!keepAlive) {
                    response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
                }
                ChannelFuture written = context.writeAndFlush(response);
                if (!keepAlive) {
                    ChannelFuture _ = written.addListener(ChannelFutureListener.CLOSE);
                }
            }
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        LOG.debug("A connection broke", cause);
        close(context);
    }

    private static void close(ChannelHandlerContext context) {
        ChannelFuture _ = context.close();
    }
}
