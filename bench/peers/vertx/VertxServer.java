import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.http.ServerWebSocket;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Vert.x, one verticle a processor, each writing to its own clients. PORT SYMBOL_FILE SYMBOLS EVENTS_PER_SECOND */
public final class VertxServer extends AbstractVerticle {
    private record Client(ServerWebSocket socket, boolean[] follows) {}

    private static final Map<Context, List<Client>> CLIENTS = new ConcurrentHashMap<>();
    private static Ticks ticks;
    private static int port;

    public static void main(String[] args) throws Exception {
        port = Integer.parseInt(args[0]);
        ticks = Ticks.of(args[1], args[2], args[3]);
        Vertx.vertx().deployVerticle(VertxServer.class.getName(), new DeploymentOptions().setInstances(2));
        ticks.start((symbol, row) -> CLIENTS.forEach((context, clients) -> context.runOnContext(none -> {
            for (Client client : clients) {
                if (client.follows()[symbol] && !client.socket().writeQueueFull()) {
                    client.socket().writeTextMessage(row);
                }
            }
        })));
    }

    @Override
    public void start() {
        List<Client> clients = new CopyOnWriteArrayList<>();
        CLIENTS.put(context, clients);
        vertx.createHttpServer()
                .webSocketHandler(socket -> {
                    socket.textMessageHandler(text -> clients.add(new Client(socket, ticks.follows(text))));
                    socket.closeHandler(none -> clients.removeIf(client -> client.socket() == socket));
                })
                .listen(port, "127.0.0.1");
    }
}
