package tickerplant.server;

import java.io.IOException;
import java.util.List;
import tickerplant.http.ServletMapping;
import tickerplant.service.Connections;
import tickerplant.service.Settings;

/** What an embedded server serves. The thread that runs the server calls it. */
public interface Application {
    /** Makes one from the settings; nothing runs yet. */
    interface Assembly {
        /**
         * Puts it together.
         *
         * @throws IOException where something that was asked for can't be opened; the message is one line for a person
         * @throws tickerplant.service.SettingsException where a setting makes no sense
         */
        Application assemble(Settings settings, Connections connections) throws IOException;
    }

    /** The annotated WebSocket endpoints. */
    List<Class<?>> endpoints();

    /** The servlets. */
    List<ServletMapping> servlets();

    /**
     * Starts it; the port opens afterwards.
     *
     * @throws IOException where something can't be opened; the message is one line for a person
     */
    void start() throws IOException, InterruptedException;

    /**
     * Stops it and says goodbye to all sessions, within a few seconds; the port closes afterwards. Called after a start that
     * failed, too.
     */
    void stop();
}
