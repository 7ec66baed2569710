package tickerplant.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PipedReader;
import java.io.PipedWriter;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tickerplant.feed.FeedSpec;
import tickerplant.http.ServletMapping;
import tickerplant.service.Connections;
import tickerplant.service.Setting;
import tickerplant.service.Settings;
import tickerplant.service.Version;

@Timeout(60)
class MainTest {
    /** Writes down what is done with it. */
    private static final class Recorded implements Application {
        private final List<String> events = Collections.synchronizedList(new ArrayList<>());
        private Settings settings = Settings.defaults();

        Recorded assemble(Settings given, Connections connections) {
            settings = given;
            events.add("assemble");
            return this;
        }

        @Override
        public List<Class<?>> endpoints() {
            return List.of();
        }

        @Override
        public List<ServletMapping> servlets() {
            return List.of();
        }

        @Override
        public void start() {
            events.add("start");
        }

        @Override
        public void stop() {
            events.add("stop");
        }
    }

    private final Recorded application = new Recorded();
    private final Terminal terminal = new Terminal(application::assemble);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            --bogus         | Unknown option: '--bogus'
            --port          | Missing required parameter for option '--port' (N)
            --port=x        | port=x from --port, expected a whole number between 0 and 65535
            --port=1 --port=2 | option '--port' (N) should be specified only once
            --data=         | data= from --data, expected the path of a folder, or none
            --echo=perhaps  | Invalid value for option '--echo': 'perhaps' is not a boolean
            --config=/none  | config=/none from --config, expected a readable file in UTF-8
            --feed=a?b      | feed=a?b from --feed, expected specifications such as simulated?symbols=100 or replay:FILE?speed=20
            --host=0.0.0.0  | host=0.0.0.0 from --host, expected a loopback address, or auth=jwt with auth.key or auth.jwks, or auth=none where everybody who can reach it may connect
            --auth-key= --auth=jwt | auth.key=*** from --auth-key, expected a secret of at least 32 bytes, or file: and the path of a file with one
            stop            | unknown command 'stop', expected serve, publish, import or journal
            serve serve     | Unmatched argument at index 1: 'serve'
            """)
    void aBadOptionIsOneLineAndCodeTwo(String arguments, String message) {
        assertEquals(2, terminal.run(arguments.split(" ", -1)));
        assertEquals("tickerplant: " + message + System.lineSeparator(), terminal.err());
        assertEquals("", terminal.out());
        assertEquals(List.of(), application.events);
    }

    @ParameterizedTest
    @EnumSource(Setting.class)
    void helpNamesEverySetting(Setting setting) {
        assertEquals(0, terminal.run("--help"));
        assertTrue(terminal.out().contains("  " + setting.option() + (setting.flag() ? "[=" : "=")), terminal.out());
        assertTrue(terminal.out().contains(setting.description()), terminal.out());
        assertEquals("", terminal.err());
    }

    @Test
    void theVersionIsOneLine() {
        assertEquals(0, terminal.run("--version"));
        assertEquals("tickerplant " + Version.NUMBER + System.lineSeparator(), terminal.out());
    }

    @Test
    void theFirstLineIsTheAddressAndAStopEndsItWithZero() throws Exception {
        try (PipedReader pipe = new PipedReader();
                PipedWriter end = new PipedWriter(pipe);
                BufferedReader lines = new BufferedReader(pipe)) {
            Main main = new Main(
                    application::assemble,
                    Map.of(),
                    new Properties(),
                    new PrintWriter(end),
                    new PrintWriter(new StringWriter()));
            CompletableFuture<Integer> code = CompletableFuture.supplyAsync(
                    () -> main.run("serve", "--port", "0", "--echo", "--feed", "none", "--feed", "replay:a b"));
            URI address = URI.create(lines.readLine());
            assertEquals("http", address.getScheme());
            assertEquals("127.0.0.1", address.getHost());
            new Socket(address.getHost(), address.getPort()).close();
            assertEquals(List.of("assemble", "start"), application.events);
            assertTrue(application.settings.echo());
            assertEquals(List.of(FeedSpec.parse("none"), FeedSpec.parse("replay:a b")), application.settings.feeds());
            main.stop();
            assertEquals(0, code.get(10, TimeUnit.SECONDS));
            assertEquals(List.of("assemble", "start", "stop"), application.events);
        }
    }

    @Test
    void aPortThatIsTakenIsOneLineAndCodeOne() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
            assertEquals(1, terminal.run("--port", String.valueOf(taken.getLocalPort())));
            assertEquals(
                    "tickerplant: can't listen on port " + taken.getLocalPort()
                            + " of 127.0.0.1: Address already in use" + System.lineSeparator(),
                    terminal.err());
            assertEquals("", terminal.out());
            assertEquals(List.of("assemble", "start", "stop"), application.events);
        }
    }

    @Test
    void whatCannotBeOpenedIsOneLineAndCodeOne() {
        Terminal broken = new Terminal((settings, connections) -> {
            throw new IOException("no file\ncalled x");
        });
        assertEquals(1, broken.run());
        assertEquals("tickerplant: no file called x" + System.lineSeparator(), broken.err());
    }
}
