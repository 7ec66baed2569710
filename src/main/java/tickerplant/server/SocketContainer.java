package tickerplant.server;

import jakarta.websocket.DeploymentException;
import jakarta.websocket.server.ServerEndpointConfig;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.glassfish.tyrus.core.TyrusWebSocketEngine;
import org.glassfish.tyrus.server.TyrusServerContainer;
import org.glassfish.tyrus.spi.WebSocketEngine;

/**
 * Tyrus without its own server, which would listen on all interfaces and open the port before an endpoint is there. It
 * offers no extensions: inflating knows no limit there.
 */
final class SocketContainer extends TyrusServerContainer {
    static final String ROOT = "/";

    /** What a frame's head may take beside its payload. */
    private static final int FRAME_HEAD_BYTES = 14;

    private final TyrusWebSocketEngine engine;

    /**
     * Takes the endpoints; {@link #deploy} makes them known.
     *
     * @param bufferBytes of the longest message and what may have been read after it: past that Tyrus ends the connection
     */
    SocketContainer(List<Class<?>> endpoints, int bufferBytes) {
        super(new HashSet<>(endpoints));
        // with 0, every send would schedule a task of its own
        setDefaultMaxSessionIdleTimeout(-1);
        engine = TyrusWebSocketEngine.builder(this)
                .incomingBufferSize(bufferBytes + FRAME_HEAD_BYTES)
                .build();
    }

    void deploy() throws IOException {
        try {
            start(ROOT, 0);
        } catch (DeploymentException e) {
            throw new IllegalStateException("an endpoint is not as Jakarta WebSocket wants it", e);
        }
        doneDeployment();
    }

    @Override
    public void register(Class<?> endpoint) throws DeploymentException {
        engine.register(endpoint, ROOT);
    }

    @Override
    public void register(ServerEndpointConfig endpoint) throws DeploymentException {
        engine.register(endpoint, ROOT);
    }

    @Override
    public Map<String, Object> getProperties() {
        return Map.of();
    }

    @Override
    public WebSocketEngine getWebSocketEngine() {
        return engine;
    }
}
