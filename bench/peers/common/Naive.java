import jakarta.websocket.OnClose;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The loop of every tutorial: each tick is sent to each session as soon as it happens; -Dbench.blocking=true waits for it. */
@ServerEndpoint("/ws")
public final class Naive {
    private static final Map<Session, boolean[]> SESSIONS = new ConcurrentHashMap<>();
    private static final boolean BLOCKING = Boolean.getBoolean("bench.blocking");
    private static volatile Ticks ticks;

    static void start(Ticks market) {
        ticks = market;
        market.start(Naive::send);
    }

    private static void send(int symbol, String row) {
        SESSIONS.forEach((session, follows) -> {
            if (follows[symbol] && session.isOpen()) {
                try {
                    if (BLOCKING) {
                        session.getBasicRemote().sendText(row);
                    } else {
                        session.getAsyncRemote().sendText(row);
                    }
                } catch (IllegalStateException | IOException e) {
                    // Tomcat, while the last text is under way, or the client is gone: the row is lost, and nobody is told.
                }
            }
        });
    }

    @OnOpen
    public void opened(Session session) {
        // For Tyrus, which would arm a timer for every text.
        session.setMaxIdleTimeout(-1);
    }

    @OnMessage
    public void heard(Session session, String text) {
        SESSIONS.put(session, ticks.follows(text));
    }

    @OnClose
    public void closed(Session session) {
        SESSIONS.remove(session);
    }
}
