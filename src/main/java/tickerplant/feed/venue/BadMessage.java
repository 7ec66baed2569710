package tickerplant.feed.venue;

/** Something a venue has said and that can't be understood; the message says what was expected. */
final class BadMessage extends Exception {
    private static final long serialVersionUID = 1L;

    BadMessage(String message) {
        super(message);
    }
}
