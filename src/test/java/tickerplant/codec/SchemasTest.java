package tickerplant.codec;

import static java.util.stream.Collectors.toCollection;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tickerplant.checker.Schemas;
import tickerplant.command.Refused;
import tickerplant.feed.text.Rejection;
import tickerplant.market.Channel;
import tickerplant.market.Condition;
import tickerplant.market.Interval;
import tickerplant.market.Phase;
import tickerplant.market.Symbol;
import tickerplant.message.Accepted;
import tickerplant.message.AlertFired;
import tickerplant.message.AlertRemoved;
import tickerplant.message.AlertSet;
import tickerplant.message.Authenticated;
import tickerplant.message.CloseCode;
import tickerplant.message.Configured;
import tickerplant.message.FeedHealth;
import tickerplant.message.Flow;
import tickerplant.message.Gap;
import tickerplant.message.Level;
import tickerplant.message.Message;
import tickerplant.message.OutOfTurn;
import tickerplant.message.Rate;
import tickerplant.message.Reason;
import tickerplant.message.Recovered;
import tickerplant.message.RequestId;
import tickerplant.message.SymbolsFound;
import tickerplant.message.Visible;
import tickerplant.message.Welcome;
import tickerplant.service.Version;
import tickerplant.session.AlertField;
import tickerplant.session.AlertRule;

/** What {@code asyncapi.json} says of messages is what this version reads and writes. */
class SchemasTest {
    private static final Schemas SCHEMAS = Schemas.served();
    private static final Schemas IN_DRAFT_7 = new Schemas(SpecificationVersion.DRAFT_7);
    private static final int FRAME_BYTES = 262_144;

    /** Of the rows and messages in the examples, what may be missing; everything else is always there. */
    private static final Map<String, String> MAY_BE_LEFT_OUT = Map.ofEntries(
            Map.entry("error", "field id"),
            Map.entry("gap", ""),
            Map.entry("goaway", ""),
            Map.entry("heartbeat", "crc feed_age_ms market"),
            Map.entry("history", "data/0/id data/0/side data/0/venue id next"),
            Map.entry("history-bars", "data/0/seq id whole_after"),
            Map.entry("pong", "id ts"),
            Map.entry("snapshot-trades", "data/0/cond data/0/id data/0/side data/0/venue end"),
            Map.entry(
                    "snapshot",
                    "data/0/ask data/0/ask_size data/0/bid data/0/bid_size data/0/change data/0/change_pct"
                            + " data/0/currency data/0/high data/0/last data/0/last_size data/0/low data/0/name"
                            + " data/0/open data/0/prev_close data/0/ts end"),
            Map.entry("subscribed-resumed", "id recovery seq"),
            Map.entry("subscribed", "id rejected"),
            Map.entry("subscriptions", "id"),
            Map.entry("unsubscribed", "id"),
            Map.entry("update-bars", "data/0/n"),
            Map.entry("update-cancel", ""),
            Map.entry(
                    "update-merged",
                    "data/0/ask data/0/ask_size data/0/bid data/0/bid_size data/0/change data/0/change_pct"
                            + " data/0/last data/0/last_size data/0/trades data/0/volume"),
            Map.entry("update-null", "data/0/ask data/0/ask_size"),
            Map.entry("update-status", "data/0/reason"),
            Map.entry("update-trades", "data/0/id data/0/side data/0/venue"),
            Map.entry(
                    "update",
                    "data/0/change data/0/change_pct data/0/last data/0/last_size data/0/trades data/0/volume"),
            Map.entry("welcome", ""));

    private static List<Message> messages() {
        RequestId id = new RequestId("5", RequestId.Kind.INTEGER);
        Symbol apple = Story.APPLE.symbol();
        List<Message> messages = new ArrayList<>(ProtocolDocumentTest.messages().values());
        messages.add(
                new Flow(Level.REDUCED, Flow.Why.SLOW_CLIENT, Rate.parse("2").orElseThrow(), 37));
        messages.add(new Flow(Level.FULL, Flow.Why.CONFIGURED, Rate.UNLIMITED, 0));
        messages.add(new Configured(id, Rate.parse("0.1").orElseThrow(), true, Visible.only(List.of(apple))));
        messages.add(new Configured(id, Rate.UNLIMITED, false, Visible.ALL));
        messages.add(new SymbolsFound(id, List.of(Story.APPLE)));
        messages.add(new AlertSet(id, "a-1", OptionalLong.of(7)));
        messages.add(new AlertSet(id, "a-1", OptionalLong.empty()));
        messages.add(new AlertRemoved(id, "a-1"));
        messages.add(new AlertFired("a-1", apple, new BigDecimal("190.5"), 7, Story.at(0)));
        messages.add(new Authenticated(id, OptionalLong.of(1_767_364_200_000L)));
        messages.add(new Authenticated(RequestId.NONE, OptionalLong.empty()));
        Rejection rejection = new Rejection(1, Rejection.Why.INVALID_FIELD, "price", "price '-1', expected more");
        messages.add(new Accepted(id, 2, 0, List.of(rejection), 1, OptionalLong.empty()));
        messages.add(new Accepted(
                RequestId.NONE,
                0,
                3,
                List.of(new Rejection(0, Rejection.Why.FORBIDDEN, "", "not an object")),
                1_001,
                OptionalLong.of(7)));
        messages.add(new OutOfTurn(id, 7));
        return messages;
    }

    private static ObjectNode written(Message message) {
        String text = new JsonFrames().frames(message).next(FRAME_BYTES).text();
        return (ObjectNode) Schemas.tree(text);
    }

    @Test
    void everyMessageThatCanBeSentIsAsItsSchemaHasIt() {
        Set<Class<?>> kinds = new TreeSet<>((a, b) -> a.getName().compareTo(b.getName()));
        Set<String> types = new TreeSet<>();
        for (Message message : messages()) {
            ObjectNode written = written(message);
            assertEquals(List.of(), SCHEMAS.heard(written), written.toString());
            assertEquals(List.of(), IN_DRAFT_7.heard(written), written.toString());
            kinds.add(message.getClass());
            types.add(written.at("/type").asText());
        }
        assertEquals(Set.of(Message.class.getPermittedSubclasses()), Set.copyOf(kinds), "each kind is tried");
        assertEquals(types, SCHEMAS.messages(), "the document has each type, and no other");
    }

    @Test
    void everyTypeOfRequestIsInTheDocumentAndNoOther() {
        Set<String> known = new TreeSet<>();
        for (CommandReader reader : List.of(new CommandReader(), CommandReader.ofPublishers())) {
            Refused refused = (Refused) reader.read("{\"type\":\"?\"}");
            String expected = refused.complaint().message();
            String types = expected.substring(expected.lastIndexOf("one of ") + "one of ".length());
            known.addAll(List.of(types.split(", ")));
        }
        assertEquals(known, SCHEMAS.requests());
    }

    static Stream<String> saidByServer() {
        return ProtocolDocumentTest.namesOfWhatServerSays().stream().filter(name -> name.startsWith("server-"));
    }

    @ParameterizedTest
    @MethodSource("saidByServer")
    void aMessageWithAFieldTooManyTooFewOrWrongIsRefused(String name) throws IOException {
        ObjectNode message = (ObjectNode) Schemas.tree(ProtocolDocumentTest.onTheWire(name));
        assertEquals(List.of(), SCHEMAS.heard(message), name);
        Set<String> removable = new TreeSet<>();
        for (String path : paths(message)) {
            for (String wrong : List.of("true", "[[]]", "{\"a\":[]}")) {
                JsonNode before = message.at(path);
                JsonNode after = Schemas.tree(wrong);
                if (before.getNodeType() != after.getNodeType()) {
                    assertRefused(with(message, path, after));
                }
            }
            if (message.at(path).isObject() && !path.equals("/seq") && !path.equals("/recovery")) {
                assertRefused(with(message, path + "/unheard_of", Schemas.tree("1")));
            }
            if (isField(path) && SCHEMAS.heard(without(message, path)).isEmpty()) {
                removable.add(path.substring(1));
            }
        }
        assertRefused(with(message, "/unheard_of", Schemas.tree("1")));
        assertEquals(MAY_BE_LEFT_OUT.get(name.replaceAll("server-|\\.json", "")), String.join(" ", removable), name);
    }

    /** Whether it is a field with a meaning of its own, rather than an element of a list or a symbol's place. */
    private static boolean isField(String path) {
        return !path.matches("/(seq|recovery)/.*|.*/0");
    }

    private static void assertRefused(JsonNode message) {
        assertTrue(!SCHEMAS.heard(message).isEmpty(), () -> "taken for good: " + message);
        assertTrue(!IN_DRAFT_7.heard(message).isEmpty(), () -> "taken for good in draft 7: " + message);
    }

    /** The places of all values in an object, as JSON pointers; of lists, the first element stands for all. */
    private static List<String> paths(JsonNode node) {
        List<String> paths = new ArrayList<>();
        if (node.isObject()) {
            node.properties().forEach(field -> {
                paths.add("/" + field.getKey());
                paths(field.getValue()).forEach(path -> paths.add("/" + field.getKey() + path));
            });
        } else if (node.isArray() && !node.isEmpty()) {
            paths.add("/0");
            paths(node.get(0)).forEach(path -> paths.add("/0" + path));
        }
        return paths;
    }

    private static ObjectNode with(ObjectNode whole, String path, JsonNode value) {
        ObjectNode copy = whole.deepCopy();
        String name = path.substring(path.lastIndexOf('/') + 1);
        JsonNode parent = copy.at(path.substring(0, path.lastIndexOf('/')));
        if (parent instanceof ArrayNode list) {
            list.set(Integer.parseInt(name), value);
        } else {
            ((ObjectNode) parent).set(name, value);
        }
        return copy;
    }

    private static ObjectNode without(ObjectNode whole, String path) {
        ObjectNode copy = whole.deepCopy();
        int end = path.lastIndexOf('/');
        ((ObjectNode) copy.at(path.substring(0, end))).remove(path.substring(end + 1));
        return copy;
    }

    private static <E extends Enum<E>> Set<String> words(Class<E> type) {
        return Arrays.stream(type.getEnumConstants())
                .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                .collect(toCollection(TreeSet::new));
    }

    private static Set<String> words(String pointer) {
        JsonNode list = schema(pointer);
        assertTrue(list.isArray(), pointer);
        Set<String> words = new TreeSet<>();
        list.forEach(word -> words.add(word.asText()));
        assertEquals(list.size(), words.size(), pointer);
        return words;
    }

    private static JsonNode schema(String pointer) {
        return SCHEMAS.document().at("/components/schemas" + pointer);
    }

    @Test
    void theWordsOfTheDocumentAreThoseOfTheService() {
        assertEquals(
                Arrays.stream(Channel.values()).map(Channel::word).collect(toCollection(TreeSet::new)),
                words("/channel/enum"));
        assertEquals(
                Arrays.stream(Interval.values()).map(Interval::word).collect(toCollection(TreeSet::new)),
                words("/interval/enum"));
        assertEquals(words(Phase.class), words("/phase/enum"));
        assertEquals(words(Condition.class), words("/condition/enum"));
        assertEquals(Set.of("buy", "sell"), words("/trade/properties/side/enum"));
        assertEquals(words(Recovered.class), words("/recovery/enum"));
        assertEquals(words(Welcome.Auth.class), words("/welcome/properties/auth/enum"));
        assertEquals(words(Gap.Why.class), words("/gap/properties/reason/enum"));
        assertEquals(words(FeedHealth.class), words("/heartbeat/properties/feed/enum"));
        assertEquals(words(Level.class), words("/flow/properties/level/enum"));
        assertEquals(words(Flow.Why.class), words("/flow/properties/reason/enum"));
        assertEquals(words(AlertField.class), words("/requestAlert/properties/field/enum"));
        assertEquals(words(AlertRule.Op.class), words("/requestAlert/properties/op/enum"));
        assertEquals(words(Reason.class), words("/reason/enum"));
        assertEquals(Rate.LEAST, new BigDecimal(schema("/rate/minimum").asText()));
        assertEquals(Rate.MOST, new BigDecimal(schema("/rate/maximum").asText()));
    }

    @Test
    void aReasonStandsBesideItsCode() {
        Map<String, Integer> codes = new TreeMap<>();
        for (JsonNode pair : schema("/codes/oneOf")) {
            JsonNode reason = pair.at("/properties/reason");
            int code = pair.at("/properties/code/const").asInt();
            (reason.has("const") ? List.of(reason.get("const")) : reason.get("enum"))
                    .forEach(word -> codes.put(word.asText(), code));
        }
        Map<String, Integer> expected = new TreeMap<>();
        Arrays.stream(Reason.values()).forEach(reason -> expected.put(reason.word(), reason.code()));
        assertEquals(expected, codes);
    }

    @Test
    void theDocumentListsTheCloseCodes() {
        Map<String, Integer> codes = new TreeMap<>();
        for (JsonNode code : SCHEMAS.document().at("/channels/ticker/x-close-codes")) {
            codes.put(code.at("/name").asText(), code.at("/code").asInt());
        }
        Map<String, Integer> expected = new TreeMap<>();
        Arrays.stream(CloseCode.values())
                .forEach(code -> expected.put(code.name().toLowerCase(Locale.ROOT), code.code()));
        assertEquals(expected, codes);
    }

    @Test
    void theDocumentNamesTheVersionAndEveryReferenceLeadsSomewhere() {
        assertEquals(SCHEMAS.document().at("/info/version").asText(), Version.NUMBER);
        List<JsonNode> references = SCHEMAS.document().findValues("$ref");
        assertTrue(references.size() > 100);
        for (JsonNode reference : references) {
            assertTrue(SCHEMAS.document().at(reference.asText().substring(1)).isObject(), reference.asText());
        }
    }

    @Test
    void theSchemasAreSchemas() {
        Map<SpecificationVersion, String> dialects = Map.of(
                SpecificationVersion.DRAFT_2020_12, "https://json-schema.org/draft/2020-12/schema",
                SpecificationVersion.DRAFT_7, "http://json-schema.org/draft-07/schema#");
        dialects.forEach((version, address) -> {
            var judge = SchemaRegistry.withDefaultDialect(version).getSchema(SchemaLocation.of(address));
            assertTrue(!judge.validate(Schemas.tree("{\"type\":\"nothing\"}")).isEmpty(), "the judge judges");
            schema("")
                    .properties()
                    .forEach(schema -> assertEquals(List.of(), judge.validate(schema.getValue()), schema.getKey()));
        });
    }
}
