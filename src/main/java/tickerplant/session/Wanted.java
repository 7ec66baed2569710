package tickerplant.session;

import java.util.List;
import tickerplant.message.Rate;

/**
 * What a subscription asks for.
 *
 * @param entries as the client wrote them; each is taken or rejected by itself
 * @param beginning how symbols begin of which the client knows nothing
 * @param resume up to where it knows the others
 * @param maxRate of each symbol's rows
 * @param nearMisses what may have been meant by those entries that are not known
 */
public record Wanted(List<String> entries, Beginning beginning, Resume resume, Rate maxRate, NearMisses nearMisses) {
    public Wanted {
        entries = List.copyOf(entries);
    }

    /** These entries, by somebody who knows nothing of them. */
    public static Wanted of(List<String> entries) {
        return new Wanted(entries, Beginning.SNAPSHOT, Resume.NOTHING, Rate.UNLIMITED, NearMisses.NONE);
    }

    /** The same, with what may have been meant. */
    public Wanted with(NearMisses found) {
        return new Wanted(entries, beginning, resume, maxRate, found);
    }
}
