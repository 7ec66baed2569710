package tickerplant.journal;

import java.util.List;

/**
 * A log that sequences count in: that of a service, or of a file that was imported.
 *
 * @param eid its number in the journal
 * @param name its name on the wire
 * @param state how far it has come
 * @param source the file that was imported; empty where it is of a service
 */
record Epoch(long eid, String name, State state, String source) {
    /** How far it has come; stored as its place here, so new ones come at the end. */
    enum State {
        /** A service writes it, or was ended while it did. */
        OPEN,
        /** Its service has ended by itself and stored everything. */
        ENDED,
        /** A file is being imported, or that broke off. */
        IMPORTING,
        /** A file was imported to its end. */
        IMPORTED
    }

    private static final List<State> STATES = List.of(State.OPEN, State.ENDED, State.IMPORTING, State.IMPORTED);

    /** The state of a number; what there is none of was a bit that flipped. */
    static State state(int number) {
        return number >= 0 && number < STATES.size() ? STATES.get(number) : State.OPEN;
    }

    int number() {
        return Codes.of(STATES, state);
    }

    boolean isImport() {
        return state == State.IMPORTING || state == State.IMPORTED;
    }

    Epoch in(State next) {
        return new Epoch(eid, name, next, source);
    }

    long check() {
        return Checksum.of(name + '\n' + source, eid, number());
    }
}
