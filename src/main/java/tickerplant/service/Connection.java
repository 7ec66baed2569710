package tickerplant.service;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.ObjIntConsumer;
import tickerplant.bus.Handover;
import tickerplant.command.Auth;
import tickerplant.command.Command;
import tickerplant.command.Publish;
import tickerplant.command.Refused;
import tickerplant.market.Clock;
import tickerplant.message.CloseCode;
import tickerplant.message.ErrorMessage;
import tickerplant.message.Goaway;
import tickerplant.message.Heartbeat;
import tickerplant.message.Level;
import tickerplant.message.Reason;
import tickerplant.message.RequestId;
import tickerplant.session.ClientSession;
import tickerplant.session.Outbox;

/**
 * One open connection, as its container sees it: what comes from the client goes on to the market thread, within limits. A
 * container delivers one message of a connection at a time.
 */
public final class Connection {
    private static final int SENSELESS_ALLOWED = 10;
    private static final long RATE_PATIENCE_NANOS = 10_000_000_000L;
    private static final long QUIET_NANOS = 1_000_000_000L;
    /** RFC 6455, section 7.4.1: for what ended without a close frame. */
    private static final int CUT_OFF = 1006;
    /** Shorter than what the usual middle boxes take for an idle connection. */
    private static final long LONGEST_UNPROBED_NANOS = 20_000_000_000L;
    /** With the most of one that passes before the ping goes out, three in all. */
    private static final int SILENT_HEARTBEATS = 2;
    /** What a machine under load may take to answer, however fast heartbeats come. */
    private static final long SHORTEST_SILENCE_NANOS = 1_000_000_000L;

    private final ClientSession session;
    private final Outbox outbox;
    private final Handover<Runnable> marketThread;
    private final Inquiries inquiries;
    private final Access access;
    private final Login login;
    private final Clock clock;
    private final RequestLimit limit;
    private final Strikes senseless;
    private final long heartbeatNanos;
    private final Visit visit;
    private final Optional<Publisher> publisher;
    private final ObjIntConsumer<Connection> onEnd;
    private long heartbeatAt;
    /** Since when requests have been refused for their rate without a pause; 0 while they are not. */
    private long limitedSince;

    private long limitedLast;
    /** Whether the connection is being closed, so that nothing more is listened to. */
    private boolean ending;

    Connection(
            ClientSession session,
            Outbox outbox,
            Handover<Runnable> marketThread,
            Inquiries inquiries,
            Access access,
            Login login,
            Clock clock,
            int requestsPerSecond,
            long heartbeatMillis,
            Visit visit,
            Optional<Publisher> publisher,
            ObjIntConsumer<Connection> onEnd) {
        this.publisher = publisher;
        this.session = session;
        this.outbox = outbox;
        this.marketThread = marketThread;
        this.inquiries = inquiries;
        this.access = access;
        this.login = login;
        this.clock = clock;
        this.limit = new RequestLimit(clock, requestsPerSecond);
        this.senseless = new Strikes(clock, SENSELESS_ALLOWED);
        this.heartbeatNanos = TimeUnit.MILLISECONDS.toNanos(heartbeatMillis);
        this.heartbeatAt = clock.nanos() + heartbeatNanos;
        this.visit = visit;
        this.onEnd = onEnd;
    }

    /** A request came. */
    public void request(Command command) {
        if (ending) {
            return;
        }
        boolean published = command instanceof Publish && publisher.isPresent();
        if (!published && !limit.allows()) {
            limited(new ErrorMessage(command.id(), Reason.RATE_LIMITED, "too many requests, ask less often", ""));
            return;
        }
        if (command instanceof Auth auth && !access.isOpen()) {
            authenticate(auth);
            return;
        }
        if (login.isMissing() && !(command instanceof Refused)) {
            answer(new ErrorMessage(
                    command.id(), Reason.AUTH_REQUIRED, "a token is needed first, in a message of the type auth", ""));
            return;
        }
        if (published) {
            publish((Publish) command);
            return;
        }
        switch (command.place()) {
            case ASIDE -> inquiries.put(command, session);
            case MARKET_THEN_ASIDE ->
                marketThread.put(() -> inquiries.put(command.id(), command.begun(session), session));
            case MARKET -> {
                Command prepared = command.prepared(session);
                marketThread.put(() -> prepared.execute(session));
            }
        }
        if (command instanceof Refused refused) {
            refused(refused.complaint());
        }
    }

    /** How much comes is bounded by what may wait, not by how often. */
    private void publish(Publish message) {
        Optional<ErrorMessage> refusal =
                publisher.orElseThrow().publish(message, answer -> marketThread.put(() -> session.reply(answer)));
        refusal.ifPresent(error -> {
            if (error.reason() == Reason.RATE_LIMITED) {
                limited(error);
            } else {
                answer(error);
            }
        });
    }

    private void authenticate(Auth auth) {
        try {
            Grant grant = access.grant(auth.token(), "session " + outbox.name());
            login.shown();
            visit.authenticated(grant);
            publisher.ifPresent(shown -> shown.granted(grant));
            marketThread.put(() -> {
                if (session.authenticated(auth.id(), grant.rights(), grant.expiresMillis())) {
                    login.holdsUntil(grant.expiresMillis());
                }
            });
        } catch (TokenRefused e) {
            if (e.isPassing()) {
                answer(new ErrorMessage(
                        auth.id(), Reason.INTERNAL, "no token can be judged now (" + outbox.name() + ")", ""));
                endAfterAnswers(CloseCode.OVER_CAPACITY, "no token can be judged now");
            } else {
                answer(new ErrorMessage(auth.id(), Reason.AUTH_FAILED, "the token was not accepted", ""));
                endAfterAnswers(CloseCode.AUTHENTICATION_FAILED, "authentication failed");
            }
        }
    }

    private void refused(ErrorMessage complaint) {
        switch (complaint.reason()) {
            case TOO_LARGE -> {
                visit.violates(complaint.reason().word(), complaint.message());
                endAfterAnswers(CloseCode.TOO_LARGE, "message too large");
            }
            case MALFORMED_JSON, INVALID_MESSAGE, INVALID_FIELD, UNKNOWN_TYPE -> {
                visit.violates(complaint.reason().word(), complaint.message());
                if (senseless.strike()) {
                    endAfterAnswers(CloseCode.POLICY_VIOLATION, "too many senseless requests");
                }
            }
            default -> {
                // an honest mistake
            }
        }
    }

    private void limited(ErrorMessage error) {
        long now = clock.nanos();
        if (limitedSince == 0 || now - limitedLast > QUIET_NANOS) {
            limitedSince = now;
        }
        limitedLast = now;
        visit.violates(error.reason().word(), error.message());
        answer(error);
        if (now - limitedSince > RATE_PATIENCE_NANOS) {
            endAfterAnswers(CloseCode.POLICY_VIOLATION, "too many requests");
        }
    }

    /** A binary message came, which means nothing here. */
    public void binary() {
        if (ending) {
            return;
        }
        ErrorMessage complaint = new ErrorMessage(
                RequestId.NONE, Reason.UNSUPPORTED_DATA, "messages must be text, each one JSON object", "");
        visit.violates(complaint.reason().word(), complaint.message());
        answer(complaint);
        endAfterAnswers(CloseCode.UNSUPPORTED_DATA, "binary message");
    }

    /** The pong to one of our pings came. */
    public void pong(long number) {
        outbox.pong(number);
    }

    /**
     * The connection is gone. May be called more than once.
     *
     * @param code with which it was, as the container has it: of the client's close frame, or of what went wrong
     */
    public void closed(int code) {
        outbox.end();
        publisher.ifPresent(Publisher::left);
        onEnd.accept(this, outbox.closing().map(CloseCode::code).orElse(code));
        marketThread.put(session::end);
    }

    void begin() {
        marketThread.put(session::begin);
    }

    /** Ends the connection where its token has expired, or none came in time; for the housekeeping thread. */
    void endWhenLapsed() {
        login.lapse()
                .ifPresent(code -> outbox.closeNow(
                        code,
                        code == CloseCode.NOT_AUTHENTICATED ? "not authenticated in time" : "the token has expired"));
    }

    /**
     * Ends the connection where nothing is sent on it any more and its container has not said in time that it is gone: after
     * a send that failed, Tomcat never does. For the housekeeping thread.
     */
    void endWhenLost(long patienceNanos) {
        if (outbox.endedNanos() > patienceNanos) {
            closed(CUT_OFF);
            outbox.abort(CloseCode.INTERNAL_ERROR, "the connection was lost");
        }
    }

    String name() {
        return outbox.name();
    }

    /** The names of the feeds whose symbols the client follows. */
    Set<String> feeds() {
        return session.feeds().names();
    }

    /** Whether it is time for a heartbeat; for the housekeeping thread, which then sends one. */
    boolean heartbeatIsDue() {
        long now = clock.nanos();
        boolean due = now - heartbeatAt >= 0;
        if (due) {
            heartbeatAt = Math.max(heartbeatAt + heartbeatNanos, now);
        }
        return due;
    }

    void heartbeat(Heartbeat heartbeat) {
        marketThread.put(() -> session.heartbeat(heartbeat));
    }

    /** Where it stands on the ladder. */
    Level level() {
        return outbox.level();
    }

    /** For how long the frame that is under way has been so; 0 where none is. */
    long inFlightNanos() {
        return outbox.inFlightNanos();
    }

    /** Writes into the log what has changed with the client. */
    void report() {
        outbox.takeSteps().forEach(visit::steps);
        if (visit.isNews(session.total())) {
            visit.follows(session.totals());
        }
    }

    /** Writes into the log that it has ended. */
    void reportEnd(int code) {
        report();
        visit.ends(code, outbox.told());
    }

    /** For how long the client has taken nothing that was sent to it. */
    long stalledNanos() {
        return outbox.stalledNanos();
    }

    /** Steps the client up or down, and sends a ping where one is due. */
    void tend() {
        outbox.tend(Math.min(heartbeatNanos / 4 * 3, LONGEST_UNPROBED_NANOS));
    }

    /**
     * Whether the client has not answered a ping in time, although it had hardly anything to read before it.
     *
     * @param awakeNanos for how long we could have heard the answer
     */
    boolean isSilent(long awakeNanos) {
        return Math.min(outbox.silentNanos(), awakeNanos)
                >= Math.max(SILENT_HEARTBEATS * heartbeatNanos, SHORTEST_SILENCE_NANOS);
    }

    void goAway(Goaway goaway) {
        marketThread.put(() -> {
            outbox.reply(goaway);
            outbox.close(CloseCode.GOING_AWAY, "the server stops");
        });
    }

    /** Ends the connection, so that a client that reads hears why; {@link #cut} must follow after a while. */
    void dismiss(CloseCode code, String reason) {
        outbox.dismiss(code, reason);
        closed(code.code());
    }

    void cut() {
        outbox.cut();
    }

    void abort(CloseCode code, String reason) {
        outbox.abort(code, reason);
        closed(code.code());
    }

    /** Answers in the order of requests. */
    private void answer(ErrorMessage error) {
        marketThread.put(() -> session.reply(error));
    }

    private void endAfterAnswers(CloseCode code, String reason) {
        ending = true;
        marketThread.put(() -> outbox.close(code, reason));
    }
}
