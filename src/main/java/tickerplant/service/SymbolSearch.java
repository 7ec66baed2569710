package tickerplant.service;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import tickerplant.hub.Hub;
import tickerplant.hub.Topic;
import tickerplant.market.Channel;
import tickerplant.market.Instrument;

/** Finds instruments by what people type: symbols that begin like it first, then names with a word that does. Any thread. */
public final class SymbolSearch {
    private final Hub hub;

    SymbolSearch(Hub hub) {
        this.hub = hub;
    }

    /**
     * The instruments that match, best first.
     *
     * @param query what was typed; empty matches everything
     * @param limit the most that are wanted
     */
    public List<Instrument> find(String query, int limit) {
        String wanted = query.strip().toUpperCase(Locale.ROOT);
        Set<Instrument> found = new LinkedHashSet<>();
        List<Instrument> byName = new ArrayList<>();
        for (Topic topic : hub.topics(Channel.TICKER, "")) {
            Instrument instrument = topic.instrument();
            if (instrument.symbol().name().startsWith(wanted)) {
                found.add(instrument);
                if (found.size() >= limit) {
                    break;
                }
            } else if (byName.size() < limit && hasWord(instrument.name(), wanted)) {
                byName.add(instrument);
            }
        }
        found.addAll(byName);
        return found.stream().limit(limit).toList();
    }

    private static boolean hasWord(String name, String wanted) {
        String upper = name.toUpperCase(Locale.ROOT);
        for (int at = upper.indexOf(wanted); at >= 0; at = upper.indexOf(wanted, at + 1)) {
            if (at == 0 || !Character.isLetterOrDigit(upper.charAt(at - 1))) {
                return true;
            }
        }
        return false;
    }
}
