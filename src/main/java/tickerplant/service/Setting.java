package tickerplant.service;

import java.util.Locale;

/**
 * The table of all that can be set. A new setting is a line here and an accessor in {@link Settings}; command line, help,
 * environment, system properties and file follow from the line.
 */
public enum Setting {
    HOST("host", "127.0.0.1", Form.host(), "where the embedded server listens"),
    PORT("port", "8080", Form.whole(0, 65_535), "its port; 0 takes a free one"),
    TLS_CERT("tls.cert", "", Form.path(TlsKeys.CERTIFICATES), "with tls.key: the embedded server speaks TLS alone"),
    TLS_KEY("tls.key", "", Form.path(TlsKeys.KEY), "the key of tls.cert"),
    TLS_KEYSTORE("tls.keystore", "", Form.path(TlsKeys.STORE), "instead of tls.cert and tls.key"),
    TLS_KEYSTORE_PASSWORD(
            "tls.keystore_password",
            "",
            Form.password(),
            "what opens tls.keystore; best from the environment or a file"),
    FEED("feed", "simulated sample", Form.feeds(), "where prices come from; may be given several times"),
    PUBLISH_SYMBOLS("publish.symbols", "*", Form.symbols(), "what may be published: symbols, PREFIX*, or *"),
    CALENDAR(
            "calendar", "none", Form.path("the path of a trading calendar, or none"), "tells the phases of the market"),
    DATA("data", "none", Form.folder(), "the folder of what outlives a restart"),
    KEEP(
            "data.keep",
            "",
            Form.keep(),
            "how old, or how large, what is stored may become; without it, everything stays"),
    KAFKA("kafka", "", Form.brokers(), "brokers of Kafka, which then is the log that many nodes share"),
    KAFKA_PROPERTIES(
            "kafka.properties",
            "",
            Form.file(),
            "a file of what is passed through to Kafka's clients, such as security.protocol"),
    KAFKA_PREFIX(
            "kafka.prefix", "tickerplant.", Form.topic(), "what the names of the topics ticks and last begin with"),
    KAFKA_PARTITIONS("kafka.partitions", "4", Form.whole(1, 1_000), "partitions of ticks where it has to be made"),
    KAFKA_RETENTION_MS(
            "kafka.retention_ms",
            "3600000",
            Form.whole(60_000, 2_000_000_000),
            "how long ticks keeps its entries where it has to be made"),
    KAFKA_TAKEOVER_MS(
            "kafka.takeover_ms",
            "15000",
            Form.whole(500, 600_000),
            "how long nobody may have written last before this node does"),
    ROLE(
            "role",
            "both",
            Form.words("both", "feed", "gateway"),
            "with kafka: runs feeds and serves clients, or only one of these"),
    CONFIG("config", "", Form.file(), "a file with any of these settings, one key=value a line"),
    ECHO("echo.enabled", "false", Form.FLAG, "opens /ws/echo"),
    HEARTBEAT_MS("heartbeat_ms", "5000", Form.whole(100, 60_000), "time between two heartbeats"),
    WINDOW_BYTES("window_bytes", "262144", Form.whole(4_096, 16_777_216), "unread data a client may have under way"),
    FRAME_BYTES("frame_bytes", "262144", Form.whole(4_096, 16_777_216), "the longest message to a client"),
    MESSAGE_BYTES("message_bytes", "65536", Form.whole(1_024, 16_777_216), "the longest message from a client"),
    SYMBOL_LIMIT("limits.symbols", "10000", Form.whole(1, 1_000_000), "symbols a client may follow"),
    ALERT_LIMIT("limits.alerts", "100", Form.whole(0, 500), "alerts a client may have set at a time"),
    REQUESTS_PER_S("limits.requests_per_s", "20", Form.whole(1, 1_000_000), "requests a client may send in a second"),
    HISTORY_ROWS("history.rows", "320000", Form.whole(0, 100_000_000), "trades kept for clients that come back"),
    HISTORY_BYTES(
            "history.bytes",
            "0",
            Form.whole(0, 2_000_000_000),
            "memory they may take; 0: 128 MiB, but at most two fifths of the heap"),
    SLOW_MS("slow_ms", "20000", Form.whole(1_000, 600_000), "time without progress after which a client is cut"),
    ORIGINS("origins", "", Form.origins(), "further origins whose pages may connect"),
    AUTH("auth", "none", Form.words("none", "jwt"), "who may connect: everybody, or who shows a JSON Web Token"),
    AUTH_KEY("auth.key", "", Form.secret(), "the secret that HS256, HS384 and HS512 tokens are made with"),
    AUTH_JWKS("auth.jwks", "", Form.jwks(), "the public keys that other tokens are verified with"),
    AUTH_ISSUER("auth.issuer", "", Form.text(), "the iss that a token must have"),
    AUTH_AUDIENCE("auth.audience", "", Form.text(), "an aud that a token must have"),
    AUTH_TIMEOUT_MS("auth.timeout_ms", "5000", Form.whole(100, 600_000), "time a client has to show its token"),
    SESSION_LIMIT("limits.sessions", "20000", Form.whole(1, 10_000_000), "clients that may be connected"),
    SESSIONS_PER_ADDRESS(
            "limits.sessions_per_address",
            "1000",
            Form.whole(1, 10_000_000),
            "clients that may be connected from one address"),
    METRICS(
            "metrics",
            "local",
            Form.words("none", "local", "all"),
            "who may read /metrics: nobody, programs on this machine, or who can reach it"),
    LOG("log", "text", Form.words("text", "json"), "how lines of the embedded server's log are written"),
    SENDER_THREADS("sender_threads", "0", Form.whole(0, 64), "threads that write to clients; 0 suits the machine");

    static final String ENVIRONMENT_PREFIX = "TICKERPLANT_";
    static final String PROPERTY_PREFIX = "tickerplant.";

    private final String key;
    private final String fallback;

    // immutable in truth; saying so takes an annotation from a library of its own
    // library
    @SuppressWarnings("ImmutableEnumChecker")
    private final Form form;

    private final String description;

    Setting(String key, String fallback, Form form, String description) {
        this.key = key;
        this.fallback = fallback;
        this.form = form;
        this.description = description;
    }

    /** Its name in a properties file, such as {@code heartbeat_ms}. */
    public String key() {
        return key;
    }

    /** Its name in the environment, such as {@code TICKERPLANT_HEARTBEAT_MS}. */
    public String environment() {
        return ENVIRONMENT_PREFIX + key.replace('.', '_').toUpperCase(Locale.ROOT);
    }

    /** Its name among the system properties, such as {@code tickerplant.heartbeat_ms}. */
    public String property() {
        return PROPERTY_PREFIX + key;
    }

    /** Its name on the command line, such as {@code --heartbeat-ms}; what can be enabled is named without saying so. */
    public String option() {
        return "--" + key.replace(".enabled", "").replace('.', '-').replace('_', '-');
    }

    /** The value it has when nobody gives one; the parts of a list are separated by a blank. */
    public String fallback() {
        return fallback;
    }

    /** The shortest word for a value, such as {@code FILE}. */
    public String label() {
        return form.label();
    }

    /** What a value has to look like, in words. */
    public String expected() {
        return form.expected();
    }

    /** What it does, in words. */
    public String description() {
        return description;
    }

    /** Whether it takes several values. */
    public boolean list() {
        return form.list();
    }

    /** Whether it is either true or false. */
    public boolean flag() {
        return form.equals(Form.FLAG);
    }

    boolean fits(String value) {
        return form.fits().test(value);
    }
}
