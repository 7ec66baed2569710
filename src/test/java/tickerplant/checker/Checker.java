package tickerplant.checker;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

/**
 * Judges one connection: it is told what the client says and what it hears, in order, and keeps what broke a promise.
 * What can be judged only against what others heard is judged by the {@link Observatory}. Any thread; times are
 * nanoseconds of one clock of the caller's.
 */
public final class Checker {
    /** How long a reply and a snapshot may take. */
    static final Duration PROMPT = Duration.ofSeconds(2);

    private static final Set<Integer> CLOSE_CODES =
            Set.of(1000, 1001, 1002, 1003, 1007, 1008, 1009, 1011, 1012, 1013, 4000, 4001, 4500, 4501, 4502);
    private static final Set<String> PRICES =
            Set.of("last", "bid", "ask", "open", "high", "low", "prev_close", "hi", "lo", "price", "close");

    private final String name;
    private final Observatory observatory;
    private final Set<Assertion> asserted;
    private final Set<Violation> violations = new LinkedHashSet<>();
    private final Requests requests;
    private final Following following;
    private final Heartbeats heartbeats;
    private final Alarms alarms = new Alarms();
    private final Histories histories;
    private final Map<String, Long> unfinished = new HashMap<>();
    private String epoch = "";
    private long frameBytes = Long.MAX_VALUE;
    private String current = "";
    private boolean welcomed;
    private boolean parting;
    private boolean closed;
    private boolean left;
    private boolean deaf;
    private long deafSince;
    /** Until when the client may still find out what became of the connection while it didn't read. */
    private long excusedUntil;
    /** What the token of the handshake stands for, if there was one. */
    private Permits shown = Permits.ALL;

    /** Whether the server goes by tokens at all. */
    private boolean restricted;

    Checker(String name, Observatory observatory, Set<Assertion> asserted) {
        this.name = name;
        this.observatory = observatory;
        this.asserted = asserted.isEmpty() ? EnumSet.noneOf(Assertion.class) : EnumSet.copyOf(asserted);
        this.requests = new Requests(PROMPT.toNanos(), this::complain);
        this.following = new Following(requests, this::complain, this::sighted);
        this.heartbeats = new Heartbeats(this::complain);
        this.histories = new Histories(observatory, this::complain, this::checkPrices);
    }

    /** Lets this connection resume where an earlier one ended: a resumed key goes on from the state it had there. */
    public void resumes(Checker earlier) {
        synchronized (earlier) {
            following.remember(earlier.following);
        }
    }

    /** The client is about to send this text. */
    public synchronized void said(long nanos, String text) {
        requests.said(nanos, text);
    }

    /** The client is about to send something that is not text; an error must answer it. */
    public synchronized void saidBinary(long nanos) {
        requests.said(nanos, "");
    }

    /** The client has received this text. */
    public synchronized void heard(long nanos, String text) {
        current = text;
        if (closed && !left) {
            complain(Assertion.LEGAL_CLOSE, "a message after the close");
        }
        try {
            Json.Document document = Json.read(text);
            for (String fault : document.faults()) {
                if (!echoes(fault, document.members())) {
                    complain(Assertion.WELL_FORMED, fault);
                }
            }
            judge(new Message(nanos, text, document.members()));
        } catch (IllegalArgumentException e) {
            complain(Assertion.WELL_FORMED, e.getMessage());
        }
        current = "";
    }

    /** The client shows this token in its handshake. */
    public synchronized void shows(String token) {
        shown = Permits.of(token);
    }

    /** The client stops reading; until it {@linkplain #listens listens} again nothing can be late. */
    public synchronized void isDeaf(long nanos) {
        deaf = true;
        deafSince = nanos;
    }

    /**
     * The client reads again. Until it has done so for as long as it hasn't, nothing is late: TCP asks a full receiver
     * for room at intervals that double each time, and may just have asked.
     */
    public synchronized void listens(long nanos) {
        deaf = false;
        excusedUntil = nanos + (nanos - deafSince);
        requests.heardNothingUntil(excusedUntil);
        following.heardNothingUntil(excusedUntil);
        heartbeats.heardNothingUntil(excusedUntil);
        unfinished.replaceAll((channel, since) -> excusedUntil);
    }

    /** The client has received a close frame. */
    public synchronized void closed(int code, String reason) {
        if (closed) {
            return;
        }
        closed = true;
        if (!CLOSE_CODES.contains(code)) {
            complain(Assertion.LEGAL_CLOSE, "close code " + code + " (" + reason + ") is not documented");
        }
        if ((code == 1001 || code == 1012) && !parting) {
            complain(Assertion.LEGAL_CLOSE, "close code " + code + " without a goaway before it");
        }
    }

    /**
     * The connection ended without a close frame. A client that reads must not see this unless it cut it itself; to one that
     * doesn't, no word can be said. What is on its way to that one may still come.
     */
    public synchronized void cut(long nanos) {
        if (!closed && (deaf || nanos < excusedUntil)) {
            left = true;
        } else if (!closed) {
            complain(Assertion.LEGAL_CLOSE, "the connection ended without a close frame");
        }
        closed = true;
    }

    /** The client itself is about to close or cut the connection: however it ends now is right, with messages on their way. */
    public synchronized void leaves() {
        left = !closed;
        closed = true;
    }

    /** Complains about everything that should have come by now. */
    public synchronized void finish(long nanos) {
        if (!closed && !deaf) {
            requests.overdue(nanos);
            following.overdue(nanos, PROMPT.toNanos());
            heartbeats.silentUntil(nanos);
            unfinished.forEach((channel, since) -> {
                if (nanos - since > PROMPT.toNanos()) {
                    complain(Assertion.WELL_FORMED, "the last snapshot of " + channel + " had no end");
                }
            });
            if (!welcomed) {
                complain(Assertion.WELL_FORMED, "no welcome came");
            }
        }
    }

    /**
     * Compares the folded state of a channel with what it must be now that the source is quiet.
     *
     * @param rows by symbol, snapshot rows such as the HTTP interface gives; those of other symbols are ignored
     */
    public void settled(String channel, Map<String, Map<String, Object>> rows) {
        Map<Key, Map<String, Object>> all = new HashMap<>();
        rows.forEach((symbol, row) -> all.put(Key.of(channel, symbol), row));
        settled(all);
    }

    /**
     * Compares the folded states with what they must be now that the source is quiet. All that the client follows and has a
     * row here must have been told to it, if it is still connected.
     *
     * @param rows the rows of a snapshot
     */
    public synchronized void settled(Map<Key, Map<String, Object>> rows) {
        if (closed) {
            return;
        }
        Map<Key, Folded> folded = following.folded();
        rows.forEach((key, row) -> {
            if (!following.covers(key)) {
                return;
            }
            Folded mine = folded.get(key);
            if (mine == null) {
                complain(Assertion.CONVERGENCE, key + " is followed, and was never told");
                return;
            }
            Folded theirs = new Folded();
            theirs.snapshot(row);
            standsAt(key, mine, theirs);
        });
    }

    /** Compares a state that this client came to with what it must be. */
    public synchronized void standsAt(Key key, Folded mine, Folded theirs) {
        if (mine.seq() != theirs.seq()) {
            complain(Assertion.CONVERGENCE, key + " stands at " + mine.seq() + ", not at " + theirs.seq());
        } else {
            differences(theirs.live(), mine)
                    .ifPresent(text -> complain(Assertion.CONVERGENCE, key + " at " + mine.seq() + ": " + text));
        }
    }

    /** Whether the client follows the key, by what it asked for and was not refused. */
    public synchronized boolean follows(Key key) {
        return following.covers(key);
    }

    /** The state of one key, where the client follows it and has heard of it. */
    public synchronized Optional<Folded> folded(Key key) {
        return following.folded(key);
    }

    /** The states of all keys followed. */
    public synchronized Map<Key, Folded> folded() {
        return following.folded();
    }

    /** What was broken so far. */
    public synchronized List<Violation> violations() {
        return List.copyOf(violations);
    }

    /** Takes what the observatory has found about this connection. */
    synchronized void found(Violation violation) {
        if (asserted.contains(violation.assertion())) {
            violations.add(violation);
        }
    }

    @Override
    public String toString() {
        return name;
    }

    /** How a state differs from the right one; of a state without a snapshot under it, missing fields are no fault. */
    static Optional<String> differences(Map<String, Object> right, Folded state) {
        if (!state.isWhole() && !Objects.equals(right.get("start"), state.live().get("start"))) {
            return Optional.empty(); // of bars, it has heard of an earlier one alone
        }
        List<String> differences = new ArrayList<>();
        Set<String> names = new TreeSet<>(state.live().keySet());
        if (state.isWhole()) {
            names.addAll(right.keySet());
        }
        for (String field : names) {
            if (!Objects.equals(right.get(field), state.live().get(field))) {
                differences.add(field + " is " + Json.write(state.live().get(field)) + ", must be "
                        + Json.write(right.get(field)));
            }
        }
        return differences.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", differences));
    }

    private void judge(Message message) {
        List<String> faults = Shapes.faults(message);
        faults.forEach(fault -> complain(Assertion.WELL_FORMED, message.type() + ": " + fault));
        if (!welcomed && !message.type().equals("welcome")) {
            complain(Assertion.WELL_FORMED, "welcome must come first");
        }
        switch (message.type()) {
            case "welcome" -> welcome(message, faults);
            case "snapshot", "update" -> rows(message);
            case "gap" -> {
                if (faults.isEmpty()) {
                    following.gap(message.members(), message.text());
                }
            }
            case "heartbeat" -> heartbeat(message);
            case "goaway" -> parting = true;
            case "alert" ->
                alarms.fault(message.members(), observatory.feed())
                        .ifPresent(fault -> complain(Assertion.NOTHING_FOREIGN, fault));
            default -> {
                if (Requests.isReply(message.type())) {
                    reply(message);
                }
            }
        }
    }

    private void welcome(Message message, List<String> faults) {
        if (welcomed) {
            complain(Assertion.WELL_FORMED, "a second welcome");
        }
        welcomed = true;
        if (faults.isEmpty()) {
            epoch = (String) message.members().get("epoch");
            following.epoch(epoch);
            Object auth = message.members().get("auth");
            restricted = !"none".equals(auth);
            if (restricted) {
                following.permits("ok".equals(auth) ? shown : Permits.NONE);
            }
            heartbeats.promised(message.nanos(), Json.whole(message.members().get("heartbeat_ms")));
            Object limit = Json.object(message.members().get("limits")).get("frame_bytes");
            frameBytes = Json.isWhole(limit) ? Json.whole(limit) : frameBytes;
        }
    }

    private void rows(Message message) {
        // A char is at least one byte and at most three: most messages need not be encoded to be told small.
        if (message.text().length() * 3L > frameBytes
                && message.text().getBytes(StandardCharsets.UTF_8).length > frameBytes) {
            complain(Assertion.WELL_FORMED, "longer than limits.frame_bytes, " + frameBytes);
        }
        String channel = String.valueOf(message.members().get("channel"));
        if (message.type().equals("snapshot")) {
            if (Boolean.TRUE.equals(message.members().get("end"))) {
                unfinished.remove(channel);
            } else {
                unfinished.put(channel, message.nanos());
            }
        }
        for (Map<String, Object> row : message.rows()) {
            if (!Shapes.isPlaced(row)) {
                continue;
            }
            Key key = Key.of(channel, row);
            checkPrices(key, row);
            if (message.type().equals("snapshot")) {
                following.snapshot(key, row, message.text());
            } else {
                following.update(key, row, message.text());
            }
        }
    }

    private void checkPrices(Key key, Map<String, Object> row) {
        FeedRecord feed = observatory.feed();
        row.forEach((field, value) -> {
            if (PRICES.contains(field) && value instanceof BigDecimal price && !feed.sent(key.symbol(), price)) {
                complain(Assertion.FEED_PRICES, key + ": " + field + " " + price + " was never sent by the feed");
            }
        });
        if (key.channel().equals("news") && row.containsKey("headline")) {
            feed.headline(key.symbol(), Json.whole(row.get("seq")))
                    .filter(headline -> !headline.equals(row.get("headline")))
                    .ifPresent(headline -> complain(
                            Assertion.FEED_PRICES, key + ": the feed played " + headline + " at " + row.get("seq")));
        }
        if (key.channel().equals("trades") && row.containsKey("price") && !row.containsKey("n")) {
            feed.trade(key.symbol(), Json.whole(row.get("seq"))).ifPresent(print -> {
                if (!print.isSaidBy(row)) {
                    complain(Assertion.FEED_PRICES, key + ": the feed played " + print + " at " + row.get("seq"));
                }
            });
        }
    }

    private void heartbeat(Message message) {
        heartbeats.came(message.nanos());
        Object crc = message.members().get("crc");
        OptionalLong right = following.crc();
        if (Json.isWhole(crc) && right.isPresent() && Json.whole(crc) != right.getAsLong()) {
            complain(Assertion.HEARTBEAT, "crc is " + Json.whole(crc) + ", must be " + right.getAsLong());
        }
    }

    private void reply(Message message) {
        Optional<Requests.Request> answered = requests.answered(message);
        if (answered.isEmpty()) {
            return;
        }
        Map<String, Object> members = message.members();
        switch (message.type()) {
            case "subscribed" -> following.subscribed(answered.get(), message);
            case "unsubscribed" -> following.unsubscribed(answered.get());
            case "authenticated" -> authenticated(answered.get(), members);
            case "alert_set" -> alarms.set(answered.get().members(), members);
            case "alert_removed" -> alarms.removed(answered.get().members());
            case "history" -> histories.judge(answered.get(), message);
            case "symbols" -> found(answered.get(), message);
            default -> {}
        }
    }

    private void authenticated(Requests.Request request, Map<String, Object> members) {
        if (!restricted) {
            return;
        }
        Permits granted = Permits.of(String.valueOf(request.members().get("token")));
        following.permits(granted);
        Object expires = members.get("expires");
        if (granted.expires() > 0 && !(Json.isWhole(expires) && Json.whole(expires) == granted.expires() * 1_000)) {
            complain(Assertion.ONE_REPLY, "authenticated until " + expires + ", not " + granted.expires() + " s");
        }
    }

    private void found(Requests.Request request, Message reply) {
        Object limit = request.members().get("limit");
        List<Object> symbols =
                reply.rows().stream().map(row -> row.get("symbol")).toList();
        if (symbols.size() > (Json.isWhole(limit) ? Json.whole(limit) : 20)) {
            complain(Assertion.NOTHING_FOREIGN, symbols.size() + " symbols found, more than were wanted");
        }
        if (new HashSet<>(symbols).size() < symbols.size()) {
            complain(Assertion.NOTHING_FOREIGN, "a symbol found twice");
        }
    }

    private void sighted(Key key, Sighting sighting) {
        observatory.saw(this, epoch, key, sighting).forEach(text -> complain(Assertion.ONE_CONTENT, text));
    }

    private void complain(Assertion assertion, String text) {
        if (asserted.contains(assertion)) {
            violations.add(new Violation(assertion, name + ": " + text, current));
        }
    }

    /** Ids, symbols that make no sense and a pong's time come back as the client wrote them. */
    private static boolean echoes(String fault, Map<String, Object> members) {
        return fault.matches("/(id|rejected/[0-9]+/symbol) holds half a character")
                || fault.startsWith("/id is not canonical")
                || ("pong".equals(members.get("type")) && fault.startsWith("/ts is not canonical"));
    }
}
