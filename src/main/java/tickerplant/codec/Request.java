package tickerplant.codec;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import tickerplant.market.Channel;
import tickerplant.market.Interval;
import tickerplant.market.Symbol;
import tickerplant.message.ErrorMessage;
import tickerplant.message.Rate;
import tickerplant.message.Reason;
import tickerplant.message.RequestId;
import tickerplant.message.Visible;
import tickerplant.session.Resume;

/** The fields of a client's request. What is not as it must be is refused with a complaint that names the field. */
final class Request {
    private static final int ECHO_LENGTH = 64;

    /** What is wrong with a request. */
    static final class Complaint extends Exception {
        private final transient ErrorMessage error;

        Complaint(ErrorMessage error) {
            super(error.message());
            this.error = error;
        }

        ErrorMessage error() {
            return error;
        }
    }

    private final Map<?, ?> fields;
    private final RequestId id;

    Request(Map<?, ?> fields) throws Complaint {
        this.fields = fields;
        this.id = readId(fields.get("id"));
    }

    RequestId id() {
        return id;
    }

    private static RequestId readId(Object value) throws Complaint {
        if (value == null || value == JsonText.NULL) {
            return RequestId.NONE;
        }
        if (value instanceof String text && text.length() <= RequestId.MAX_LENGTH) {
            return new RequestId(text, RequestId.Kind.STRING);
        }
        if (value instanceof JsonText.Literal number
                && number.isInteger()
                && number.digits().length() <= RequestId.MAX_LENGTH) {
            return new RequestId(number.digits(), RequestId.Kind.INTEGER);
        }
        throw new Complaint(ErrorMessage.field(
                RequestId.NONE, "id", "an integer or a string of at most " + RequestId.MAX_LENGTH + " characters"));
    }

    /** The first of these names, all of which mean the same, under which there is a field. */
    String spelling(List<String> names) throws Complaint {
        for (String name : names) {
            if (fields.get(name) != null) {
                return name;
            }
        }
        throw new Complaint(
                new ErrorMessage(id, Reason.INVALID_MESSAGE, "a request needs a type, which must be a string", "type"));
    }

    /** The text of a field that is there. */
    String text(String name) throws Complaint {
        if (fields.get(name) instanceof String text) {
            return text;
        }
        throw invalid(name, "a string");
    }

    /** The channel that is named; for bars, together with the interval. */
    Channel channel() throws Complaint {
        Object value = fields.get("channel");
        if (!(value instanceof String name)) {
            throw invalid("channel", "one of " + channels());
        }
        if (name.equals(Channel.BARS)) {
            return Channel.bars(interval());
        }
        for (Channel channel : Channel.values()) {
            if (channel.word().equals(name)) {
                return channel;
            }
        }
        throw new Complaint(new ErrorMessage(
                id,
                Reason.UNKNOWN_CHANNEL,
                "channel '" + cut(name) + "' is not known, expected one of " + channels(),
                "channel"));
    }

    private static String channels() {
        return Arrays.stream(Channel.values()).map(Channel::word).distinct().collect(Collectors.joining(", "));
    }

    /** Whether the bars of every interval are named, by leaving the interval out, and the symbols too. */
    boolean isOfAllBars() {
        return Channel.BARS.equals(fields.get("channel")) && !has("interval") && !has("symbols") && !has("symbol");
    }

    /** Whether there is such a field, and a value in it. */
    boolean has(String name) {
        return fields.get(name) != null && fields.get(name) != JsonText.NULL;
    }

    private Interval interval() throws Complaint {
        if (!(fields.get("interval") instanceof String word)) {
            throw invalid("interval", "one of " + intervals());
        }
        Optional<Interval> interval = Interval.of(word);
        if (interval.isEmpty()) {
            throw new Complaint(new ErrorMessage(
                    id,
                    Reason.UNKNOWN_INTERVAL,
                    "interval '" + cut(word) + "' is not known, expected one of " + intervals(),
                    "interval"));
        }
        return interval.get();
    }

    private static String intervals() {
        return Arrays.stream(Interval.values()).map(Interval::word).collect(Collectors.joining(", "));
    }

    /** The entries of {@code symbols}, or of {@code symbol}, which may be a single one; empty where neither is there. */
    Optional<List<String>> symbols() throws Complaint {
        Object several = fields.get("symbols");
        if (several != null) {
            return Optional.of(strings("symbols", several));
        }
        Object one = fields.get("symbol");
        if (one instanceof String text) {
            return Optional.of(List.of(cut(text)));
        }
        return one == null ? Optional.empty() : Optional.of(strings("symbol", one));
    }

    private List<String> strings(String name, Object value) throws Complaint {
        if (!(value instanceof List<?> items) || items.isEmpty()) {
            throw invalid(name, "a list of at least one symbol, as strings");
        }
        List<String> strings = new ArrayList<>(items.size());
        for (Object item : items) {
            if (!(item instanceof String text)) {
                throw invalid(name, "a list of at least one symbol, as strings");
            }
            strings.add(cut(text));
        }
        return strings;
    }

    /** A number, digit for digit; empty where it is absent. */
    String number(String name) throws Complaint {
        Object value = fields.get(name);
        if (value == null || value == JsonText.NULL) {
            return "";
        }
        if (value instanceof JsonText.Literal number && number.digits().length() <= ECHO_LENGTH) {
            return number.digits();
        }
        throw invalid(name, "a number of at most " + ECHO_LENGTH + " characters");
    }

    /** True or false, or the fallback where it is absent. */
    boolean flag(String name, boolean fallback) throws Complaint {
        Object value = fields.get(name);
        if (value == null || value == JsonText.NULL) {
            return fallback;
        }
        if (value instanceof Boolean flag) {
            return flag;
        }
        throw invalid(name, "true or false");
    }

    /** A list that must be there, of at least one and at most so many things. */
    List<?> list(String name, int most) throws Complaint {
        if (fields.get(name) instanceof List<?> items && !items.isEmpty() && items.size() <= most) {
            return items;
        }
        throw invalid(name, "a list of 1 to " + most + " objects");
    }

    /** Up to where the client knows what it asks for. What can't be a sequence is left to the symbol that it stands for. */
    Resume resume() throws Complaint {
        Object value = fields.get("resume");
        if (value == null || value == JsonText.NULL) {
            return Resume.NOTHING;
        }
        if (!(value instanceof Map<?, ?> position)) {
            throw invalid("resume", "an object with epoch and seq");
        }
        if (!(position.get("epoch") instanceof String epoch)) {
            throw invalid("resume.epoch", "a string");
        }
        if (!(position.get("seq") instanceof Map<?, ?> numbers)) {
            throw invalid("resume.seq", "an object with a sequence for each symbol");
        }
        Map<Symbol, Long> seqs = new HashMap<>();
        numbers.forEach(
                (symbol, seq) -> Symbol.parse((String) symbol).ifPresent(known -> seqs.put(known, sequence(seq))));
        return new Resume(epoch, seqs);
    }

    private static long sequence(Object value) {
        if (value instanceof JsonText.Literal number && number.digits().matches("0|[1-9][0-9]{0,17}")) {
            return Long.parseLong(number.digits());
        }
        return Resume.INVALID;
    }

    /** A text that must be there. */
    String text(String name, int longest) throws Complaint {
        if (fields.get(name) instanceof String text && text.length() <= longest) {
            return text;
        }
        throw invalid(name, "a text of at most " + longest + " characters");
    }

    /** A whole number within bounds; absent where there is none. */
    OptionalLong whole(String name, long min, long max) throws Complaint {
        Object value = fields.get(name);
        if (value == null || value == JsonText.NULL) {
            return OptionalLong.empty();
        }
        try {
            if (value instanceof JsonText.Literal number && number.isInteger()) {
                long whole = Long.parseLong(number.digits());
                if (whole >= min && whole <= max) {
                    return OptionalLong.of(whole);
                }
            }
        } catch (NumberFormatException e) {
            // said below, together with a number out of bounds
        }
        throw invalid(name, "a whole number between " + min + " and " + max);
    }

    /** A moment in microseconds since the epoch, or the fallback where it is absent. */
    long time(String name, long fallback) throws Complaint {
        if (!has(name)) {
            return fallback;
        }
        OptionalLong micros = fields.get(name) instanceof JsonText.Literal number
                ? WireTime.micros(number.digits())
                : OptionalLong.empty();
        return micros.orElseThrow(() -> invalid(name, WireTime.EXPECTED));
    }

    /** A number that must be there, exactly as it was written, and small enough to be written out. */
    BigDecimal decimal(String name) throws Complaint {
        try {
            if (fields.get(name) instanceof JsonText.Literal number
                    && number.digits().length() <= ECHO_LENGTH) {
                BigDecimal decimal = new BigDecimal(number.digits());
                if (Math.abs((long) decimal.scale()) <= ECHO_LENGTH) {
                    return decimal;
                }
            }
        } catch (NumberFormatException e) {
            // said below: an exponent that nothing can hold
        }
        throw invalid(name, "a number of at most " + ECHO_LENGTH + " digits");
    }

    /** One of the words of an enum, which must be there. */
    <E extends Enum<E>> E word(String name, Class<E> type) throws Complaint {
        List<String> words = new ArrayList<>();
        for (E constant : type.getEnumConstants()) {
            if (JsonRows.word(constant).equals(fields.get(name))) {
                return constant;
            }
            words.add(JsonRows.word(constant));
        }
        throw invalid(name, "one of " + String.join(", ", words));
    }

    /** The one symbol of a request, which must be there. */
    Symbol symbol() throws Complaint {
        Optional<Symbol> symbol = fields.get("symbol") instanceof String text ? Symbol.parse(text) : Optional.empty();
        return symbol.orElseThrow(() -> invalid("symbol", Symbol.EXPECTED));
    }

    /** Rows a second; empty where the field is absent, unlimited where it is null. */
    Optional<Rate> rate(String name) throws Complaint {
        Object value = fields.get(name);
        if (value == null || value == JsonText.NULL) {
            return value == null ? Optional.empty() : Optional.of(Rate.UNLIMITED);
        }
        if (value instanceof JsonText.Literal number && number.digits().length() <= ECHO_LENGTH) {
            Optional<Rate> rate = Rate.parse(number.digits());
            if (rate.isPresent()) {
                return rate;
            }
        }
        throw invalid(name, Rate.EXPECTED);
    }

    /** Whether the client wants a pause; empty where the field is absent. */
    Optional<Boolean> paused() throws Complaint {
        Object value = fields.get("paused");
        if (value == null) {
            return Optional.empty();
        }
        if (value != JsonText.NULL && !(value instanceof Boolean)) {
            throw invalid("paused", "true or false");
        }
        return Optional.of(Boolean.TRUE.equals(value));
    }

    /** What the client shows; empty where the field is absent, everything where it is null. */
    Optional<Visible> visible() throws Complaint {
        Object value = fields.get("visible");
        if (value == null || value == JsonText.NULL) {
            return value == null ? Optional.empty() : Optional.of(Visible.ALL);
        }
        String expected = "null, or a list of symbols, each " + Symbol.EXPECTED;
        if (!(value instanceof List<?> items)) {
            throw invalid("visible", expected);
        }
        List<Symbol> symbols = new ArrayList<>(items.size());
        for (Object item : items) {
            if (!(item instanceof String text)) {
                throw invalid("visible", expected);
            }
            symbols.add(Symbol.parse(text).orElseThrow(() -> invalid("visible", expected)));
        }
        return Optional.of(Visible.only(symbols));
    }

    Complaint invalid(String field, String expected) {
        return new Complaint(ErrorMessage.field(id, field, expected));
    }

    /** What is said back of a text that may be anything: as much as is needed to recognise it. */
    static String cut(String text) {
        if (text.length() <= ECHO_LENGTH) {
            return text;
        }
        // not in the middle of a character
        return text.substring(0, ECHO_LENGTH - (Character.isHighSurrogate(text.charAt(ECHO_LENGTH - 1)) ? 1 : 0));
    }
}
