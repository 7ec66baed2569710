package tickerplant.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tickerplant.checker.Schemas;
import tickerplant.command.Refused;

/** The schemas of requests take what the service takes, and refuse what it refuses. */
class RequestSchemasTest {
    private static final Schemas SCHEMAS = Schemas.served();
    private static final Schemas IN_DRAFT_7 = new Schemas(SpecificationVersion.DRAFT_7);
    private static final CommandReader READER = new CommandReader();
    private static final CommandReader PUBLISHERS = CommandReader.ofPublishers();
    private static final long SEED = 20_261_121;
    private static final int SPOILED_TWICE = 3_000;

    /** Good requests with every field that there is. */
    private static final List<String> WHOLE = List.of(
            """
            {"type":"subscribe","id":1,"channel":"ticker","symbols":["AAPL","M*"],"snapshot":false,"max_rate":5,
             "resume":{"epoch":"e-1","seq":{"AAPL":7}}}""",
            """
            {"type":"subscribe","id":"x","channel":"bars","interval":"1h","symbols":["*"],"snapshot":null}""",
            """
            {"type":"unsubscribe","id":2,"channel":"bars","interval":"1d","symbols":["AAPL"]}""",
            """
            {"type":"unsubscribe","channel":"bars","interval":null,"symbols":null,"symbol":null}""",
            """
            {"type":"unsubscribe","channel":"news","symbol":["AAPL"]}""",
            """
            {"type":"subscriptions","id":null}""",
            """
            {"type":"configure","id":3,"max_rate":0.5,"paused":true,"visible":["aapl","BRK.B"]}""",
            """
            {"type":"ping","id":4,"ts":12.5}""",
            """
            {"type":"symbols","id":5,"query":"app","limit":20}""",
            """
            {"type":"history","id":9,"channel":"bars","interval":"1s","symbol":"aapl","from":0.5,"to":253402300799999,
             "epoch":null,"after_seq":7,"limit":1000}""",
            """
            {"type":"alert","id":6,"symbol":"AAPL","field":"last","op":"moves_pct","value":2.5,"from_seq":7}""",
            """
            {"type":"alert","symbol":"BTC-USD","field":"bid","op":"crosses","value":-1}""",
            """
            {"type":"unalert","id":7,"alert":"a-1"}""",
            """
            {"type":"auth","id":8,"token":"a.b.c"}""",
            """
            {"type":"publish","id":8,"publisher":"desk-1","pseq":42,"data":[{"kind":"trade","symbol":"AAPL"},7]}""",
            """
            {"type":"publish","publisher":null,"pseq":null,"data":[{}]}""");

    private static final List<String> FIELDS = List.of(
            "type",
            "action",
            "method",
            "op",
            "id",
            "channel",
            "interval",
            "symbols",
            "symbol",
            "resume",
            "epoch",
            "publisher",
            "pseq",
            "data",
            "unknown");

    private static final List<String> VALUES = List.of(
            "null",
            "true",
            "0",
            "1",
            "-1",
            "0.5",
            "0.09",
            "50",
            "50.5",
            "101",
            "1001",
            "\"\"",
            "\"AAPL\"",
            "\"1m\"",
            "\"2m\"",
            "\"bars\"",
            "\"ticker\"",
            "\"trades\"",
            "\"Ticker\"",
            "\"last\"",
            "\"above\"",
            "\"bid\"",
            "\"no symbol\"",
            "\"" + "A".repeat(25) + "\"",
            "\"" + "x".repeat(64) + "\"",
            "\"" + "x".repeat(65) + "\"",
            "[]",
            "[1]",
            "[\"AAPL\"]",
            "[\"aapl\",\"B*\"]",
            "[\"AAPL\",null]",
            "{}",
            "{\"epoch\":\"e\"}",
            "{\"epoch\":\"e\",\"seq\":{\"AAPL\":\"?\"}}");

    private static List<ObjectNode> good() throws IOException {
        List<ObjectNode> good = new ArrayList<>();
        for (String name : ProtocolDocumentTest.clientSays()) {
            if (!name.equals("client-mistake.json")) {
                good.add((ObjectNode) Schemas.tree(ProtocolDocumentTest.onTheWire(name)));
            }
        }
        WHOLE.forEach(request -> good.add((ObjectNode) Schemas.tree(request)));
        return good;
    }

    /** What the request says that it is, under whatever name of the field. */
    private static String type(JsonNode request) {
        return Stream.of("type", "action", "method", "op")
                .filter(request::has)
                .map(name -> request.get(name).asText())
                .findFirst()
                .orElseThrow();
    }

    private static boolean isRefused(JsonNode request) {
        boolean published = Stream.of("type", "action", "method", "op")
                .anyMatch(name -> request.path(name).asText().equals("publish"));
        return (published ? PUBLISHERS : READER).read(request.toString()) instanceof Refused;
    }

    private static void assertJudgedAlike(String type, JsonNode request) {
        if (type.equals("history")
                && request.at("/from").asDouble() > request.at("/to").asDouble(Double.MAX_VALUE)) {
            // no schema can compare two fields
            assertTrue(isRefused(request), request::toString);
            return;
        }
        assertEquals(isRefused(request), !SCHEMAS.said(type, request).isEmpty(), () -> type + ": " + request);
        assertEquals(isRefused(request), !IN_DRAFT_7.said(type, request).isEmpty(), () -> "draft 7: " + request);
    }

    /** The request with one thing about it changed, mostly for the worse. */
    private static ObjectNode spoiled(ObjectNode request, String field, String value) {
        ObjectNode spoiled = request.deepCopy();
        spoiled.set(field, Schemas.tree(value));
        return spoiled;
    }

    private static Set<String> fields(ObjectNode request) {
        Set<String> fields = new TreeSet<>(FIELDS);
        request.fieldNames().forEachRemaining(fields::add);
        return fields;
    }

    @Test
    void everyTypeOfRequestIsTriedAndTaken() throws IOException {
        Set<String> tried = new TreeSet<>();
        for (ObjectNode request : good()) {
            assertEquals(List.of(), SCHEMAS.said(type(request), request), request.toString());
            assertTrue(!isRefused(request), request.toString());
            tried.add(type(request));
        }
        assertEquals(SCHEMAS.requests(), tried);
    }

    @Test
    void aRequestThatIsSpoiledOnceIsRefusedByBothOrByNone() throws IOException {
        Map<Boolean, Integer> judged = new TreeMap<>();
        for (ObjectNode request : good()) {
            for (String field : fields(request)) {
                ObjectNode without = request.deepCopy();
                without.remove(field);
                assertJudgedAlike(type(request), without);
                for (String value : VALUES) {
                    ObjectNode spoiled = spoiled(request, field, value);
                    assertJudgedAlike(type(request), spoiled);
                    judged.merge(isRefused(spoiled), 1, Integer::sum);
                }
            }
        }
        assertTrue(judged.get(true) > 2_000 && judged.get(false) > 2_000, judged.toString());
    }

    @Test
    void aRequestThatIsSpoiledTwiceIsRefusedByBothOrByNone() throws IOException {
        Random random = new Random(SEED);
        List<ObjectNode> good = good();
        for (int i = 0; i < SPOILED_TWICE; i++) {
            ObjectNode request = good.get(random.nextInt(good.size()));
            String type = type(request);
            for (int change = 0; change < 2; change++) {
                List<String> fields = List.copyOf(fields(request));
                request = spoiled(
                        request, fields.get(random.nextInt(fields.size())), VALUES.get(random.nextInt(VALUES.size())));
            }
            assertJudgedAlike(type, request);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"action", "method", "op"})
    void theTypeMayHaveOtherNamesButNotThatOfAnAlertsField(String name) throws IOException {
        for (ObjectNode request : good()) {
            String type = type(request);
            ObjectNode renamed = request.deepCopy();
            renamed.remove("type");
            renamed.put(name, type);
            assertJudgedAlike(type, renamed);
            assertEquals(type.equals("alert") && name.equals("op"), isRefused(renamed), renamed.toString());
        }
    }

    /** For JSON Schema a number is its value, and no field can be compared with another. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"ping\",\"id\":1.0}",
                "{\"type\":\"ping\",\"id\":1e3}",
                "{\"type\":\"symbols\",\"query\":\"\",\"limit\":5.0}",
                "{\"type\":\"ping\",\"id\":12345678901234567890123456789012345678901234567890123456789012345}",
                "{\"type\":\"alert\",\"symbol\":\"A\",\"field\":\"last\",\"op\":\"above\",\"value\":1e300}",
                "{\"type\":\"history\",\"channel\":\"trades\",\"symbol\":\"A\",\"from\":2,\"to\":1}",
            })
    void aFewThingsTheServiceRefusesThatNoSchemaCanSay(String request) {
        assertTrue(READER.read(request) instanceof Refused, request);
        assertEquals(List.of(), SCHEMAS.said(type(Schemas.tree(request)), Schemas.tree(request)), request);
    }
}
