package tickerplant.checker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/** The document {@code asyncapi.json} and its schemas, as programs of others use them. Any thread. */
public final class Schemas {
    private static final Path DOCUMENT = Path.of("webapp", "asyncapi.json");
    private static final String ADDRESS = "https://tickerplant.test/asyncapi.json";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Schemas SERVED = new Schemas(SpecificationVersion.DRAFT_2020_12);

    private final JsonNode document;
    private final SchemaRegistry registry;
    private final Map<String, Schema> schemas = new ConcurrentHashMap<>();
    private final Map<String, String> requests = new TreeMap<>();
    private final Map<String, String> messages = new TreeMap<>();

    /** The schemas, read as this version of JSON Schema. */
    public Schemas(SpecificationVersion version) {
        try {
            String text = Files.readString(DOCUMENT);
            document = JSON.readTree(text);
            registry = SchemaRegistry.withDefaultDialect(version, builder -> builder.schemas(Map.of(ADDRESS, text)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        document.at("/operations").forEach(operation -> {
            boolean isRequest = operation.at("/action").asText().equals("receive");
            operation.at("/messages").forEach(message -> register(isRequest ? requests : messages, message));
            operation.at("/reply/messages").forEach(message -> register(messages, message));
        });
    }

    private void register(Map<String, String> of, JsonNode reference) {
        JsonNode message = resolve(resolve(reference));
        String payload = message.at("/payload/$ref").asText();
        of.put(message.at("/name").asText(), payload.substring(payload.lastIndexOf('/') + 1));
    }

    private JsonNode resolve(JsonNode reference) {
        return document.at(reference.at("/$ref").asText().substring(1));
    }

    /** As the service hands them out, in JSON Schema 2020-12. */
    public static Schemas served() {
        return SERVED;
    }

    /** A text as a tree. */
    public static JsonNode tree(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The whole document. */
    public JsonNode document() {
        return document;
    }

    /** The types of request that the service takes. */
    public Set<String> requests() {
        return new TreeSet<>(requests.keySet());
    }

    /** The types of message that the service sends. */
    public Set<String> messages() {
        return new TreeSet<>(messages.keySet());
    }

    /** What a message of the service has that its schema doesn't allow. */
    public List<String> heard(JsonNode message) {
        String type = message.at("/type").asText();
        String schema = messages.get(type);
        return schema == null ? List.of("no schema for type " + type) : complaints(schema, message);
    }

    /** What a request of a type has that its schema doesn't allow. */
    public List<String> said(String type, JsonNode request) {
        return complaints(requests.get(type), request);
    }

    private List<String> complaints(String name, JsonNode instance) {
        Schema schema = schemas.computeIfAbsent(
                name, key -> registry.getSchema(SchemaLocation.of(ADDRESS + "#/components/schemas/" + key)));
        return schema.validate(instance).stream().map(Object::toString).toList();
    }
}
