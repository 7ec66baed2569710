package tickerplant.http;

import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot.InfoDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.Unit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import tickerplant.bus.Lag;
import tickerplant.feed.FeedStatus;
import tickerplant.journal.Holding;
import tickerplant.journal.Journal;
import tickerplant.market.Channel;
import tickerplant.message.Gap;
import tickerplant.message.Level;
import tickerplant.message.Reason;
import tickerplant.service.Obstacle;
import tickerplant.service.Reception;
import tickerplant.service.Sessions;
import tickerplant.service.Tickerplant;
import tickerplant.service.Version;
import tickerplant.session.Ages;
import tickerplant.session.Traffic;

/**
 * What the service counts, under the names that Prometheus knows it by. Reading it costs the senders and the market thread
 * nothing but a glance at each client. Any thread.
 */
final class Exposition {
    private static final double NANOS = 1e9;
    private static final double MILLIS = 1e3;
    private static final String CHANNEL = "channel";
    private static final String FEED = "feed";
    private static final String KIND = "kind";
    private static final String REASON = "reason";

    private final List<MetricSnapshot> meters = new ArrayList<>();
    private final Tickerplant tickerplant;
    private final Sessions sessions;
    private final List<Traffic> traffic;
    private final List<FeedStatus> feeds;

    private Exposition(Tickerplant tickerplant) {
        this.tickerplant = tickerplant;
        this.sessions = tickerplant.sessions();
        this.traffic = sessions.traffic();
        this.feeds = tickerplant.feeds().statuses();
    }

    /** All meters as they stand now. */
    static MetricSnapshots of(Tickerplant tickerplant) {
        Exposition exposition = new Exposition(tickerplant);
        exposition.clients();
        exposition.rows();
        exposition.frames();
        exposition.ends();
        exposition.market();
        exposition.feeds();
        exposition.journal();
        exposition.log();
        return new MetricSnapshots(exposition.meters);
    }

    private void clients() {
        // the library adds _info to its name
        meters.add(InfoSnapshot.builder()
                .name("tickerplant")
                .help("The version that runs; always 1.")
                .dataPoint(InfoDataPointSnapshot.builder()
                        .labels(Labels.of("version", Version.NUMBER))
                        .build())
                .build());
        add(Points.gauges("tickerplant_sessions", "Connected clients.").at(sessions.count()));
        add(Points.counters("tickerplant_sessions_opened", "Clients that have connected.")
                .at(sessions.reception().opened()));
        Points subscriptions = Points.gauges(
                "tickerplant_subscriptions", "Symbols that all clients together follow; of bars, in each interval.");
        channels(subscriptions, tickerplant.hub().subscriptions()::of);
        add(subscriptions);
        Points levels = Points.gauges("tickerplant_ladder_sessions", "Clients on each step of the ladder.");
        Map<Level, Long> standing = sessions.levels();
        for (Level level : Level.values()) {
            levels.at(standing.getOrDefault(level, 0L), "level", word(level));
        }
        add(levels);
        Points refused =
                Points.counters("tickerplant_handshakes_refused", "Requests for a connection that were turned away.");
        for (Obstacle obstacle : Obstacle.values()) {
            refused.at(sessions.reception().refused(obstacle), REASON, obstacle.word());
        }
        add(refused);
    }

    private void rows() {
        Points in = Points.counters(
                "tickerplant_rows_in", "Rows that were made of events; of bars, of those that anybody follows.");
        channels(in, tickerplant.hub().told()::of);
        add(in);
        Points out = Points.counters("tickerplant_rows_out", "Rows that clients were sent.");
        channels(out, channel -> sum(each -> each.updates().of(channel)), "kind", "update");
        channels(out, channel -> sum(each -> each.snapshots().of(channel)), "kind", "snapshot");
        add(out);
        Points merged = Points.counters(
                "tickerplant_rows_merged", "Events that rows of updates stood for besides one each: the sum of n - 1.");
        channels(merged, channel -> sum(each -> each.merged().of(channel)));
        add(merged);
        Points gaps = Points.counters("tickerplant_gaps", "Gaps that clients were told of.");
        for (Gap.Why why : Gap.Why.values()) {
            gaps.at(sum(each -> each.gaps().of(why)), REASON, word(why));
        }
        add(gaps);
    }

    private void frames() {
        add(Points.counters("tickerplant_frames_out", "Messages that clients were sent.")
                .at(sum(each -> each.volume().of(Traffic.Volume.FRAMES))));
        add(Points.counters(
                        "tickerplant_out_bytes", "Bytes of these messages, in UTF-8, without what goes around them.")
                .at(sum(each -> each.volume().of(Traffic.Volume.BYTES))));
        add(Points.counters("tickerplant_send_failures", "Connections that ended because sending to them failed in us.")
                .at(sum(each -> each.volume().of(Traffic.Volume.FAILURES))));
        add(Points.gauges(
                        "tickerplant_inflight_age_seconds",
                        "For how long the oldest message has been under way that the network has not taken; 0 if none.")
                .at(sessions.oldestInFlightNanos() / NANOS));
        ages();
    }

    private void ages() {
        ClassicHistogramBuckets.Builder buckets = ClassicHistogramBuckets.builder();
        for (int i = 0; i < Ages.classes(); i++) {
            int place = i;
            long bound = Ages.bound(place);
            buckets.bucket(bound == Long.MAX_VALUE ? Double.POSITIVE_INFINITY : bound / NANOS, sum(each -> each.ages()
                    .of(place)));
        }
        HistogramDataPointSnapshot.Builder point =
                HistogramSnapshot.HistogramDataPointSnapshot.builder().classicHistogramBuckets(buckets.build());
        point.sum(sum(each -> each.ages().sumNanos()) / NANOS);
        meters.add(HistogramSnapshot.builder()
                .name("tickerplant_delivery_age_seconds")
                .help("From when the newest event of a row came in until its message was handed to the container.")
                .unit(Unit.SECONDS)
                .dataPoint(point.build())
                .build());
    }

    private void ends() {
        Points errors = Points.counters("tickerplant_errors", "Errors that clients were told of.");
        for (Reason reason : Reason.values()) {
            errors.at(sum(each -> each.errors().of(reason)), REASON, reason.word());
        }
        add(errors);
        Points closes = Points.counters("tickerplant_closes", "Connections that have ended.");
        sessions.reception()
                .closes()
                .forEach((code, count) ->
                        closes.at(count, "code", code == Reception.OTHER_CODE ? "other" : Integer.toString(code)));
        add(closes);
    }

    private void market() {
        add(Points.gauges("tickerplant_market_queue", "Steps that wait for the market thread.")
                .at(tickerplant.queued()));
        Points failed = Points.counters("tickerplant_steps_failed", "Steps of the service's own threads that failed.");
        tickerplant.failedSteps().forEach((thread, count) -> failed.at(count, "thread", thread));
        add(failed);
        add(Points.counters(
                        "tickerplant_market_refused", "Events that made no sense in the state that the market was in.")
                .at(tickerplant.refused()));
        add(Points.counters(
                        "tickerplant_bars_missed",
                        "Trades that came or were taken back too late for one of their bars.")
                .at(tickerplant.missedBars()));
    }

    private void feeds() {
        Points age = Points.gauges(
                "tickerplant_feed_age_seconds", "Since the last event of a feed; absent before its first.");
        Points states = Points.gauges("tickerplant_feed_state", "1 for the state that a feed is in.");
        Points events = Points.counters("tickerplant_feed_events", "Events that a feed has brought.");
        Points refused = Points.counters("tickerplant_feed_refused", "Events of a feed that were not valid.");
        Points damaged = Points.counters("tickerplant_feed_damaged", "Parts of a feed's source that couldn't be read.");
        for (FeedStatus feed : feeds) {
            String name = feed.name();
            feed.ageMillis().ifPresent(millis -> age.at(millis / MILLIS, FEED, name));
            for (FeedStatus.State state : FeedStatus.State.values()) {
                states.at(feed.state() == state ? 1 : 0, FEED, name, "state", word(state));
            }
            events.at(feed.trades(), FEED, name, "kind", "trade");
            events.at(feed.quotes(), FEED, name, "kind", "quote");
            events.at(feed.cancels(), FEED, name, "kind", "cancel");
            events.at(feed.others(), FEED, name, "kind", "other");
            refused.at(feed.refused(), FEED, name);
            damaged.at(feed.damaged(), FEED, name);
        }
        List.of(age, states, events, refused, damaged).forEach(this::add);
    }

    private void journal() {
        Journal journal = tickerplant.journal();
        add(Points.gauges("tickerplant_journal_lag", "What was recorded and is not safe in the journal yet.")
                .at(journal.lag()));
        add(Points.gauges("tickerplant_journal_trouble", "1 while the journal can't be written.")
                .at(journal.trouble().isPresent() ? 1 : 0));
        add(Points.counters("tickerplant_journal_lost", "Events that had no place while the journal wasn't written.")
                .at(journal.lost()));
        Points things = Points.gauges("tickerplant_journal_things", "Events and bars that the journal has.");
        Points bytes = Points.gauges("tickerplant_journal_bytes", "About how much they take in its file.");
        Points removed = Points.counters("tickerplant_journal_removed", "Those that were removed for their age.");
        for (Holding holding : journal.holdings()) {
            things.at(holding.things(), KIND, holding.kind().word());
            bytes.at(holding.bytes(), KIND, holding.kind().word());
            removed.at(holding.removed(), KIND, holding.kind().word());
        }
        List.of(things, bytes, removed).forEach(this::add);
    }

    /** Of a log that is shared with other nodes; where it isn't there is nothing to tell. */
    private void log() {
        List<Lag> lags = tickerplant.lags();
        if (lags.isEmpty()) {
            return;
        }
        Points behind = Points.gauges("tickerplant_log_lag", "Entries of a partition that this node has not heard.");
        Points age = Points.gauges(
                "tickerplant_log_age_seconds", "Since the newest entry of a partition that was heard was written.");
        for (int lane = 0; lane < lags.size(); lane++) {
            String partition = Integer.toString(lane);
            behind.at(lags.get(lane).entries(), "partition", partition);
            if (lags.get(lane).ageMillis() >= 0) {
                age.at(lags.get(lane).ageMillis() / MILLIS, "partition", partition);
            }
        }
        add(behind);
        add(age);
        add(Points.gauges("tickerplant_log_trouble", "1 while nothing comes through the log.")
                .at(tickerplant.trouble().isPresent() ? 1 : 0));
        add(Points.counters("tickerplant_log_repeated", "Entries that came twice, and were dropped.")
                .at(tickerplant.repeated()));
    }

    private void add(Points points) {
        meters.add(points.snapshot());
    }

    private long sum(ToLongFunction<Traffic> count) {
        return traffic.stream().mapToLong(count).sum();
    }

    /** The bars of all intervals are one channel to clients. */
    private static void channels(Points points, Function<Channel, Long> count, String... labels) {
        Map<String, Long> sums = new LinkedHashMap<>();
        for (Channel channel : Channel.values()) {
            sums.merge(channel.word(), count.apply(channel), Long::sum);
        }
        String[] all = Arrays.copyOf(labels, labels.length + 2);
        all[labels.length] = CHANNEL;
        sums.forEach((word, sum) -> {
            all[labels.length + 1] = word;
            points.at(sum, all);
        });
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
