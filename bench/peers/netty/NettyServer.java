import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Netty with one frame of bytes for all clients: a tick is encoded once, each event loop writes it to its own clients.
 * PORT SYMBOL_FILE SYMBOLS EVENTS_PER_SECOND
 */
public final class NettyServer {
    private record Client(Channel channel, boolean[] follows) {}

    private static final Map<EventLoop, List<Client>> CLIENTS = new ConcurrentHashMap<>();

    public static void main(String[] args) throws Exception {
        Ticks ticks = Ticks.of(args[1], args[2], args[3]);
        ticks.start(NettyServer::send);
        MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());
        new ServerBootstrap()
                .group(group)
                .channel(NioServerSocketChannel.class)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        channel.pipeline()
                                .addLast(new HttpServerCodec())
                                .addLast(new HttpObjectAggregator(65_536))
                                .addLast(new WebSocketServerProtocolHandler("/ws"))
                                .addLast(new Heard(ticks));
                    }
                })
                .bind("127.0.0.1", Integer.parseInt(args[0]))
                .sync();
    }

    private static void send(int symbol, String row) {
        byte[] bytes = row.getBytes(StandardCharsets.UTF_8);
        CLIENTS.forEach((loop, clients) -> {
            ByteBuf shared = Unpooled.wrappedBuffer(bytes);
            loop.execute(() -> {
                for (Client client : clients) {
                    // What a client leaves unread isn't kept for it.
                    if (client.follows()[symbol] && client.channel().isWritable()) {
                        client.channel().writeAndFlush(new TextWebSocketFrame(shared.retainedDuplicate()));
                    }
                }
                shared.release();
            });
        });
    }

    private static final class Heard extends SimpleChannelInboundHandler<TextWebSocketFrame> {
        private final Ticks ticks;

        Heard(Ticks ticks) {
            this.ticks = ticks;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, TextWebSocketFrame frame) {
            CLIENTS.computeIfAbsent(context.channel().eventLoop(), loop -> new CopyOnWriteArrayList<>())
                    .add(new Client(context.channel(), ticks.follows(frame.text())));
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            List<Client> clients = CLIENTS.getOrDefault(context.channel().eventLoop(), List.of());
            clients.removeIf(client -> client.channel() == context.channel());
        }
    }
}
