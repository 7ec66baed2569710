package tickerplant.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import tickerplant.checker.Schemas;

/** {@code asyncapi.json} is a document as the schema of AsyncAPI 3.0.0 wants it; {@link SchemasTest} has what it says. */
class AsyncApiTest {
    private static final String SPECIFICATION = "http://asyncapi.com/definitions/3.0.0/asyncapi.json";
    private static final Schema DOCUMENTS = documents();

    private static Schema documents() {
        try {
            String text = Files.readString(Path.of("src/test/resources/asyncapi/3.0.0.json"), StandardCharsets.UTF_8);
            return SchemaRegistry.withDefaultDialect(
                            SpecificationVersion.DRAFT_7, builder -> builder.schemas(Map.of(SPECIFICATION, text)))
                    .getSchema(SchemaLocation.of(SPECIFICATION));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> complaints(JsonNode document) {
        return DOCUMENTS.validate(document).stream().map(Object::toString).toList();
    }

    private static ObjectNode document(String at, Consumer<ObjectNode> change) {
        JsonNode copy = Schemas.served().document().deepCopy();
        change.accept((ObjectNode) copy.at(at));
        return (ObjectNode) copy;
    }

    @Test
    void theDocumentIsAsTheSpecificationHasIt() {
        assertEquals(List.of(), complaints(Schemas.served().document()));
    }

    @Test
    void whatTheSpecificationDoesNotHaveIsFound() {
        Map<String, Consumer<ObjectNode>> wrongs = Map.of(
                "", whole -> whole.put("asyncapi", "2.6.0"),
                "/info", info -> info.remove("version"),
                "/channels/ticker", channel -> channel.put("topic", "x"),
                "/operations/alert", operation -> operation.put("action", "subscribe"),
                "/components/messages/alert", message -> message.put("summary", 7),
                "/components/schemas/alert", schema -> schema.put("type", "record"));
        wrongs.forEach(
                (at, wrong) -> assertFalse(complaints(document(at, wrong)).isEmpty(), at));
    }
}
