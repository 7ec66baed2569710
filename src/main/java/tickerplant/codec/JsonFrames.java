package tickerplant.codec;

import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Function;
import tickerplant.feed.text.Rejection;
import tickerplant.market.BarUpdate;
import tickerplant.market.Channel;
import tickerplant.market.Instrument;
import tickerplant.market.Interval;
import tickerplant.market.Update;
import tickerplant.message.Accepted;
import tickerplant.message.AlertFired;
import tickerplant.message.AlertRemoved;
import tickerplant.message.AlertSet;
import tickerplant.message.Authenticated;
import tickerplant.message.Configured;
import tickerplant.message.ErrorMessage;
import tickerplant.message.Flow;
import tickerplant.message.Frame;
import tickerplant.message.FrameEncoder;
import tickerplant.message.Frames;
import tickerplant.message.Gap;
import tickerplant.message.Goaway;
import tickerplant.message.Heartbeat;
import tickerplant.message.HistoryFound;
import tickerplant.message.HistoryPage;
import tickerplant.message.Message;
import tickerplant.message.OutOfTurn;
import tickerplant.message.Pong;
import tickerplant.message.Rate;
import tickerplant.message.RequestId;
import tickerplant.message.Row;
import tickerplant.message.Snapshot;
import tickerplant.message.Subscribed;
import tickerplant.message.Subscriptions;
import tickerplant.message.SymbolsFound;
import tickerplant.message.Unsubscribed;
import tickerplant.message.UpdateMessage;
import tickerplant.message.Welcome;

/** Messages as JSON: one object a frame. */
public final class JsonFrames implements FrameEncoder {
    /** Whoever sends thousands of bad events knows after a few of them what is wrong. */
    private static final int EXPLAINED_REJECTIONS = 16;

    private static final int CONTROL_BYTES = 256;
    private static final int DATA_BYTES = 4096;
    /** Room for what follows the last row of a history. */
    private static final int HISTORY_CLOSING_BYTES = 128;

    private static final String PROTOCOL = "tickerplant.v1";

    @Override
    public Frames frames(Message message) {
        if (message instanceof UpdateMessage update) {
            return new RowFrames(update);
        }
        if (message instanceof Snapshot snapshot) {
            return new RowFrames(snapshot);
        }
        return new SingleFrame(message);
    }

    /** A message without rows. */
    static byte[] control(Message message) {
        JsonBytes json = new JsonBytes(CONTROL_BYTES).open('{');
        if (message instanceof Welcome welcome) {
            welcome(json, welcome);
        } else if (message instanceof Subscribed subscribed) {
            subscribed(json, subscribed);
        } else if (message instanceof Unsubscribed unsubscribed) {
            id(json.field("type", "unsubscribed"), unsubscribed.id()).field("channel", unsubscribed.channel());
            unsubscribed.interval().ifPresent(interval -> json.field("interval", interval.word()));
            strings(json.name("symbols"), unsubscribed.symbols()).field("total", unsubscribed.total());
        } else if (message instanceof Subscriptions subscriptions) {
            subscriptions(json, subscriptions);
        } else if (message instanceof Gap gap) {
            channel(json.field("type", "gap"), gap.channel())
                    .field("symbol", gap.symbol().name());
            json.field("from", gap.from()).field("to", gap.to());
            json.field("reason", JsonRows.word(gap.reason()));
        } else if (message instanceof Heartbeat heartbeat) {
            json.field("type", "heartbeat").time("ts", heartbeat.ts()).field("feed", JsonRows.word(heartbeat.feed()));
            heartbeat.feedAgeMillis().ifPresent(age -> json.field("feed_age_ms", age));
            heartbeat.market().ifPresent(phase -> json.field("market", JsonRows.word(phase)));
            heartbeat.crc().ifPresent(crc -> json.field("crc", crc));
        } else if (message instanceof Flow flow) {
            json.field("type", "flow").field("level", JsonRows.word(flow.level()));
            rate(json.field("reason", JsonRows.word(flow.reason())), flow.maxRate())
                    .field("pending", flow.pending());
        } else if (message instanceof Configured configured) {
            rate(id(json.field("type", "configured"), configured.id()), configured.maxRate());
            json.name("paused").literal(Boolean.toString(configured.paused()));
            configured.visible().names().ifPresent(names -> strings(json.name("visible"), names));
        } else if (message instanceof Pong pong) {
            id(json.field("type", "pong"), pong.id());
            if (!pong.ts().isEmpty()) {
                json.name("ts").literal(pong.ts());
            }
            json.time("server_ts", pong.serverTs());
        } else if (message instanceof SymbolsFound found) {
            instruments(id(json.field("type", "symbols"), found.id()), found.instruments());
        } else if (message instanceof AlertSet set) {
            id(json.field("type", "alert_set"), set.id()).field("alert", set.alert());
            set.judgedFrom().ifPresent(seq -> json.field("judged_from", seq));
        } else if (message instanceof AlertRemoved removed) {
            id(json.field("type", "alert_removed"), removed.id()).field("alert", removed.alert());
        } else if (message instanceof AlertFired fired) {
            json.field("type", "alert").field("alert", fired.alert());
            json.field("symbol", fired.symbol().name()).name("value").number(fired.value());
            json.field("seq", fired.seq()).time("ts", fired.ts());
        } else if (message instanceof Goaway goaway) {
            json.field("type", "goaway").field("reason", "shutdown").field("reconnect_ms", goaway.reconnectMillis());
        } else if (message instanceof Authenticated authenticated) {
            id(json.field("type", "authenticated"), authenticated.id());
            authenticated.expiresMillis().ifPresent(expires -> json.field("expires", expires));
        } else if (message instanceof Accepted accepted) {
            accepted(json, accepted);
        } else if (message instanceof OutOfTurn skipped) {
            error(json, skipped.error());
            json.field("expected", skipped.expected());
        } else if (message instanceof ErrorMessage error) {
            error(json, error);
        } else {
            throw new IllegalArgumentException("no frame for " + message);
        }
        return json.close('}').toArray();
    }

    private static void accepted(JsonBytes json, Accepted accepted) {
        id(json.field("type", "accepted"), accepted.id()).field("count", accepted.count());
        json.field("duplicates", accepted.duplicates()).name("rejected").open('[');
        int explained = 0;
        for (Rejection rejection : accepted.rejected()) {
            json.open('{').field("index", rejection.index()).field("reason", JsonRows.word(rejection.why()));
            if (!rejection.field().isEmpty()) {
                json.field("field", rejection.field());
            }
            if (explained < EXPLAINED_REJECTIONS) {
                json.field("message", rejection.message());
                explained++;
            }
            json.close('}');
        }
        json.close(']');
        if (accepted.rejections() > accepted.rejected().size()) {
            json.field("rejections", accepted.rejections());
        }
        accepted.next().ifPresent(next -> json.field("next_pseq", next));
    }

    private static void welcome(JsonBytes json, Welcome welcome) {
        json.field("type", "welcome").field("protocol", PROTOCOL).field("server", welcome.server());
        json.field("session", welcome.session()).field("epoch", welcome.epoch()).time("ts", welcome.ts());
        json.field("heartbeat_ms", welcome.heartbeatMillis()).field("auth", JsonRows.word(welcome.auth()));
        strings(
                json.name("channels"),
                welcome.channels().stream().map(Channel::word).distinct().toList());
        strings(
                json.name("intervals"),
                welcome.channels().stream()
                        .flatMap(channel -> channel.interval().stream())
                        .map(Interval::word)
                        .toList());
        Welcome.Limits limits = welcome.limits();
        json.name("limits").open('{').field("symbols", limits.symbols()).field("message_bytes", limits.messageBytes());
        json.field("frame_bytes", limits.frameBytes())
                .field("requests_per_s", limits.requestsPerSecond())
                .name("max_rate")
                .literal(Rate.MOST.toPlainString())
                .close('}');
    }

    private static void subscribed(JsonBytes json, Subscribed subscribed) {
        channel(id(json.field("type", "subscribed"), subscribed.id()), subscribed.channel());
        strings(json.name("symbols"), subscribed.symbols()).field("total", subscribed.total());
        rejected(json, subscribed.rejected());
        if (!subscribed.seq().isEmpty()) {
            json.name("seq").open('{');
            subscribed.seq().forEach(json::field);
            json.close('}');
        }
        if (!subscribed.recovery().isEmpty()) {
            json.name("recovery").open('{');
            subscribed.recovery().forEach((symbol, how) -> json.field(symbol, JsonRows.word(how)));
            json.close('}');
        }
    }

    /** What was not taken, where there is any. */
    static void rejected(JsonBytes json, List<Subscribed.Rejected> rejected) {
        if (rejected.isEmpty()) {
            return;
        }
        json.name("rejected").open('[');
        for (Subscribed.Rejected entry : rejected) {
            json.open('{').field("symbol", entry.symbol());
            json.field("code", entry.reason().code());
            json.field("reason", entry.reason().word());
            if (!entry.didYouMean().isEmpty()) {
                strings(json.name("did_you_mean"), entry.didYouMean());
            }
            json.close('}');
        }
        json.close(']');
    }

    /** What was found, as {@code data}. */
    static void instruments(JsonBytes json, List<Instrument> instruments) {
        json.name("data").open('[');
        for (Instrument instrument : instruments) {
            json.open('{').field("symbol", instrument.symbol().name()).field("name", instrument.name());
            json.field("currency", instrument.currency())
                    .field("exchange", instrument.exchange())
                    .close('}');
        }
        json.close(']');
    }

    /** What was found, as much of it as fits into a frame. */
    private static byte[] history(HistoryFound found, int maxBytes) {
        HistoryPage page = found.page();
        JsonBytes json = new JsonBytes(DATA_BYTES).open('{');
        channel(id(json.field("type", "history"), found.id()), page.channel())
                .field("symbol", page.symbol().name());
        return history(json.field("epoch", found.epoch()), page, maxBytes).toArray();
    }

    /** Rows, and where to go on where there are more, up to the end of an object that is open. */
    static JsonBytes history(JsonBytes json, HistoryPage page, int maxBytes) {
        json.name("data").open('[');
        Optional<Row> following = page.following();
        boolean first = true;
        for (Row row : page.rows()) {
            byte[] text = row.updateText();
            if (!first && json.length() + text.length > maxBytes - HISTORY_CLOSING_BYTES) {
                following = Optional.of(row);
                break;
            }
            json.encoded(text);
            first = false;
        }
        json.close(']');
        following.ifPresent(row -> next(json, row.update()));
        page.wholeAfter().ifPresent(place -> {
            if (page.channel().isBars()) {
                json.time("whole_after", place);
            } else {
                json.field("whole_after", place);
            }
        });
        return json.close('}');
    }

    /** What to ask for to get this row first: {@code from} of bars, {@code after_seq} of trades. */
    private static void next(JsonBytes json, Update update) {
        if (update instanceof BarUpdate bar) {
            json.time("next", bar.bar().start());
        } else {
            json.field("next", update.seq() - 1);
        }
    }

    private static void subscriptions(JsonBytes json, Subscriptions subscriptions) {
        id(json.field("type", "subscriptions"), subscriptions.id()).name("data").open('[');
        for (Subscriptions.Entries entries : subscriptions.entries()) {
            json.open('{');
            rate(strings(channel(json, entries.channel()).name("symbols"), entries.symbols()), entries.maxRate())
                    .close('}');
        }
        json.close(']');
    }

    private static void error(JsonBytes json, ErrorMessage error) {
        id(json.field("type", "error"), error.id()).field("code", error.reason().code());
        json.field("reason", error.reason().word()).field("message", error.message());
        if (!error.field().isEmpty()) {
            json.field("field", error.field());
        }
        json.name("retry").literal(Boolean.toString(error.retry()));
    }

    /** A channel, and where it is one of bars the interval. */
    private static JsonBytes channel(JsonBytes json, Channel channel) {
        json.field("channel", channel.word());
        channel.interval().ifPresent(interval -> json.field("interval", interval.word()));
        return json;
    }

    private static JsonBytes id(JsonBytes json, RequestId id) {
        return switch (id.kind()) {
            case NONE -> json;
            case INTEGER -> json.name("id").literal(id.text());
            case STRING -> json.field("id", id.text());
        };
    }

    private static JsonBytes rate(JsonBytes json, Rate rate) {
        return rate.isLimited() ? json.name("max_rate").literal(rate.perSecond().toPlainString()) : json;
    }

    private static JsonBytes strings(JsonBytes json, List<String> values) {
        json.open('[');
        values.forEach(json::value);
        return json.close(']');
    }

    /** A message without rows. */
    private static final class SingleFrame implements Frames {
        private final Message message;
        private boolean taken;

        SingleFrame(Message message) {
            this.message = message;
        }

        @Override
        public boolean hasNext() {
            return !taken;
        }

        @Override
        public Frame next(int maxBytes) {
            if (taken) {
                throw new NoSuchElementException();
            }
            taken = true;
            return new Frame(message instanceof HistoryFound found ? history(found, maxBytes) : control(message));
        }

        @Override
        public Message message() {
            return message;
        }

        @Override
        public int rows() {
            return 0;
        }
    }

    /** A message of rows, in as many frames as it takes. */
    private static final class RowFrames implements Frames {
        /** Room for what follows the last row. */
        private static final int CLOSING_BYTES = 16;

        private final Message message;
        private final String type;
        private final Channel channel;
        private final long ts;
        private final List<Row> rows;
        private final Function<Row, byte[]> text;
        private int next;

        RowFrames(UpdateMessage update) {
            this(update, "update", update.channel(), update.ts(), update.rows(), Row::updateText);
        }

        RowFrames(Snapshot snapshot) {
            this(snapshot, "snapshot", snapshot.channel(), snapshot.ts(), snapshot.rows(), Row::snapshotText);
        }

        private RowFrames(
                Message message, String type, Channel channel, long ts, List<Row> rows, Function<Row, byte[]> text) {
            this.message = message;
            this.type = type;
            this.channel = channel;
            this.ts = ts;
            this.rows = rows;
            this.text = text;
        }

        @Override
        public boolean hasNext() {
            return next < rows.size();
        }

        @Override
        public Frame next(int maxBytes) {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            JsonBytes json = new JsonBytes(DATA_BYTES).open('{').field("type", type);
            json.field("channel", channel.word()).time("ts", ts).name("data").open('[');
            json.encoded(text.apply(rows.get(next++)));
            while (hasNext()) {
                byte[] row = text.apply(rows.get(next));
                if (json.length() + row.length > maxBytes - CLOSING_BYTES) {
                    break;
                }
                json.encoded(row);
                next++;
            }
            json.close(']');
            if (!hasNext() && type.equals("snapshot")) {
                json.name("end").literal("true");
            }
            return json.close('}').toFrame();
        }

        @Override
        public Message message() {
            return message;
        }

        @Override
        public int rows() {
            return next;
        }
    }
}
