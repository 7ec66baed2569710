package tickerplant.server;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.net.ssl.SSLContext;
import tickerplant.market.Clock;
import tickerplant.service.Connections;
import tickerplant.service.Settings;

/** The program: reads the settings, starts the application and the embedded server, and stops them again. */
public final class Main {
    /** Within it the process has ended after a signal; what still waits then is dropped. */
    private static final Duration STOP_DEADLINE = Duration.ofMillis(4_500);

    /** The part of it that requests under way may take. */
    private static final Duration REQUESTS_DEADLINE = Duration.ofMillis(500);

    private final Application.Assembly assembly;
    private final Map<String, String> environment;
    private final Properties system;
    private final PrintWriter out;
    private final PrintWriter err;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile Optional<Thread> working = Optional.empty();

    Main(
            Application.Assembly assembly,
            Map<String, String> environment,
            Properties system,
            PrintWriter out,
            PrintWriter err) {
        this.assembly = assembly;
        this.environment = environment;
        this.system = system;
        this.out = out;
        this.err = err;
    }

    /** Runs until a signal ends it; exits with 0, with 1 where it couldn't start, with 2 for a bad option or setting. */
    public static void main(String[] arguments) {
        Log.toStandardError();
        Main main = new Main(
                Main::assemble,
                System.getenv(),
                System.getProperties(),
                new PrintWriter(System.out, true, StandardCharsets.UTF_8),
                new PrintWriter(System.err, true, StandardCharsets.UTF_8));
        Runtime.getRuntime().addShutdownHook(new Thread(main::stop, "stop"));
        int code = main.run(arguments);
        System.exit(code);
    }

    private static Application assemble(Settings settings, Connections connections) throws IOException {
        return Deployment.of(
                settings,
                connections,
                PageFiles.around(
                        Main.class.getProtectionDomain().getCodeSource().getLocation(), Path.of("webapp")));
    }

    /** Does what the command line says; returns the exit code once it is done, or after {@link #stop}. */
    int run(String... arguments) {
        try {
            Optional<Work> work = arguments.length == 0 ? Optional.empty() : work(arguments[0]);
            if (work.isPresent()) {
                working = Optional.of(Thread.currentThread());
                return work.get().run(Arrays.copyOfRange(arguments, 1, arguments.length));
            }
            return Options.usage(out, err).run(arguments, this::serve);
        } finally {
            stopped.countDown();
        }
    }

    /** Something that the program does beside serving. */
    private interface Work {
        int run(String... arguments);
    }

    private Optional<Work> work(String command) {
        return switch (command) {
            case PublishCommand.NAME -> Optional.of(new PublishCommand(environment, out, err, Clock.SYSTEM)::run);
            case ImportCommand.NAME -> Optional.of(new ImportCommand(environment, out, err, Clock.SYSTEM)::run);
            case JournalCommand.NAME -> Optional.of(new JournalCommand(environment, out, err, Clock.SYSTEM)::run);
            default -> Optional.empty();
        };
    }

    private int serve(Arguments given) throws IOException {
        Settings settings = Settings.read(Options.settings(given), environment, system);
        if (settings.logsJson()) {
            Log.as(new JsonLogFormat());
        }
        settings.checkReach();
        Optional<SSLContext> tls = settings.tls();
        ConnectionFilter connections = new ConnectionFilter();
        Application application = assembly.assemble(settings, connections);
        EmbeddedServer server = new EmbeddedServer(
                settings.host(),
                settings.port(),
                settings.messageBytes(),
                connections,
                application.endpoints(),
                application.servlets(),
                tls,
                Patience.USUAL);
        try {
            application.start();
            server.open();
            out.println(
                    (tls.isPresent() ? "https://" : "http://") + address(settings.host()) + ":" + server.port() + "/");
            out.flush();
            stopping.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            application.stop();
            server.stop(REQUESTS_DEADLINE);
        }
        return Usage.DONE;
    }

    private static String address(String host) {
        return host.indexOf(':') >= 0 ? "[" + host + "]" : host;
    }

    /** Asks a running service to end, and waits for it a few seconds at most. */
    void stop() {
        stopping.countDown();
        working.ifPresent(Thread::interrupt);
        try {
            if (!stopped.await(STOP_DEADLINE.toMillis(), TimeUnit.MILLISECONDS)) {
                Logger.getLogger(Main.class.getName())
                        .log(Level.WARNING, "not stopped within {0} ms, the rest is dropped", STOP_DEADLINE.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
