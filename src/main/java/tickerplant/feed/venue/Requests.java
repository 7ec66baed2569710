package tickerplant.feed.venue;

import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonBuilderFactory;
import jakarta.json.JsonObjectBuilder;
import java.util.Collection;
import java.util.Map;

/** Writes what a venue is told. */
final class Requests {
    private static final JsonBuilderFactory BUILDERS = Fields.JSON.createBuilderFactory(Map.of());

    private Requests() {}

    static JsonObjectBuilder object() {
        return BUILDERS.createObjectBuilder();
    }

    static JsonArrayBuilder list(Collection<String> texts) {
        JsonArrayBuilder list = BUILDERS.createArrayBuilder();
        texts.forEach(list::add);
        return list;
    }
}
