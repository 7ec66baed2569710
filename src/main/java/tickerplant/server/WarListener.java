package tickerplant.server;

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

    private Deployment deployment;

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
            deployment = Deployment.of(settings, Connections.OUT_OF_REACH, new ContextPages(event.getServletContext()));
            Servlets.register(event.getServletContext(), deployment.servlets());
            deployment.start();
        } catch (IOException e) {
            throw new IllegalStateException("tickerplant can't start: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("tickerplant was stopped while it started", e);
        }
    }

    /** Stops it, and says goodbye to every client. */
    @Override
    public void contextDestroyed(ServletContextEvent event) {
        if (deployment != null) {
            deployment.stop();
        }
    }
}
