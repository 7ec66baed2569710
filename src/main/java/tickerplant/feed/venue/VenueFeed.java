package tickerplant.feed.venue;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import tickerplant.feed.Demand;
import tickerplant.feed.Excerpt;
import tickerplant.feed.Feed;
import tickerplant.feed.FeedSink;
import tickerplant.feed.FeedSpec;
import tickerplant.feed.LastWord;
import tickerplant.feed.LogThrottle;
import tickerplant.market.Clock;
import tickerplant.market.Event;
import tickerplant.market.Listed;
import tickerplant.market.Symbol;

/**
 * A live venue: {@code kraken?symbols=BTC/USD,ETH/USD}. Brings the symbols that anybody follows, and those that it was told
 * always to bring; one that nobody follows any more comes for a while longer.
 */
public final class VenueFeed implements Feed {
    /** What the feeds of this package are called in a specification. */
    public static final List<String> KINDS = List.of("kraken", "coinbase", "binance", "alpaca", "finnhub");

    private static final Logger LOG = System.getLogger(VenueFeed.class.getName());
    /** A service that starts waits no longer for a venue, which may well list its instruments later. */
    private static final Duration LISTING_PATIENCE = Duration.ofSeconds(10);

    private static final int MAX_LINGER_S = 86_400;
    private static final int MAX_SYMBOLS = 100_000;

    private final String name;
    private final Venue venue;
    private final List<String> pinned;
    private final Catalogue catalogue;
    private final Roster roster;
    private final Map<String, Trail> trails = new HashMap<>();
    /** What another one told last before this one went on. */
    private final Map<Symbol, LastWord> inherited = new HashMap<>();

    private final Network network;
    private final Clock clock;
    private final LogThrottle log;
    private long nextLine;

    private VenueFeed(FeedSpec spec, Venue venue, Clock clock) {
        this.name = spec.text("name", spec.kind());
        this.venue = venue;
        this.clock = clock;
        this.pinned = symbols(spec);
        this.catalogue =
                new Catalogue(name, venue.profile().exchange(), venue.profile().zone(), prefix(spec), pinned);
        this.roster = new Roster(
                (int) spec.number("limit", venue.profile().manners().symbols(), 1, MAX_SYMBOLS),
                Duration.ofSeconds(spec.number("linger", 60, 0, MAX_LINGER_S)));
        this.network = new Network(name);
        this.log = new LogThrottle(LOG, clock, "feed " + name);
        this.nextLine = clock.nanos();
    }

    /**
     * The feed that was asked for. Options: {@code symbols}, in the venue's words, the only ones there are, and always
     * brought; {@code limit}, symbols that the venue is asked for at a time; {@code linger}, seconds for which a symbol still
     * comes that nobody follows; {@code prefix} before each symbol; {@code name}; {@code url} of the line.
     *
     * @param environment the variables of the environment, where keys stand
     * @throws IllegalArgumentException naming the option that is wrong and what was expected
     */
    public static VenueFeed of(FeedSpec spec, Clock clock, Function<String, Optional<String>> environment) {
        if (!spec.target().isEmpty()) {
            throw new IllegalArgumentException(
                    "'" + spec.target() + "' in '" + spec + "', expected nothing after '" + spec.kind() + "'");
        }
        return new VenueFeed(spec, venue(spec, environment), clock);
    }

    private static Venue venue(FeedSpec spec, Function<String, Optional<String>> environment) {
        return switch (spec.kind()) {
            case "kraken" -> {
                allow(spec);
                yield new Kraken(line(spec, Kraken.ADDRESS));
            }
            case "coinbase" -> {
                allow(spec);
                yield new Coinbase(line(spec, Coinbase.ADDRESS));
            }
            case "binance" -> {
                allow(spec, "rest");
                yield new Binance(line(spec, Binance.ADDRESS), rest(spec, Binance.REST));
            }
            case "alpaca" -> {
                allow(spec, "rest");
                yield new Alpaca(
                        line(spec, Alpaca.ADDRESS),
                        rest(spec, Alpaca.REST),
                        key(spec, environment, "APCA_API_KEY_ID"),
                        key(spec, environment, "APCA_API_SECRET_KEY"));
            }
            case "finnhub" -> {
                allow(spec, "rest");
                yield new Finnhub(
                        line(spec, Finnhub.ADDRESS),
                        rest(spec, Finnhub.REST),
                        key(spec, environment, "FINNHUB_API_KEY"),
                        symbols(spec));
            }
            default -> throw new IllegalArgumentException("'" + spec.kind() + "' is no venue, expected " + KINDS);
        };
    }

    private static URI line(FeedSpec spec, URI fallback) {
        return address(spec, "url", fallback, "ws", "wss");
    }

    private static URI rest(FeedSpec spec, URI fallback) {
        return address(spec, "rest", fallback, "http", "https");
    }

    /** A key stands in the environment, because command lines can be read by everybody on the machine. */
    private static String key(FeedSpec spec, Function<String, Optional<String>> environment, String variable) {
        return environment
                .apply(variable)
                .filter(key -> !key.isBlank())
                .orElseThrow(() -> new IllegalArgumentException(
                        "'" + spec.kind() + "' needs a key, expected it in the" + " environment variable " + variable));
    }

    private static void allow(FeedSpec spec, String... more) {
        Set<String> allowed = new LinkedHashSet<>(List.of("symbols", "limit", "linger", "prefix", "name", "url"));
        allowed.addAll(List.of(more));
        spec.allow(allowed);
    }

    private static URI address(FeedSpec spec, String key, URI fallback, String plain, String secure) {
        String text = spec.text(key, fallback.toString());
        try {
            URI address = URI.create(text);
            if (address.getHost() != null
                    && (plain.equals(address.getScheme()) || secure.equals(address.getScheme()))) {
                return address;
            }
        } catch (IllegalArgumentException e) {
            // said below, together with other schemes
        }
        throw spec.expected(key, "an address that begins with " + secure + ":// or " + plain + "://");
    }

    private static List<String> symbols(FeedSpec spec) {
        String text = spec.text("symbols", "");
        List<String> symbols = text.isEmpty() ? List.of() : List.of(text.split(",", -1));
        if (symbols.stream().anyMatch(String::isBlank)) {
            throw spec.expected("symbols", "names with a comma between them");
        }
        return symbols;
    }

    private static String prefix(FeedSpec spec) {
        String prefix = spec.text("prefix", "");
        if (!prefix.isEmpty() && (prefix.length() > 16 || Symbol.parse(prefix).isEmpty())) {
            throw spec.expected("prefix", "up to 16 characters of a symbol");
        }
        return prefix;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Demand demand() {
        return roster;
    }

    /**
     * What the venue has. One that can't be reached does not keep the service from starting, nor its other feeds: its
     * instruments are listed once it can.
     */
    @Override
    public List<Listed> instruments() {
        List<Listed> listed = new ArrayList<>();
        long deadline = clock.nanos() + LISTING_PATIENCE.toNanos();
        try {
            FeedSink sink = new ListingSink(listed);
            if (venue.listing().isPresent()) {
                list(sink);
                return listed;
            }
            try (Line line = network.open(venue.profile().address(), Map.of())) {
                VenueSession session = session(line, sink, new HashMap<>());
                session.open();
                while (!session.isReady() && clock.nanos() - deadline < 0) {
                    session.step();
                }
            }
        } catch (IOException e) {
            LOG.log(
                    Level.WARNING,
                    "feed " + name + " knows no instruments yet, "
                            + e.getClass().getSimpleName() + ": " + Excerpt.of(String.valueOf(e.getMessage())));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return listed;
    }

    @Override
    public void takesOver(List<LastWord> told) {
        trails.clear();
        inherited.clear();
        told.forEach(word -> inherited.put(word.instrument().symbol(), word));
    }

    /** Of a symbol that nothing was told of here. */
    private Trail trail(String code) {
        return catalogue
                .instrument(code)
                .map(instrument -> inherited.get(instrument.symbol()))
                .map(word -> Trail.after(word, venue.profile().manners().numbersTrades()))
                .orElseGet(Trail::new);
    }

    @Override
    public void run(FeedSink sink) throws IOException, InterruptedException {
        clock.sleepUntil(nextLine);
        nextLine = clock.nanos() + venue.profile().manners().betweenLines().toNanos();
        list(sink);
        inherited.keySet().stream()
                .flatMap(symbol -> catalogue.code(symbol).stream())
                .forEach(code -> trails.computeIfAbsent(code, this::trail));
        pinned.forEach(roster::pin);
        try (Line line = network.open(venue.profile().address(), Map.of())) {
            VenueSession session = session(line, sink, trails);
            session.open();
            while (true) {
                session.step();
            }
        } finally {
            trails.values().forEach(Trail::interrupt);
            roster.lineLost();
        }
    }

    private VenueSession session(Line line, FeedSink sink, Map<String, Trail> told) {
        return new VenueSession(
                new VenueSession.Memory(venue, catalogue, roster, told, this::trail), line, sink, clock, log);
    }

    /** Lists what the venue tells over HTTP, where it does. */
    private void list(FeedSink sink) throws IOException, InterruptedException {
        Optional<Venue.Listing> listing = venue.listing();
        if (listing.isEmpty()) {
            return;
        }
        try {
            String text = network.get(listing.get().address(), listing.get().headers());
            int count = 0;
            for (Fields row : venue.rows(Fields.parse(text))) {
                count++;
                list(row, "instrument " + count, sink);
            }
        } catch (BadMessage e) {
            throw new IOException("the instruments make no sense: " + e.getMessage(), e);
        }
    }

    private void list(Fields row, String place, FeedSink sink) throws InterruptedException {
        try {
            Optional<Listed> listed =
                    venue.contract(row).flatMap(contract -> catalogue.learn(contract, clock.micros()));
            if (listed.isPresent()) {
                sink.event(listed.get());
            }
        } catch (BadMessage e) {
            sink.damaged(place, e.getMessage());
        }
    }

    /** Keeps listings, before the feed runs, and nothing else. */
    private static final class ListingSink implements FeedSink {
        private final List<Listed> listed;

        ListingSink(List<Listed> listed) {
            this.listed = listed;
        }

        @Override
        public void event(Event event) {
            if (event instanceof Listed listing) {
                listed.add(listing);
            }
        }

        @Override
        public void damaged(String place, String reason) {
            LOG.log(Level.WARNING, "skipped " + place + ", " + Excerpt.of(reason));
        }
    }
}
