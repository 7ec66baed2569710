package tickerplant.service;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tickerplant.feed.FeedSpec;
import tickerplant.market.Clock;

class SettingsTest {
    @TempDir
    Path folder;

    @Test
    void theDefaultsAreWhatTheContractSays() {
        Settings settings = Settings.defaults();
        assertEquals("127.0.0.1", settings.host());
        assertEquals(8080, settings.port());
        assertEquals(List.of(FeedSpec.parse("simulated"), FeedSpec.parse("sample")), settings.feeds());
        assertFalse(settings.echo());
        assertEquals(5000, settings.heartbeatMs());
        assertEquals(262144, settings.windowBytes());
        assertEquals(262144, settings.frameBytes());
        assertEquals(65536, settings.messageBytes());
        assertEquals(10000, settings.symbolLimit());
        assertEquals(20000, settings.slowMs());
        assertEquals(Set.of(), settings.origins());
        assertEquals(0, settings.senderThreads());
    }

    @ParameterizedTest
    @EnumSource(Setting.class)
    void everyDefaultFitsItsOwnForm(Setting setting) {
        if (!setting.fallback().isEmpty()) {
            for (String value : setting.fallback().split(" ", -1)) {
                assertTrue(setting.fits(value), setting.key());
            }
        }
    }

    @Test
    void everyNameIsUnique() {
        int count = Setting.values().length;
        assertEquals(count, names(Setting::key).size());
        assertEquals(count, names(Setting::environment).size());
        assertEquals(count, names(Setting::option).size());
    }

    private static Set<String> names(java.util.function.Function<Setting, String> name) {
        return Stream.of(Setting.values()).map(name).collect(Collectors.toSet());
    }

    @Test
    void theNamesFollowFromTheKey() {
        assertEquals("TICKERPLANT_ECHO_ENABLED", Setting.ECHO.environment());
        assertEquals("tickerplant.echo.enabled", Setting.ECHO.property());
        assertEquals("--echo", Setting.ECHO.option());
        assertEquals("--heartbeat-ms", Setting.HEARTBEAT_MS.option());
    }

    @Test
    void theNearerSourceWins() throws IOException {
        Path file = file("port=1\nheartbeat_ms=101\nslow_ms=1001\nwindow_bytes=4097\n");
        Settings settings = Settings.read(
                Map.of(Setting.PORT, List.of("4"), Setting.CONFIG, List.of(file.toString())),
                Map.of("TICKERPLANT_PORT", "3", "TICKERPLANT_HEARTBEAT_MS", "103", "HOME", "/root"),
                properties("tickerplant.port", "2", "tickerplant.heartbeat_ms", "102", "tickerplant.slow_ms", "1002"));
        assertEquals(4, settings.port());
        assertEquals(103, settings.heartbeatMs());
        assertEquals(1002, settings.slowMs());
        assertEquals(4097, settings.windowBytes());
        assertEquals(262144, settings.frameBytes());
    }

    @Test
    void theEnvironmentMayNameTheFile() throws IOException {
        Path file = file("echo.enabled=true\n");
        assertTrue(Settings.read(Map.of(), Map.of("TICKERPLANT_CONFIG", file.toString()), new Properties())
                .echo());
    }

    @Test
    void listsAreSeparatedByBlanksAndReplacedAsAWhole() throws IOException {
        Path file = file(
                "feed = simulated?symbols=5 \\\n  replay:a.csv?speed=max\norigins=https://A.example http://b:81 \n");
        Settings settings = Settings.of(Map.of(Setting.CONFIG, List.of(file.toString())));
        assertEquals(
                List.of(FeedSpec.parse("simulated?symbols=5"), FeedSpec.parse("replay:a.csv?speed=max")),
                settings.feeds());
        assertEquals(Set.of("https://a.example", "http://b:81"), settings.origins());
        assertEquals(
                List.of(FeedSpec.parse("none")),
                Settings.of(Map.of(
                                Setting.CONFIG, List.of(file.toString()),
                                Setting.FEED, List.of("none")))
                        .feeds());
    }

    @Test
    void theCommandLineMayNameAFileWithABlank() {
        Settings settings = Settings.of(Map.of(Setting.FEED, List.of("replay:my file.csv")));
        assertEquals("my file.csv", settings.feeds().get(0).target());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            HOST           | a b                 | a name or an address of this machine
            HOST           | ''                  | a name or an address of this machine
            PORT           | 65536               | a whole number between 0 and 65535
            PORT           | -1                  | a whole number between 0 and 65535
            PORT           | 080                 | a whole number between 0 and 65535
            PORT           | 99999999999999999999| a whole number between 0 and 65535
            PORT           | http                | a whole number between 0 and 65535
            FEED           | simulated?symbols   | specifications such as simulated?symbols=100 or replay:FILE?speed=20
            FEED           | :file               | specifications such as simulated?symbols=100 or replay:FILE?speed=20
            DATA           | ''                  | the path of a folder, or none
            ECHO           | yes                 | true or false
            HEARTBEAT_MS   | 99                  | a whole number between 100 and 60000
            HEARTBEAT_MS   | 60001               | a whole number between 100 and 60000
            WINDOW_BYTES   | 4095                | a whole number between 4096 and 16777216
            FRAME_BYTES    | 16777217            | a whole number between 4096 and 16777216
            MESSAGE_BYTES  | 1.5                 | a whole number between 1024 and 16777216
            SYMBOL_LIMIT   | 0                   | a whole number between 1 and 1000000
            SLOW_MS        | 999                 | a whole number between 1000 and 600000
            ORIGINS        | example.org         | origins such as https://example.org:8443
            ORIGINS        | https://a.example/x | origins such as https://example.org:8443
            AUTH           | basic               | none or jwt
            AUTH_JWKS      | http://example.org/ | the path of a JSON Web Key Set, or its https URL
            AUTH_JWKS      | ftp://example.org/  | the path of a JSON Web Key Set, or its https URL
            AUTH_JWKS      | http://127.1.evil/  | the path of a JSON Web Key Set, or its https URL
            AUTH_TIMEOUT_MS | 99                 | a whole number between 100 and 600000
            SESSION_LIMIT  | 0                   | a whole number between 1 and 10000000
            SESSIONS_PER_ADDRESS | 0             | a whole number between 1 and 10000000
            SENDER_THREADS | 65                  | a whole number between 0 and 64
            """)
    void aBadValueIsRefusedFromEverySource(Setting setting, String value, String expected) throws IOException {
        String shown = setting.key() + "=" + value + " from ";
        assertRefused(shown + setting.option() + ", expected " + expected, Map.of(setting, List.of(value)), Map.of());
        if (setting.list() && value.isBlank()) {
            return;
        }
        if (!setting.list() || !value.contains(" ")) {
            assertRefused(
                    shown + setting.environment() + ", expected " + expected,
                    Map.of(),
                    Map.of(setting.environment(), value));
            SettingsException refused = assertThrows(
                    SettingsException.class,
                    () -> Settings.read(Map.of(), Map.of(), properties(setting.property(), value)));
            assertEquals(
                    shown + "system property " + setting.property() + ", expected " + expected, refused.getMessage());
            Path file = file(setting.key() + "=" + value + "\n");
            assertRefused(
                    shown + file + ", expected " + expected,
                    Map.of(Setting.CONFIG, List.of(file.toString())),
                    Map.of());
        }
    }

    private static void assertRefused(
            String message, Map<Setting, List<String>> commandLine, Map<String, String> environment) {
        SettingsException refused =
                assertThrows(SettingsException.class, () -> Settings.read(commandLine, environment, new Properties()));
        assertEquals(message, refused.getMessage());
    }

    @Test
    void aBadValueIsRefusedEvenWhereAnotherSourceWins() {
        assertRefused(
                "port=x from TICKERPLANT_PORT, expected a whole number between 0 and 65535",
                Map.of(Setting.PORT, List.of("1")),
                Map.of("TICKERPLANT_PORT", "x"));
    }

    @Test
    void oneValueMayBeGivenOnce() {
        assertRefused("port=1 2 from --port, expected one value", Map.of(Setting.PORT, List.of("1", "2")), Map.of());
    }

    @Test
    void anUnknownKeyIsRefusedFromEverySource() throws IOException {
        assertStarts(
                "TICKERPLANT_PROT=1 from the environment, expected one of TICKERPLANT_AUTH, TICKERPLANT_AUTH_AUDIENCE, ",
                Map.of(),
                Map.of("TICKERPLANT_PROT", "1"),
                new Properties());
        assertStarts(
                "tickerplant.prot=1 from the system properties, expected one of tickerplant.auth, ",
                Map.of(),
                Map.of(),
                properties("tickerplant.prot", "1"));
        Path file = file("prot=1\n");
        assertStarts(
                "prot=1 from " + file + ", expected one of auth, auth.audience, ",
                Map.of(Setting.CONFIG, List.of(file.toString())),
                Map.of(),
                new Properties());
    }

    private static void assertStarts(
            String start, Map<Setting, List<String>> commandLine, Map<String, String> environment, Properties system) {
        SettingsException refused =
                assertThrows(SettingsException.class, () -> Settings.read(commandLine, environment, system));
        assertEquals(
                start,
                refused.getMessage()
                        .substring(
                                0, Math.min(start.length(), refused.getMessage().length())));
    }

    @Test
    void aFileThatCannotBeReadIsNamed() throws IOException {
        Path missing = folder.resolve("missing.properties");
        assertRefused(
                "config=" + missing + " from --config, expected a readable file in UTF-8",
                Map.of(Setting.CONFIG, List.of(missing.toString())),
                Map.of());
        assertRefused(
                "config=" + missing + " from TICKERPLANT_CONFIG, expected a readable file in UTF-8",
                Map.of(),
                Map.of("TICKERPLANT_CONFIG", missing.toString()));
        Path escape = file("feed=replay:C:\\users\\x\n");
        assertRefused(
                "config=" + escape
                        + " from --config, expected \\u followed by four hexadecimal digits, or \\\\ for a backslash",
                Map.of(Setting.CONFIG, List.of(escape.toString())),
                Map.of());
        Path latin = folder.resolve("latin.properties");
        Files.writeString(latin, "feed=replay:é\n", StandardCharsets.ISO_8859_1);
        assertRefused(
                "config=" + latin + " from --config, expected a readable file in UTF-8",
                Map.of(Setting.CONFIG, List.of(latin.toString())),
                Map.of());
    }

    @Test
    void aKeyMayStandOnceInTheFile() throws IOException {
        Path file = file("port=1\nport=2\n");
        assertRefused(
                "port=2 from " + file + ", expected the key once",
                Map.of(Setting.CONFIG, List.of(file.toString())),
                Map.of());
    }

    @Test
    void aComplaintIsOneLineAndShowsNoSecret() {
        assertRefused(
                "port=1?2 from TICKERPLANT_PORT, expected a whole number between 0 and 65535",
                Map.of(),
                Map.of("TICKERPLANT_PORT", "1\n2"));
        assertStarts(
                "TICKERPLANT_TOKENS=*** from the environment, ",
                Map.of(),
                Map.of("TICKERPLANT_TOKENS", "geheim"),
                new Properties());
    }

    @ParameterizedTest
    @CsvSource({
        "https://id.example/keys",
        "http://localhost:81/keys",
        "http://127.0.0.1",
        "http://[::1]:81/",
        "a/keys.json"
    })
    void keysComeFromAFileOrOverTls(String where) {
        assertEquals(
                where, Settings.of(Map.of(Setting.AUTH_JWKS, List.of(where))).jwks());
    }

    @Test
    void aSecretIsTheTextItselfOrTheContentOfAFile() throws IOException {
        String secret = "0123456789 0123456789 0123456789";
        byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
        assertArrayEquals(bytes, key(secret).authKey());
        for (String end : List.of("", "\n", "\r\n")) {
            Path file = Files.writeString(folder.resolve("secret"), secret + end);
            assertArrayEquals(bytes, key("file:" + file).authKey());
        }
    }

    @Test
    void aSecretThatIsShortOrMissingIsRefusedAndNotShown() throws IOException {
        Path shorter = Files.writeString(folder.resolve("secret"), "0123456789 0123456789 012345678\n");
        for (String value : List.of("geheim", "file:" + shorter, "file:" + folder.resolve("missing"), "file:\0")) {
            assertEquals(
                    "auth.key=*** from --auth-key, expected a secret of at least 32 bytes, or file: and the path of a"
                            + " file with one",
                    assertThrows(SettingsException.class, () -> key(value).authKey())
                            .getMessage());
        }
        assertRefused(
                "auth.key=*** from --auth-key, expected one value",
                Map.of(Setting.AUTH_KEY, List.of("a", "b")),
                Map.of());
    }

    private static Settings key(String value) {
        return Settings.of(Map.of(Setting.AUTH_KEY, List.of(value)));
    }

    @ParameterizedTest
    @CsvSource({"0.0.0.0", "::", "192.0.2.1"})
    void wherePeopleCouldConnectFromElsewhereItIsSaidWhoMay(String host) {
        Settings open = Settings.of(Map.of(Setting.HOST, List.of(host)));
        assertEquals(
                "host=" + host + " from --host, expected a loopback address, or auth=jwt with auth.key or auth.jwks, or"
                        + " auth=none where everybody who can reach it may connect",
                assertThrows(SettingsException.class, open::checkReach).getMessage());
        for (String auth : List.of("none", "jwt")) {
            Settings.of(Map.of(Setting.HOST, List.of(host), Setting.AUTH, List.of(auth)))
                    .checkReach();
        }
    }

    @ParameterizedTest
    @CsvSource({"localhost", "127.0.0.1", "127.9.9.9", "::1"})
    void onThisMachineEverybodyMayConnectUnlessItIsSaid(String host) {
        Settings.of(Map.of(Setting.HOST, List.of(host))).checkReach();
    }

    @Test
    void keysThatNobodyWouldUseStopTheStart() {
        List<String> key = List.of(Tokens.SECRET);
        assertContradiction(
                "keys are given and auth is not, expected auth=jwt, or auth=none", Map.of(Setting.AUTH_KEY, key));
        assertContradiction(
                "auth=jwt, expected either auth.key or auth.jwks with it", Map.of(Setting.AUTH, List.of("jwt")));
        assertContradiction(
                "auth=jwt, expected either auth.key or auth.jwks with it",
                Map.of(Setting.AUTH, List.of("jwt"), Setting.AUTH_KEY, key, Setting.AUTH_JWKS, List.of("keys.json")));
        Map<Setting, List<String>> off = Map.of(Setting.AUTH, List.of("none"), Setting.AUTH_KEY, key);
        try (Access access = Access.of(Settings.of(off), Clock.SYSTEM)) {
            assertTrue(access.isOpen());
        }
    }

    private static void assertContradiction(String message, Map<Setting, List<String>> given) {
        Settings settings = Settings.of(given);
        assertEquals(
                message,
                assertThrows(SettingsException.class, () -> Access.of(settings, Clock.SYSTEM))
                        .getMessage());
    }

    @Test
    void theVersionIsTheBuilds() {
        assertTrue(Version.NUMBER.matches("[0-9]+\\.[0-9]+\\.[0-9]+.*"), Version.NUMBER);
    }

    private Path file(String content) throws IOException {
        return Files.writeString(folder.resolve("t.properties"), content);
    }

    private static Properties properties(String... pairs) {
        Properties properties = new Properties();
        for (int i = 0; i < pairs.length; i += 2) {
            properties.setProperty(pairs[i], pairs[i + 1]);
        }
        return properties;
    }

    @Test
    void aCalendarIsReadWhereOneIsGiven() throws IOException {
        assertTrue(Settings.defaults().calendar().isEmpty());
        assertTrue(Settings.of(Map.of(Setting.CALENDAR, List.of("docs/calendars/us-equities.txt")))
                .calendar()
                .isPresent());
        Path missing = folder.resolve("none.txt");
        assertEquals(
                "calendar=" + missing + " from --calendar, expected the path of a trading calendar, or none",
                complaint(missing));
        Path wrong = Files.writeString(folder.resolve("wrong.txt"), "zone Europe/London\nmonday closed\n");
        assertTrue(
                complaint(wrong).startsWith("calendar: " + wrong + ", line 2: 'monday', expected "), complaint(wrong));
    }

    private static String complaint(Path calendar) {
        Settings settings = Settings.of(Map.of(Setting.CALENDAR, List.of(calendar.toString())));
        return assertThrows(SettingsException.class, settings::calendar).getMessage();
    }
}
