package tickerplant.command;

import tickerplant.message.RequestId;
import tickerplant.session.ClientSession;

/**
 * Tell which instruments match what a person types.
 *
 * @param id the client's name for the request
 * @param query what was typed, at most {@link #MAX_QUERY} characters; empty matches everything
 * @param limit the most that are wanted, 1 to {@link #MAX_LIMIT}
 */
public record FindSymbols(RequestId id, String query, int limit) implements Command {
    /** The longest query, in characters. */
    public static final int MAX_QUERY = 64;

    /** The most instruments in an answer. */
    public static final int MAX_LIMIT = 100;

    /** How many are wanted by who doesn't say. */
    public static final int USUAL_LIMIT = 20;

    @Override
    public Place place() {
        return Place.ASIDE;
    }

    @Override
    public void execute(ClientSession session) {
        session.findSymbols(id, query, limit);
    }
}
