package tickerplant.checker;

/** A client's end of a WebSocket connection. Any thread, except that one thread at a time sends. */
interface Wire {
    void send(String text);

    void sendBinary(byte[] bytes);

    /** Takes nothing more off the connection, so that the server feels it. */
    void stopReading();

    void resumeReading();

    void close(int code, String reason);

    /** Ends the connection without a word. */
    void cut();

    /** Ends it so that the server's end is told off at once, and loses what is on its way. */
    void reset();

    /** What a wire tells, from one thread. */
    interface Ear {
        void heard(String text);

        void closed(int code, String reason);

        void cut(String why);
    }
}
