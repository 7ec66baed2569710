package tickerplant.service;

import java.io.IOException;
import java.io.Reader;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import tickerplant.feed.FeedSpec;
import tickerplant.feed.calendar.TradingCalendar;
import tickerplant.journal.Retention;
import tickerplant.session.Pattern;

/**
 * What the service was told to do. The command line wins over the environment, that over system properties, those over
 * the properties file, and that over the defaults. Immutable; any thread may read it.
 */
public final class Settings {
    /** What {@code history.rows} needs by default, and a quarter more. */
    private static final long USUAL_HISTORY_BYTES = 128L << 20;
    /** What the command publish reads; a machine may have both. */
    private static final Set<String> CLIENT_VARIABLES = Set.of("TICKERPLANT_URL", "TICKERPLANT_TOKEN");

    private final Map<Setting, List<String>> values = new EnumMap<>(Setting.class);
    private final Map<Setting, String> sources = new EnumMap<>(Setting.class);

    private Settings() {}

    /** The defaults. */
    public static Settings defaults() {
        return of(Map.of());
    }

    /** The defaults, but for what is given. */
    public static Settings of(Map<Setting, List<String>> given) {
        return read(given, Map.of(), new Properties());
    }

    /**
     * Reads all sources, and the file that they name.
     *
     * @param commandLine what was given there; several values for a list only
     * @param environment all variables; those without the prefix {@code TICKERPLANT_} are none of ours
     * @param system all system properties; those without the prefix {@code tickerplant.} are none of ours
     * @throws SettingsException at the first key that is unknown and the first value that doesn't fit
     */
    public static Settings read(
            Map<Setting, List<String>> commandLine, Map<String, String> environment, Properties system) {
        Settings settings = new Settings();
        commandLine.forEach((setting, list) -> settings.put(setting, list, setting.option()));
        settings.environment(environment);
        settings.properties(system);
        if (!settings.one(Setting.CONFIG).isEmpty()) {
            settings.file(settings.one(Setting.CONFIG));
        }
        return settings;
    }

    private void environment(Map<String, String> environment) {
        Map<String, Setting> known =
                Stream.of(Setting.values()).collect(Collectors.toMap(Setting::environment, setting -> setting));
        new TreeMap<>(environment).forEach((name, value) -> {
            if (name.startsWith(Setting.ENVIRONMENT_PREFIX) && !CLIENT_VARIABLES.contains(name)) {
                put(known, name, value, "the environment", name);
            }
        });
    }

    private void properties(Properties system) {
        Map<String, Setting> known =
                Stream.of(Setting.values()).collect(Collectors.toMap(Setting::property, setting -> setting));
        for (String name : sorted(system.stringPropertyNames())) {
            if (name.startsWith(Setting.PROPERTY_PREFIX)) {
                put(known, name, system.getProperty(name), "the system properties", "system property " + name);
            }
        }
    }

    private void file(String name) {
        Map<String, Setting> known = Stream.of(Setting.values())
                .filter(setting -> setting != Setting.CONFIG)
                .collect(Collectors.toMap(Setting::key, setting -> setting));
        Properties properties = load(name, sources.get(Setting.CONFIG));
        for (String key : sorted(properties.stringPropertyNames())) {
            put(known, key, properties.getProperty(key), name, name);
        }
    }

    private static Properties load(String name, String source) {
        Properties properties = new UniqueKeys(name);
        try (Reader reader = Files.newBufferedReader(Path.of(name), StandardCharsets.UTF_8)) {
            properties.load(reader);
        } catch (IOException | InvalidPathException e) {
            throw unreadable(name, source, "a readable file in UTF-8", e);
        } catch (IllegalArgumentException e) {
            throw unreadable(name, source, "\\u followed by four hexadecimal digits, or \\\\ for a backslash", e);
        }
        return properties;
    }

    private static SettingsException unreadable(String name, String source, String expected, Exception cause) {
        SettingsException refused = SettingsException.refused(Setting.CONFIG.key(), name, source, expected);
        return new SettingsException(refused.getMessage(), cause);
    }

    private void put(Map<String, Setting> known, String name, String value, String where, String source) {
        Setting setting = known.get(name);
        if (setting == null) {
            throw SettingsException.refused(name, value, where, "one of " + String.join(", ", sorted(known.keySet())));
        }
        String text = value.strip();
        put(setting, setting.list() ? split(text) : List.of(text), source);
    }

    /** Takes a value where no stronger source has given one; a value that doesn't fit is refused even if it would lose. */
    private void put(Setting setting, List<String> list, String source) {
        if (list.size() > 1 && !setting.list()) {
            throw SettingsException.refused(setting.key(), String.join(" ", list), source, "one value");
        }
        for (String value : list) {
            if (!setting.fits(value)) {
                throw SettingsException.refused(setting.key(), value, source, setting.expected());
            }
        }
        values.putIfAbsent(setting, List.copyOf(list));
        sources.putIfAbsent(setting, source);
    }

    private static List<String> split(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split("\\s+"));
    }

    private static List<String> sorted(Set<String> names) {
        List<String> sorted = new ArrayList<>(names);
        sorted.sort(null);
        return sorted;
    }

    List<String> all(Setting setting) {
        return values.getOrDefault(setting, split(setting.fallback()));
    }

    String one(Setting setting) {
        List<String> list = all(setting);
        return list.isEmpty() ? "" : list.get(0);
    }

    int number(Setting setting) {
        return Integer.parseInt(one(setting));
    }

    /** Where the embedded server listens. */
    public String host() {
        return one(Setting.HOST);
    }

    /** The embedded server's port, 0 for a free one. */
    public int port() {
        return number(Setting.PORT);
    }

    /**
     * What the embedded server proves with who it is; empty where it doesn't speak TLS.
     *
     * @throws SettingsException where a part is missing, or in a file that can't be used
     */
    public Optional<SSLContext> tls() {
        boolean store = isGiven(Setting.TLS_KEYSTORE);
        if (store && (isGiven(Setting.TLS_CERT) || isGiven(Setting.TLS_KEY))) {
            throw refused(Setting.TLS_KEYSTORE, "either this, or tls.cert and tls.key", null);
        }
        if (store) {
            return Optional.of(keyStore());
        }
        if (!isGiven(Setting.TLS_CERT) && !isGiven(Setting.TLS_KEY)) {
            return Optional.empty();
        }
        Certificate[] chain;
        try {
            chain = TlsKeys.certificates(Path.of(one(Setting.TLS_CERT)));
        } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
            throw refused(Setting.TLS_CERT, TlsKeys.CERTIFICATES, e);
        }
        try {
            return Optional.of(TlsKeys.context(TlsKeys.key(Path.of(one(Setting.TLS_KEY)), chain[0]), chain));
        } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
            throw refused(Setting.TLS_KEY, TlsKeys.KEY, e);
        }
    }

    private SSLContext keyStore() {
        char[] password;
        try {
            password = Secret.password(one(Setting.TLS_KEYSTORE_PASSWORD));
        } catch (IOException | IllegalArgumentException e) {
            throw refused(Setting.TLS_KEYSTORE_PASSWORD, Setting.TLS_KEYSTORE_PASSWORD.expected(), e);
        }
        try {
            return TlsKeys.context(Path.of(one(Setting.TLS_KEYSTORE)), password);
        } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
            throw refused(Setting.TLS_KEYSTORE, TlsKeys.STORE, e);
        }
    }

    /** The feeds, in the order given; none at all where the list was given empty. */
    public List<FeedSpec> feeds() {
        return all(Setting.FEED).stream().map(FeedSpec::parse).toList();
    }

    /** The symbols that may be published; none where the list was given empty. */
    public List<Pattern> publishSymbols() {
        return all(Setting.PUBLISH_SYMBOLS).stream()
                .flatMap(text -> Pattern.parse(text).stream())
                .toList();
    }

    /**
     * When the market is in which phase; empty where no calendar is to say.
     *
     * @throws SettingsException where the file can't be read or makes no sense
     */
    public Optional<TradingCalendar> calendar() {
        String file = one(Setting.CALENDAR);
        if (file.equals("none")) {
            return Optional.empty();
        }
        try {
            return Optional.of(TradingCalendar.read(Path.of(file)));
        } catch (InvalidPathException | IOException e) {
            throw refused(Setting.CALENDAR, Setting.CALENDAR.expected(), e);
        } catch (IllegalArgumentException e) {
            throw new SettingsException(Setting.CALENDAR.key() + ": " + e.getMessage(), e);
        }
    }

    /**
     * Where what outlives a restart is stored; empty where nothing does.
     *
     * @throws SettingsException where it is no path
     */
    public Optional<Path> data() {
        try {
            String folder = one(Setting.DATA);
            return folder.equals("none") ? Optional.empty() : Optional.of(Path.of(folder));
        } catch (InvalidPathException e) {
            throw refused(Setting.DATA, Setting.DATA.expected(), e);
        }
    }

    /** For how long what is stored is kept. */
    public Retention keep() {
        return Retention.of(all(Setting.KEEP)).orElse(Retention.ALL);
    }

    /**
     * What is passed through to the clients of Kafka.
     *
     * @throws SettingsException where it can't be read
     */
    Properties kafkaProperties() {
        return isGiven(Setting.KAFKA_PROPERTIES)
                ? load(one(Setting.KAFKA_PROPERTIES), sources.get(Setting.KAFKA_PROPERTIES))
                : new Properties();
    }

    /** What this node does of what a service does. */
    public Role role() {
        return Role.valueOf(one(Setting.ROLE).toUpperCase(Locale.ROOT));
    }

    /** Whether {@code /ws/echo} is open. */
    public boolean echo() {
        return Boolean.parseBoolean(one(Setting.ECHO));
    }

    /** Milliseconds between two heartbeats, 100 to 60,000. */
    public int heartbeatMs() {
        return number(Setting.HEARTBEAT_MS);
    }

    /** Bytes a client may leave unread before nothing more is sent to it, 4 KiB to 16 MiB. */
    public int windowBytes() {
        return number(Setting.WINDOW_BYTES);
    }

    /** The longest message to a client in bytes, 4 KiB to 16 MiB. */
    public int frameBytes() {
        return number(Setting.FRAME_BYTES);
    }

    /** The longest message from a client in bytes of UTF-8, 1 KiB to 16 MiB. */
    public int messageBytes() {
        return number(Setting.MESSAGE_BYTES);
    }

    /** How many symbols a client may follow, 1 to 1,000,000. */
    public int symbolLimit() {
        return number(Setting.SYMBOL_LIMIT);
    }

    /** How many alerts a client may have set at a time, 0 to 500. */
    public int alertLimit() {
        return number(Setting.ALERT_LIMIT);
    }

    /** How many requests a client may send in a second, 1 to 1,000,000. */
    public int requestsPerSecond() {
        return number(Setting.REQUESTS_PER_S);
    }

    /** How many rows that can't be merged are kept for clients that come back, 0 to 100,000,000. */
    public int historyRows() {
        return number(Setting.HISTORY_ROWS);
    }

    /** About how many bytes they may take. */
    public long historyBytes() {
        int given = number(Setting.HISTORY_BYTES);
        return given > 0
                ? given
                : Math.min(USUAL_HISTORY_BYTES, Runtime.getRuntime().maxMemory() / 5 * 2);
    }

    /** Milliseconds without progress after which a client is cut, 1,000 to 600,000. */
    public int slowMs() {
        return number(Setting.SLOW_MS);
    }

    /** Origins that may connect besides the server's own, such as {@code https://example.org}; in lower case. */
    public Set<String> origins() {
        return all(Setting.ORIGINS).stream()
                .map(origin -> origin.toLowerCase(Locale.ROOT))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Whether a client has to show a token. */
    public boolean authenticates() {
        return one(Setting.AUTH).equals("jwt");
    }

    /**
     * The secret that tokens are made with, at least 32 bytes.
     *
     * @throws SettingsException where it is shorter, or in a file that can't be read
     */
    byte[] authKey() {
        try {
            return Secret.read(one(Setting.AUTH_KEY));
        } catch (IOException | IllegalArgumentException e) {
            throw refused(Setting.AUTH_KEY, Secret.EXPECTED, e);
        }
    }

    /** Where the public keys are that tokens are verified with: a path, or a URL. */
    String jwks() {
        return one(Setting.AUTH_JWKS);
    }

    /** Who must have made a token; empty for anybody. */
    String issuer() {
        return one(Setting.AUTH_ISSUER);
    }

    /** Whom a token must be meant for; empty for anybody. */
    String audience() {
        return one(Setting.AUTH_AUDIENCE);
    }

    /** Milliseconds that a client has to show its token, 100 to 600,000. */
    public int authTimeoutMs() {
        return number(Setting.AUTH_TIMEOUT_MS);
    }

    /** How many clients may be connected, 1 to 10,000,000. */
    public int sessionLimit() {
        return number(Setting.SESSION_LIMIT);
    }

    /** How many clients may be connected from one address, 1 to 10,000,000. */
    public int sessionsPerAddress() {
        return number(Setting.SESSIONS_PER_ADDRESS);
    }

    /** Who may read the meters. */
    public Audience metrics() {
        return Audience.valueOf(one(Setting.METRICS).toUpperCase(Locale.ROOT));
    }

    /** Whether each line of the log is a JSON object. */
    public boolean logsJson() {
        return one(Setting.LOG).equals("json");
    }

    /** Whether somebody has said it, be it the default. */
    public boolean isGiven(Setting setting) {
        return values.containsKey(setting);
    }

    /**
     * Makes sure that nobody opens the service to a network by mistake: where it listens to more than this machine, it has
     * to be said whether a token is needed.
     *
     * @throws SettingsException where it isn't said
     */
    public void checkReach() {
        if (!isGiven(Setting.AUTH) && !isLoopback(host())) {
            throw refused(
                    Setting.HOST,
                    "a loopback address, or auth=jwt with auth.key or auth.jwks, or auth=none where everybody who can"
                            + " reach it may connect",
                    null);
        }
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return true; // nobody can listen there, which is said when it is tried
        }
    }

    SettingsException refused(Setting setting, String expected, Exception cause) {
        String source = sources.getOrDefault(setting, "the defaults");
        SettingsException refused = SettingsException.refused(setting.key(), one(setting), source, expected);
        return new SettingsException(refused.getMessage(), cause);
    }

    /** How many threads write to clients, 0 to 64; 0 leaves it to the service. */
    public int senderThreads() {
        return number(Setting.SENDER_THREADS);
    }
}
