package tickerplant.service;

import java.util.Locale;
import tickerplant.bus.Counts;
import tickerplant.feed.Excerpt;
import tickerplant.market.Clock;
import tickerplant.message.Level;
import tickerplant.session.Told;

/** What the log is told of one client. Any thread but the market's; the totals are the housekeeping thread's alone. */
final class Visit {
    private static final double NANOS = 1e9;

    private final ClientLog log;
    private final String who;
    private final String address;
    private final Clock clock;
    private final long since;
    private int total;

    Visit(ClientLog log, String session, String address, Clock clock) {
        this.log = log;
        this.who = "session=" + session + " address=" + ClientLog.shown(address);
        this.address = address;
        this.clock = clock;
        this.since = clock.nanos();
    }

    private void say(ClientLog.Kind kind, String text) {
        log.say(kind, address, who + " " + text);
    }

    /** It is here, and so many are with it. */
    void begins(int sessions) {
        say(ClientLog.Kind.OPEN, "sessions=" + sessions);
    }

    /** It has shown who it is. */
    void authenticated(Grant grant) {
        say(ClientLog.Kind.AUTH, "expires_ms=" + grant.expiresMillis() + " subject=" + Excerpt.of(grant.subject()));
    }

    /**
     * It doesn't do as it should.
     *
     * @param complaint what it was told, which may have words of its own in it
     */
    void violates(String reason, String complaint) {
        say(ClientLog.Kind.VIOLATION, "reason=" + reason + " told=" + Excerpt.of(complaint));
    }

    /** Whether it follows more or less than when this was last asked. */
    boolean isNews(int symbols) {
        boolean news = symbols != total;
        total = symbols;
        return news;
    }

    /** It follows so many symbols in each channel. */
    void follows(String totals) {
        say(ClientLog.Kind.SUBSCRIPTIONS, totals);
    }

    /** It was taken down or up. */
    void steps(Level level) {
        say(ClientLog.Kind.STEP, "level=" + level.name().toLowerCase(Locale.ROOT));
    }

    /** It is gone. */
    void ends(int code, Counts<Told> told) {
        say(
                ClientLog.Kind.CLOSE,
                String.format(
                        Locale.ROOT,
                        "code=%d seconds=%.3f rows=%d merged=%d gaps=%d",
                        code,
                        (clock.nanos() - since) / NANOS,
                        told.of(Told.ROWS),
                        told.of(Told.MERGED),
                        told.of(Told.GAPS)));
    }
}
