package tickerplant.server;

import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Map;
import tickerplant.http.ContextPages;
import tickerplant.http.Servlets;
import tickerplant.service.Connections;
import tickerplant.service.Setting;
import tickerplant.service.Settings;

/**
 * Runs the service where the WAR is deployed to a container, which finds this class and the annotated endpoints by itself.
 * Settings come from the environment, the system properties, and the file that they name; host and port are the container's.
 */
@WebListener
public final class WarListener implements ServletContextListener {
    private static final Logger LOG = System.getLogger(WarListener.class.getName());

    private static final String DEPLOYMENT = WarListener.class.getName() + ".deployment";

    /** Starts it; where it can't start, the deployment fails with the reason. */
    @Override
    public void contextInitialized(ServletContextEvent event) {
        try {
            Settings settings = Settings.read(Map.of(), System.getenv(), System.getProperties());
            if (!settings.isGiven(Setting.AUTH)) {
                LOG.log(
                        Level.WARNING,
                        "everybody who can reach this container may connect; set {0} to jwt, or to none if that is meant",
                        Setting.AUTH.environment());
            }
            ServletContext context = event.getServletContext();
            Deployment deployment = Deployment.of(settings, Connections.OUT_OF_REACH, new ContextPages(context));
            Servlets.register(context, deployment.servlets());
            context.setAttribute(DEPLOYMENT, deployment);
            deployment.start();
        } catch (IOException e) {
            throw new IllegalStateException("tickerplant can't start: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("tickerplant was stopped while it started", e);
        }
    }

    /** Stops it, where {@link LateListener} hasn't. */
    @Override
    public void contextDestroyed(ServletContextEvent event) {
        stop(event.getServletContext());
    }

    /** Stops what runs in a context, and says goodbye to every client; once only. */
    static void stop(ServletContext context) {
        if (context.getAttribute(DEPLOYMENT) instanceof Deployment deployment) {
            context.removeAttribute(DEPLOYMENT);
            deployment.stop();
        }
    }
}
