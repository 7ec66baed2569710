package tickerplant.service;

/** Judges tokens. Any thread may ask, and may have to wait a few seconds where keys must be fetched. */
interface Authenticator extends AutoCloseable {
    /** What the token stands for. */
    Grant authenticate(String token) throws TokenRefused;

    /** Fetches what it needs beforehand, and says in the log where it can't. */
    void prepare();

    @Override
    void close();
}
