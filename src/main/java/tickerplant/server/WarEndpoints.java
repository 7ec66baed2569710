package tickerplant.server;

import jakarta.websocket.Endpoint;
import jakarta.websocket.server.ServerApplicationConfig;
import jakarta.websocket.server.ServerEndpointConfig;
import java.util.Set;
import tickerplant.socket.EchoEndpoint;
import tickerplant.socket.FeedPartsEndpoint;
import tickerplant.socket.PartsEndpoint;

/**
 * Which endpoints a container opens that the WAR is deployed to. It makes this class by itself, and would else open all that
 * it finds, of which some stand for the same place.
 */
public final class WarEndpoints implements ServerApplicationConfig {
    @Override
    public Set<ServerEndpointConfig> getEndpointConfigs(Set<Class<? extends Endpoint>> found) {
        return Set.of();
    }

    @Override
    public Set<Class<?>> getAnnotatedEndpointClasses(Set<Class<?>> found) {
        return Set.of(PartsEndpoint.class, FeedPartsEndpoint.class, EchoEndpoint.class);
    }
}
