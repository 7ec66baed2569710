package tickerplant.feed.venue;

import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import tickerplant.feed.Excerpt;
import tickerplant.feed.FeedSink;
import tickerplant.feed.LogThrottle;
import tickerplant.market.Cancel;
import tickerplant.market.Clock;
import tickerplant.market.Decimal;
import tickerplant.market.Instrument;
import tickerplant.market.Listed;
import tickerplant.market.Loss;
import tickerplant.market.Phase;
import tickerplant.market.Quote;
import tickerplant.market.Status;
import tickerplant.market.Trade;

/**
 * The life of one line to a venue: asks for what is wanted at the venue's pace, and tells what comes once, in order, and with
 * its holes. Owned by the feed's thread.
 */
final class VenueSession implements VenueSink {
    /** After so long without a word the venue is asked for one, and after as long again and again. */
    private static final long QUIET_NANOS = Duration.ofSeconds(10).toNanos();
    /** After so long without a word the line is given up: a dead one can look like a quiet one for ever. */
    private static final long SILENT_NANOS = Duration.ofSeconds(30).toNanos();
    /** How often it is looked for what only time has changed. */
    private static final long LOOK_NANOS = Duration.ofMillis(100).toNanos();

    /**
     * What outlives a line.
     *
     * @param venue its protocol
     * @param catalogue what it has
     * @param roster what is wanted
     * @param trails what has been told, by the venue's codes
     * @param beginning the trail of a code that nothing was told of here
     */
    record Memory(
            Venue venue,
            Catalogue catalogue,
            Roster roster,
            Map<String, Trail> trails,
            Function<String, Trail> beginning) {}

    private final Venue venue;
    private final Catalogue catalogue;
    private final Roster roster;
    private final Map<String, Trail> trails;
    private final Function<String, Trail> beginning;
    private final Line line;
    private final FeedSink sink;
    private final Clock clock;
    private final LogThrottle log;
    private final Budget budget;
    /** Symbols in which trading was open until the venue as a whole stopped. */
    private final Set<String> held = new LinkedHashSet<>();

    private boolean ready;
    /** Whether there may be something to ask for; looking for it takes a while where much is followed. */
    private boolean changed = true;

    private long lookedAt;
    private long messages;
    private long heardAt;
    private long pingedAt;
    private int waiting;

    VenueSession(Memory memory, Line line, FeedSink sink, Clock clock, LogThrottle log) {
        this.venue = memory.venue();
        this.catalogue = memory.catalogue();
        this.roster = memory.roster();
        this.trails = memory.trails();
        this.beginning = memory.beginning();
        this.line = line;
        this.sink = sink;
        this.clock = clock;
        this.log = log;
        this.heardAt = clock.nanos();
        this.pingedAt = heardAt;
        this.lookedAt = heardAt;
        this.budget = new Budget(venue.profile().manners().betweenRequests(), heardAt);
    }

    /** Begins: what nobody knows any more since the last line is forgotten, and the venue is greeted. */
    void open() throws IOException, InterruptedException {
        if (!venue.profile().manners().repeatsQuotes()) {
            for (String code : trails.keySet()) {
                forgetQuote(code);
            }
        }
        understand(() -> venue.opened(this));
    }

    /** Whether symbols may be asked for. */
    boolean isReady() {
        return ready;
    }

    /**
     * Asks for what is wanted by now, and hears a message, or for a moment none.
     *
     * @throws IOException where the line is lost
     */
    void step() throws IOException, InterruptedException {
        if (ready) {
            ask();
        }
        Optional<String> text = line.next();
        long now = clock.nanos();
        if (line.wasHeard()) {
            heardAt = now;
            sink.alive();
        } else if (now - heardAt >= SILENT_NANOS) {
            throw new IOException(
                    "not a word for " + Duration.ofNanos(now - heardAt).toSeconds() + " s");
        } else if (now - heardAt >= QUIET_NANOS && now - pingedAt >= QUIET_NANOS) {
            pingedAt = now;
            line.ping();
        }
        if (text.isPresent()) {
            messages++;
            understand(() -> venue.heard(Fields.parse(text.get()), this));
        }
    }

    /** Something that a venue's words may make no sense in. */
    private interface Hearing {
        void hear() throws BadMessage, IOException, InterruptedException;
    }

    private void understand(Hearing hearing) throws IOException, InterruptedException {
        try {
            hearing.hear();
        } catch (BadMessage e) {
            damaged(e.getMessage());
            if (!venue.profile().manners().numbersTrades()) {
                // There may have been trades in it, of anything.
                roster.upstream().forEach(code -> trail(code).interrupt());
            }
        }
    }

    private void damaged(String reason) {
        sink.damaged("message " + messages, reason);
    }

    private void ask() throws IOException, InterruptedException {
        long now = clock.nanos();
        changed |= roster.update(catalogue, now);
        if (!budget.isFree(now) || (!changed && now - lookedAt < LOOK_NANOS)) {
            return;
        }
        changed = false;
        lookedAt = now;
        int batch = venue.profile().manners().batch();
        List<String> dropped = roster.drop(batch, now);
        if (!dropped.isEmpty()) {
            sayAll(venue.unsubscribe(dropped), now);
            for (String code : dropped) {
                trail(code).interrupt();
                forgetQuote(code);
            }
            changed = true;
            return;
        }
        List<String> asked = roster.ask(batch, now);
        if (!asked.isEmpty()) {
            sayAll(venue.subscribe(asked), now);
            changed = true;
        }
        complainOfRoom();
    }

    /** Requests that belong together count one by one. */
    private void sayAll(List<String> requests, long now) throws IOException, InterruptedException {
        for (String request : requests) {
            say(request);
            budget.spend(now);
        }
    }

    private void complainOfRoom() {
        int still = roster.isFull() ? roster.waiting() : 0;
        if (still > waiting) {
            log.warn(still + " symbols that are followed wait, because the venue is asked for as many as it may be");
        }
        waiting = still;
    }

    @Override
    public void say(String text) throws IOException, InterruptedException {
        line.say(text);
    }

    @Override
    public void listed(Contract contract) throws InterruptedException {
        Optional<Listed> listed = catalogue.learn(contract, clock.micros());
        if (listed.isPresent()) {
            sink.event(listed.get());
        }
    }

    @Override
    public void ready() {
        if (!ready) {
            ready = true;
            List<String> missing = catalogue.missing();
            if (!missing.isEmpty()) {
                log.warn("the venue has no " + Excerpt.of(String.join(", ", missing)));
            }
        }
    }

    @Override
    public void subscribed(String code) {
        budget.answered();
        roster.coming(code);
    }

    @Override
    public void refused(String code, String reason) {
        if (roster.refused(code)) {
            changed = true;
            log.warn(Excerpt.of(code) + " is refused, " + Excerpt.of(reason));
        }
    }

    @Override
    public void throttled(String reason) {
        roster.unanswered();
        changed = true;
        budget.complained(clock.nanos());
        log.warn("asked too often, " + Excerpt.of(reason));
    }

    @Override
    public void leaving(String reason) throws IOException {
        throw new IOException("the venue leaves, " + Excerpt.of(reason));
    }

    @Override
    public void trade(Print print) throws InterruptedException {
        Optional<Instrument> instrument = known(print.code());
        if (instrument.isEmpty()) {
            return;
        }
        roster.coming(print.code());
        Trail trail = trail(print.code());
        Trail.Place place = venue.profile().manners().numbersTrades()
                ? trail.numbered(print.number(), print.ts())
                : trail.unnumbered(print.ts());
        if (place == Trail.Place.KNOWN) {
            return;
        }
        if (place == Trail.Place.AFTER_A_HOLE) {
            sink.event(new Loss(instrument.get().symbol(), print.ts()));
        }
        tell(print, instrument.get());
    }

    private void tell(Print print, Instrument instrument) throws InterruptedException {
        long price;
        long size;
        try {
            price = positive(print.price(), instrument.priceDecimals());
            size = positive(print.size(), instrument.sizeDecimals());
        } catch (ArithmeticException e) {
            damaged("a trade of " + print.code() + " at " + print.price() + " for " + print.size() + ", "
                    + e.getMessage());
            sink.event(new Loss(instrument.symbol(), print.ts()));
            return;
        }
        sink.event(new Trade(
                instrument.symbol(),
                price,
                size,
                print.side(),
                print.id(),
                print.venue(),
                print.conditions(),
                print.ts()));
    }

    private static long positive(BigDecimal value, int decimals) {
        long steps = Decimal.steps(value, decimals);
        if (steps <= 0) {
            throw new ArithmeticException("not positive");
        }
        return steps;
    }

    @Override
    public void recent(List<Print> prints) throws InterruptedException {
        Map<String, Print> newest = new HashMap<>();
        for (Print print : prints) {
            newest.merge(print.code(), print, (a, b) -> a.number() > b.number() ? a : b);
        }
        List<Print> inOrder = new ArrayList<>(prints);
        inOrder.sort(Comparator.comparingLong(Print::number));
        for (Print print : inOrder) {
            // Of a symbol that is new here, what was before counts only as far as it still stands.
            if (!trail(print.code()).isEmpty() || newest.get(print.code()).number() == print.number()) {
                trade(print);
            }
        }
    }

    @Override
    public void newest(String code, long number) throws InterruptedException {
        Optional<Instrument> instrument = known(code);
        if (instrument.isPresent() && trail(code).announce(number)) {
            sink.event(new Loss(instrument.get().symbol(), clock.micros()));
        }
    }

    @Override
    public void cancelled(String code, String tradeId, long ts) throws InterruptedException {
        Optional<Instrument> instrument = known(code);
        if (instrument.isPresent()) {
            sink.event(new Cancel(instrument.get().symbol(), tradeId, ts));
        }
    }

    @Override
    public void top(Top top) throws InterruptedException {
        Optional<Instrument> instrument = known(top.code());
        if (instrument.isEmpty() || !trail(top.code()).quote(top)) {
            return;
        }
        Instrument known = instrument.get();
        try {
            sink.event(new Quote(
                    known.symbol(),
                    price(top.bid(), known),
                    size(top.bid(), top.bidSize(), known),
                    price(top.ask(), known),
                    size(top.ask(), top.askSize(), known),
                    top.ts() == 0 ? clock.micros() : top.ts()));
        } catch (ArithmeticException e) {
            damaged("a quote of " + top.code() + ", " + e.getMessage());
        }
    }

    private static long price(BigDecimal price, Instrument instrument) {
        return price.signum() == 0 ? Decimal.ABSENT : Decimal.steps(price, instrument.priceDecimals());
    }

    private static long size(BigDecimal price, BigDecimal size, Instrument instrument) {
        return price.signum() == 0 ? Decimal.ABSENT : Decimal.steps(size, instrument.sizeDecimals());
    }

    @Override
    public void phase(String code, Phase phase, String reason) throws InterruptedException {
        Optional<Instrument> instrument = catalogue.instrument(code);
        if (instrument.isPresent() && trail(code).enter(phase)) {
            sink.event(new Status(instrument.get().symbol(), phase, reason, clock.micros()));
        }
    }

    @Override
    public void phaseOfAll(Phase phase, String reason) throws InterruptedException {
        if (phase == Phase.OPEN) {
            for (String code : held) {
                phase(code, phase, reason);
            }
            held.clear();
            return;
        }
        for (String code : roster.upstream()) {
            if (trail(code).isOpen()) {
                held.add(code);
                phase(code, phase, reason);
            }
        }
    }

    /** Nobody is told what the quote is by now, so nobody here may believe the old one. */
    private void forgetQuote(String code) throws InterruptedException {
        Optional<Instrument> instrument = catalogue.instrument(code);
        if (instrument.isPresent() && trail(code).forgetQuote()) {
            sink.event(new Quote(
                    instrument.get().symbol(),
                    Decimal.ABSENT,
                    Decimal.ABSENT,
                    Decimal.ABSENT,
                    Decimal.ABSENT,
                    clock.micros()));
        }
    }

    private Optional<Instrument> known(String code) {
        Optional<Instrument> instrument = catalogue.instrument(code);
        if (instrument.isEmpty()) {
            damaged(Excerpt.of(code) + " was never listed");
        }
        return instrument;
    }

    private Trail trail(String code) {
        return trails.computeIfAbsent(code, beginning);
    }
}
