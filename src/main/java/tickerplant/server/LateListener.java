package tickerplant.server;

import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import java.util.Set;

/**
 * Says goodbye to clients before a container closes their sockets. Listeners are told of the end in the reverse order of their
 * beginning, and Tomcat's own, which closes sockets, begins after those it finds in a WAR; one that an initializer adds begins
 * later still. It may not add servlets, so that {@link WarListener} is needed besides.
 */
public final class LateListener implements ServletContainerInitializer {
    @Override
    public void onStartup(Set<Class<?>> classes, ServletContext context) {
        context.addListener(new Goodbye());
    }

    private static final class Goodbye implements ServletContextListener {
        @Override
        public void contextDestroyed(ServletContextEvent event) {
            WarListener.stop(event.getServletContext());
        }
    }
}
