package tickerplant.hub;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import tickerplant.market.Instrument;

/** Some instruments, prepared for being searched by symbol and by the words of their names. Immutable. */
final class SymbolIndex {
    static final SymbolIndex EMPTY = new SymbolIndex(List.of());

    /** A name from one of its words on. */
    private record Tail(String name, int at, Instrument instrument) {
        boolean startsWith(String text) {
            return name.startsWith(text, at);
        }

        int compareTo(String text) {
            return compareTo(text, 0);
        }

        static int compare(Tail one, Tail other) {
            int difference = one.compareTo(other.name, other.at);
            return difference != 0 ? difference : one.instrument.symbol().compareTo(other.instrument.symbol());
        }

        private int compareTo(String other, int from) {
            int most = Math.min(name.length() - at, other.length() - from);
            for (int i = 0; i < most; i++) {
                int difference = name.charAt(at + i) - other.charAt(from + i);
                if (difference != 0) {
                    return difference;
                }
            }
            return name.length() - at - (other.length() - from);
        }

        String word() {
            int end = name.indexOf(' ', at);
            return end < 0 ? name.substring(at) : name.substring(at, end);
        }

        String text() {
            return name.substring(at);
        }
    }

    private final Instrument[] instruments;
    private final SortedWords symbols;
    private final Tail[] tails;
    private final SortedWords words;

    /** An index of these instruments, no two of which have the same symbol. */
    SymbolIndex(List<Instrument> listed) {
        instruments = listed.toArray(Instrument[]::new);
        Arrays.sort(instruments, Comparator.comparing(Instrument::symbol));
        symbols = new SortedWords(Arrays.stream(instruments)
                .map(instrument -> instrument.symbol().name())
                .toArray(String[]::new));
        tails = tails(instruments);
        List<String> distinct = new ArrayList<>();
        for (Tail tail : tails) {
            String word = tail.word();
            if (distinct.isEmpty() || !distinct.get(distinct.size() - 1).equals(word)) {
                distinct.add(word);
            }
        }
        words = new SortedWords(distinct.toArray(String[]::new));
    }

    private static Tail[] tails(Instrument[] instruments) {
        List<Tail> tails = new ArrayList<>();
        for (Instrument instrument : instruments) {
            String name = SymbolQuery.words(instrument.name());
            for (int at = 0; at < name.length(); at = next(name, at)) {
                tails.add(new Tail(name, at, instrument));
            }
        }
        Tail[] sorted = tails.toArray(Tail[]::new);
        Arrays.sort(sorted, Tail::compare);
        return sorted;
    }

    private static int next(String name, int at) {
        int blank = name.indexOf(' ', at);
        return blank < 0 ? name.length() : blank + 1;
    }

    /** The instruments that match, best first. */
    List<SymbolHit> find(SymbolQuery query, int limit) {
        Map<Instrument, SymbolHit> hits = new LinkedHashMap<>();
        for (int i = symbols.from(query.symbol()); i < symbols.size() && hits.size() < limit; i++) {
            String symbol = symbols.word(i);
            if (!symbol.startsWith(query.symbol())) {
                break;
            }
            int rank = symbol.equals(query.symbol()) ? SymbolHit.EXACT : SymbolHit.SYMBOL;
            hits.put(instruments[i], new SymbolHit(rank, symbol, instruments[i]));
        }
        if (!query.words().isEmpty()) {
            named(query.words(), tail -> tail.startsWith(query.words()), SymbolHit.NAME, limit, hits);
        }
        if (hits.size() < limit) {
            near(query, limit, hits);
        }
        return List.copyOf(hits.values());
    }

    /** The instruments whose symbols are almost this one, best first. */
    List<SymbolHit> near(String symbol, int limit) {
        if (SymbolQuery.reach(symbol) == 0) {
            return List.of();
        }
        List<SymbolHit> near = new ArrayList<>();
        symbols.near(symbol, SymbolQuery.reach(symbol), (i, distance) -> {
            String word = symbols.word(i);
            near.add(new SymbolHit(SymbolHit.near(symbol, word, distance, true), word, instruments[i]));
        });
        near.sort(SymbolHit.ORDER);
        return near.size() > limit ? near.subList(0, limit) : near;
    }

    private void near(SymbolQuery query, int limit, Map<Instrument, SymbolHit> hits) {
        List<SymbolHit> near = new ArrayList<>(near(query.symbol(), limit));
        if (SymbolQuery.reach(query.words()) > 0 && !query.words().contains(" ")) {
            nearNames(query.words(), limit, near);
        }
        near.sort(SymbolHit.ORDER);
        for (SymbolHit hit : near) {
            if (hits.size() >= limit) {
                return;
            }
            hits.putIfAbsent(hit.instrument(), hit);
        }
    }

    /** A word that comes in every other name must not be looked through whole, so the best words are asked first. */
    private void nearNames(String wanted, int limit, List<SymbolHit> near) {
        record Word(int rank, String text) {}
        List<Word> found = new ArrayList<>();
        words.near(wanted, SymbolQuery.reach(wanted), (i, distance) -> {
            String word = words.word(i);
            found.add(new Word(SymbolHit.near(wanted, word, distance, false), word));
        });
        found.sort(Comparator.comparingInt(Word::rank).thenComparing(Word::text));
        Map<Instrument, SymbolHit> hits = new LinkedHashMap<>();
        for (Word word : found) {
            if (hits.size() >= limit) {
                break;
            }
            named(word.text(), tail -> tail.word().equals(word.text()), word.rank(), limit, hits);
        }
        near.addAll(hits.values());
    }

    /** Takes the tails that fit, which stand together from where the text would. */
    private void named(String text, Predicate<Tail> fits, int rank, int limit, Map<Instrument, SymbolHit> hits) {
        for (int i = firstTail(text); i < tails.length && hits.size() < limit && fits.test(tails[i]); i++) {
            Tail tail = tails[i];
            hits.putIfAbsent(tail.instrument(), new SymbolHit(rank, tail.text(), tail.instrument()));
        }
    }

    private int firstTail(String text) {
        int low = 0;
        int high = tails.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (tails[middle].compareTo(text) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
