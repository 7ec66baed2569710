package tickerplant.session;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import tickerplant.hub.Recovery;
import tickerplant.hub.Topic;
import tickerplant.market.Channel;
import tickerplant.message.Gap;
import tickerplant.message.Message;
import tickerplant.message.Recovered;
import tickerplant.message.Row;
import tickerplant.message.Snapshot;

/**
 * What a client is told at the beginning of a subscription, so that the rows after it follow without a seam. Made in the same
 * step on the market thread in which the topics are followed.
 */
final class CatchUp {
    private final Channel channel;
    private final long ts;
    private final Map<String, Long> seqs = new LinkedHashMap<>();
    private final Map<String, Recovered> recovered = new LinkedHashMap<>();
    private final List<Message> gaps = new ArrayList<>();
    private final List<Row> snapshot = new ArrayList<>();
    private final JoinedRows rows = new JoinedRows();

    CatchUp(Channel channel, long ts) {
        this.channel = channel;
        this.ts = ts;
    }

    /** A topic of which the client knows nothing. */
    void begin(Topic topic, Beginning beginning) {
        if (beginning == Beginning.SNAPSHOT) {
            snapshot.add(topic.standing());
        } else {
            seqs.put(topic.symbol().name(), topic.seq());
        }
    }

    /** A topic that the client may know, if it counts in the same log. */
    void resume(Topic topic, Resume resume, String epoch, Beginning beginning) {
        OptionalLong seq = resume.seq(topic.symbol());
        if (seq.isEmpty()) {
            begin(topic, beginning);
        } else if (!resume.epoch().equals(epoch) || !isKnown(seq.getAsLong(), topic)) {
            recover(topic, Recovery.snapshot());
        } else {
            recover(topic, topic.since(seq.getAsLong()));
        }
    }

    /** Whether a sequence of this log is one that the topic has had. */
    static boolean isKnown(long seq, Topic topic) {
        return seq >= 0 && seq <= topic.seq();
    }

    private void recover(Topic topic, Recovery recovery) {
        String symbol = topic.symbol().name();
        seqs.put(symbol, topic.seq());
        recovered.put(symbol, recovery.how());
        recovery.missing()
                .ifPresent(run ->
                        gaps.add(new Gap(channel, topic.symbol(), run.from(), run.to(), Gap.Why.HISTORY_EXPIRED)));
        if (recovery.how() == Recovered.SNAPSHOT) {
            snapshot.add(topic.standing());
        }
        rows.join(recovery.rows());
    }

    /** The sequences at which the client stands now, of symbols that it gets no plain snapshot of. */
    Map<String, Long> seqs() {
        return seqs;
    }

    /** How it was brought back. */
    Map<String, Recovered> recovered() {
        return recovered;
    }

    /** How many rows it is told one by one. */
    int rows() {
        return rows.size();
    }

    /** What it is told, in order. */
    List<Message> messages() {
        List<Message> messages = new ArrayList<>(gaps);
        if (!snapshot.isEmpty()) {
            messages.add(new Snapshot(channel, ts, snapshot));
        }
        messages.addAll(RowMessages.messages(channel, ts, rows));
        return messages;
    }
}
