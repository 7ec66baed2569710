package tickerplant.service;

import java.lang.System.Logger;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import tickerplant.hub.Hub;
import tickerplant.journal.Journal;
import tickerplant.market.Channel;
import tickerplant.market.Clock;
import tickerplant.message.CloseCode;
import tickerplant.message.FrameEncoder;
import tickerplant.message.Goaway;
import tickerplant.message.Level;
import tickerplant.message.Welcome;
import tickerplant.session.ClientSession;
import tickerplant.session.HistoryReader;
import tickerplant.session.Outbox;
import tickerplant.session.Rights;
import tickerplant.session.Sender;
import tickerplant.session.Traffic;
import tickerplant.session.Wire;

/**
 * All connected clients: opens their sessions, sends their heartbeats, and ends those that take nothing any more. Containers
 * open sessions from any thread.
 */
public final class Sessions {
    private static final Logger LOG = System.getLogger(Sessions.class.getName());
    private static final int QUEUED_ROWS = 2048;
    private static final int REPLY_BYTES = 256 * 1024;
    private static final int CLOSERS = 4;
    private static final long LONGEST_SWEEP_MILLIS = 250;
    private static final long GOODBYE_MILLIS = 2_000;
    /** After a break, what clients have said meanwhile is read first. */
    private static final long READING_UP_NANOS = 1_000_000_000L;

    private static final int RECONNECT_FIRST_MILLIS = 500;
    private static final int RECONNECT_LAST_MILLIS = 5_000;

    /** A client that may still read why its connection has ended, and since when. */
    private record Dismissed(Connection connection, long at) {}

    /** The oldest first; for the housekeeping thread. */
    private final Queue<Dismissed> dismissed = new ArrayDeque<>();

    private final Set<Connection> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger next = new AtomicInteger();
    private final List<Sender> senders = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();

    /** Ends connections, which in some containers means to wait for the peer. */
    private final ThreadPoolExecutor closer = new ThreadPoolExecutor(
            CLOSERS, CLOSERS, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> daemon(task, "closer"));

    private final Steps closings;
    private final Steps housework;
    private final Inquiries inquiries = new Inquiries();
    private final Awake awake;
    private final Settings settings;
    private final Clock clock;
    private final RandomGenerator random;
    private final Hub hub;
    private final Feeds feeds;
    private final MarketThread marketThread;
    private final FrameEncoder encoder;
    private final Journal journal;
    private final HistoryReader history;
    private final Access access;
    private final Places places;
    private final Reception reception;
    private final Publishing publishing;

    Sessions(
            Settings settings,
            Clock clock,
            RandomGenerator random,
            Hub hub,
            Feeds feeds,
            MarketThread marketThread,
            FrameEncoder encoder,
            Access access,
            Publishing publishing,
            Journal journal,
            HistoryReader history) {
        this.publishing = publishing;
        this.settings = settings;
        this.clock = clock;
        this.awake = new Awake(clock);
        this.closings = new Steps("closer", clock);
        this.housework = new Steps("housekeeping", clock);
        this.random = random;
        this.hub = hub;
        this.feeds = feeds;
        this.marketThread = marketThread;
        this.encoder = encoder;
        this.access = access;
        this.places = new Places(settings.sessionLimit(), settings.sessionsPerAddress());
        this.reception = new Reception(LOG, clock);
        this.journal = journal;
        this.history = history;
        for (int i = 0; i < senderCount(); i++) {
            Sender sender = new Sender(clock);
            senders.add(sender);
            threads.add(senderThread(sender, "sender-" + (i + 1)));
        }
        threads.add(daemon(this::keepHouse, "housekeeping"));
        closer.allowCoreThreadTimeOut(true);
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    /**
     * GlassFish looks for services by the thread's class loader at each send. The application's is closed before the
     * application is stopped, and then recurses until the stack is full, which would cost every client its goodbye.
     */
    private static Thread senderThread(Runnable task, String name) {
        Thread thread = daemon(task, name);
        thread.setContextClassLoader(ClassLoader.getSystemClassLoader());
        return thread;
    }

    /** Every second processor has one: the kernel's work for those who receive, and the market's, needs the others. */
    private int senderCount() {
        return settings.senderThreads() > 0
                ? settings.senderThreads()
                : Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
    }

    void start() {
        threads.forEach(Thread::start);
    }

    /** The name of the log that sequences count in; known once the service has started. */
    public String epoch() {
        return journal.epoch();
    }

    /** Where what may wait for a client's end is done. */
    public Executor closer() {
        return ending -> closer.execute(() -> closings.perform(ending));
    }

    /** How many steps have failed, of each kind of thread. */
    Map<String, Long> failedSteps() {
        return Map.of("closer", closings.failed(), "housekeeping", housework.failed(), "inquiry", inquiries.failed());
    }

    /** How many clients are connected. */
    public int count() {
        return open.size();
    }

    /** What is published, and by whom. */
    public Publishing publishing() {
        return publishing;
    }

    /** Who has come, who was turned away and who has gone. */
    public Reception reception() {
        return reception;
    }

    /** What each of the senders has carried away. */
    public List<Traffic> traffic() {
        return senders.stream().map(Sender::traffic).toList();
    }

    /** How many clients stand on each step of the ladder. */
    public Map<Level, Long> levels() {
        Map<Level, Long> levels = new EnumMap<>(Level.class);
        open.forEach(connection -> levels.merge(connection.level(), 1L, Long::sum));
        return levels;
    }

    /** For how long the frame has been under way that has been so for longest, in nanoseconds; 0 where none is. */
    public long oldestInFlightNanos() {
        return open.stream().mapToLong(Connection::inFlightNanos).max().orElse(0);
    }

    /** Who may come in. */
    public Access access() {
        return access;
    }

    /**
     * A client has connected; it is welcomed, or where there is no place for it, closed.
     *
     * @param address where it is; empty where that is not known
     * @param grant what the token stands for that came with the handshake, where one did and one is asked for
     */
    public Optional<Connection> open(Wire wire, String address, Optional<Grant> grant) {
        if (!settings.role().serves()) {
            reception.refused(Obstacle.NOT_READY, address);
            wire.close(CloseCode.OVER_CAPACITY, "this node only runs feeds");
            return Optional.empty();
        }
        Optional<Places.Place> place = places.take(address);
        if (place.isEmpty()) {
            reception.refused(Obstacle.CAPACITY, address);
            wire.close(CloseCode.OVER_CAPACITY, "too many connections");
        }
        return place.map(taken -> open(wire, address, taken, grant, Optional.empty()));
    }

    /**
     * A publisher has connected, and is received like any client, but that it may publish and can't follow anything.
     *
     * @param publisher what it may do
     */
    public Optional<Connection> open(Wire wire, String address, Optional<Grant> grant, Publisher publisher) {
        Optional<Places.Place> place = places.take(address);
        if (place.isEmpty()) {
            reception.refused(Obstacle.CAPACITY, address);
            wire.close(CloseCode.OVER_CAPACITY, "too many connections");
            publisher.left();
        }
        return place.map(taken -> open(wire, address, taken, grant, Optional.of(publisher)));
    }

    private Connection open(
            Wire wire, String address, Places.Place place, Optional<Grant> grant, Optional<Publisher> publisher) {
        String name = name("s-");
        Sender sender = senders.get(Math.floorMod(next.getAndIncrement(), senders.size()));
        Outbox outbox = new Outbox(
                name,
                wire,
                encoder,
                sender,
                clock,
                new Outbox.Bounds(settings.windowBytes(), settings.frameBytes(), QUEUED_ROWS, REPLY_BYTES));
        ClientSession session = new ClientSession(
                hub,
                outbox,
                clock,
                epoch(),
                new ClientSession.Limits(settings.symbolLimit(), settings.alertLimit()),
                history);
        Visit visit = reception.opened(name, address, clock);
        Login login = access.isOpen() ? Login.notNeeded(clock) : Login.within(settings.authTimeoutMs(), clock);
        if (!access.isOpen()) {
            session.restrict(grant.map(Grant::rights).orElse(Rights.NONE));
            grant.ifPresent(shown -> {
                login.shown();
                login.holdsUntil(shown.expiresMillis());
                visit.authenticated(shown);
            });
        }
        Connection connection = new Connection(
                session,
                outbox,
                marketThread.work(),
                inquiries,
                access,
                login,
                clock,
                settings.requestsPerSecond(),
                settings.heartbeatMs(),
                visit,
                publisher,
                (ended, code) -> {
                    if (open.remove(ended)) {
                        reception.closed(code);
                        ended.reportEnd(code);
                    }
                    place.leave();
                });
        open.add(connection);
        visit.begins(open.size());
        outbox.reply(new Welcome(
                "tickerplant/" + Version.NUMBER,
                name,
                epoch(),
                clock.micros(),
                settings.heartbeatMs(),
                asked(grant),
                List.of(Channel.values()),
                new Welcome.Limits(
                        settings.symbolLimit(),
                        settings.messageBytes(),
                        settings.frameBytes(),
                        settings.requestsPerSecond())));
        connection.begin();
        return connection;
    }

    private Welcome.Auth asked(Optional<Grant> grant) {
        if (access.isOpen()) {
            return Welcome.Auth.NONE;
        }
        return grant.isPresent() ? Welcome.Auth.OK : Welcome.Auth.REQUIRED;
    }

    private String name(String prefix) {
        synchronized (random) {
            return prefix + HexFormat.of().toHexDigits(random.nextLong());
        }
    }

    private void keepHouse() {
        long pause = TimeUnit.MILLISECONDS.toNanos(Math.min(LONGEST_SWEEP_MILLIS, settings.heartbeatMs() / 4));
        try {
            while (true) {
                clock.sleepUntil(clock.nanos() + pause);
                sweep();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the service stops
        }
    }

    private void sweep() {
        while (!dismissed.isEmpty()
                && clock.nanos() - dismissed.element().at() >= TimeUnit.MILLISECONDS.toNanos(GOODBYE_MILLIS)) {
            Connection connection = dismissed.remove().connection();
            housework.perform(connection::cut, connection::name);
        }
        housework.perform(reception::tend, () -> "log of clients");
        for (Connection connection : open) {
            housework.perform(() -> sweep(connection), connection::name);
        }
    }

    private void sweep(Connection connection) {
        if (connection.heartbeatIsDue()) {
            connection.heartbeat(feeds.heartbeat(connection.feeds(), hub.phase()));
        }
        long stalledNanos = connection.stalledNanos();
        // Looked at after what it is held against, so that a break in between counts too.
        long awakeNanos = awake.nanos();
        if (awakeNanos < READING_UP_NANOS) {
            return;
        }
        connection.endWhenLost(TimeUnit.MILLISECONDS.toNanos(GOODBYE_MILLIS));
        connection.endWhenLapsed();
        connection.tend();
        connection.report();
        long stalled = TimeUnit.NANOSECONDS.toMillis(Math.min(stalledNanos, awakeNanos));
        if (stalled >= settings.slowMs()) {
            connection.abort(CloseCode.TOO_SLOW, "too slow");
        } else if (connection.isSilent(awakeNanos)) {
            connection.dismiss(CloseCode.SILENT, "no pong");
            dismissed.add(new Dismissed(connection, clock.nanos()));
        }
    }

    /** Says goodbye to everybody, waits a little for it to arrive, and cuts who is left. */
    void stop() throws InterruptedException {
        for (Connection connection : open) {
            connection.goAway(new Goaway(reconnectMillis()));
        }
        long deadline = clock.nanos() + TimeUnit.MILLISECONDS.toNanos(GOODBYE_MILLIS);
        while (!open.isEmpty() && clock.nanos() < deadline) {
            clock.sleepUntil(Math.min(deadline, clock.nanos() + TimeUnit.MILLISECONDS.toNanos(5)));
        }
        open.forEach(connection -> connection.abort(CloseCode.GOING_AWAY, "the server stops"));
        reception.tend();
        inquiries.stop();
        closer.shutdown();
        for (Thread thread : threads) {
            thread.interrupt();
            thread.join(GOODBYE_MILLIS);
        }
    }

    private long reconnectMillis() {
        synchronized (random) {
            return random.nextInt(RECONNECT_FIRST_MILLIS, RECONNECT_LAST_MILLIS);
        }
    }
}
