package tickerplant.feed.venue;

import jakarta.json.JsonValue;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A venue's protocol: what it says, and what it wants to be told. One for each feed, called by the feed's thread alone. */
interface Venue {
    /** Where its instruments are read over HTTP, of a venue that does not tell them on the line. */
    record Listing(URI address, Map<String, String> headers) {}

    /** What is known of it before it is called. */
    Profile profile();

    /** Where its instruments are read, unless it tells them on the line. */
    default Optional<Listing> listing() {
        return Optional.empty();
    }

    /** The rows of what is read there. */
    default List<Fields> rows(JsonValue listing) throws BadMessage {
        return Fields.list(listing);
    }

    /** The instrument of a row; empty where it is none that anybody could follow. */
    default Optional<Contract> contract(Fields row) throws BadMessage {
        throw new BadMessage("a listing, expected none of this venue");
    }

    /** A line has been opened: forgets the last one, and says what comes first. */
    void opened(VenueSink sink) throws BadMessage, IOException, InterruptedException;

    /** Hears a message; what can't be understood is told by an exception, and the line goes on. */
    void heard(JsonValue message, VenueSink sink) throws BadMessage, IOException, InterruptedException;

    /** What asks for these symbols; at most as many as the manners say. */
    List<String> subscribe(List<String> codes);

    /** What asks no more for these symbols. */
    List<String> unsubscribe(List<String> codes);
}
