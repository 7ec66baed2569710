package tickerplant.service;

import java.lang.System.Logger;
import java.util.Optional;
import tickerplant.feed.LogThrottle;
import tickerplant.market.Clock;

/** Who may come in: everybody, or who shows a token. Any thread. */
public final class Access implements AutoCloseable {
    private static final Logger LOG = System.getLogger(Access.class.getName());

    private final Optional<Authenticator> authenticator;
    private final LogThrottle log;

    private Access(Optional<Authenticator> authenticator, Clock clock) {
        this.authenticator = authenticator;
        this.log = new LogThrottle(LOG, clock, "authentication");
    }

    /** Whoever this authenticator accepts. */
    static Access by(Authenticator authenticator, Clock clock) {
        return new Access(Optional.of(authenticator), clock);
    }

    /**
     * Whom the settings let in.
     *
     * @throws SettingsException where they contradict each other, or a key can't be read
     */
    static Access of(Settings settings, Clock clock) {
        boolean secret = settings.isGiven(Setting.AUTH_KEY);
        boolean keys = settings.isGiven(Setting.AUTH_JWKS);
        if (!settings.authenticates()) {
            if ((secret || keys) && !settings.isGiven(Setting.AUTH)) {
                throw new SettingsException("keys are given and auth is not, expected auth=jwt, or auth=none", null);
            }
            return new Access(Optional.empty(), clock);
        }
        if (secret == keys) {
            throw new SettingsException("auth=jwt, expected either auth.key or auth.jwks with it", null);
        }
        Claims claims = new Claims(clock, settings.issuer(), settings.audience());
        return by(
                secret
                        ? JwtAuthenticator.with(settings.authKey(), claims)
                        : JwtAuthenticator.with(PublicKeys.of(settings), claims),
                clock);
    }

    /** Whether nobody is asked for a token. */
    public boolean isOpen() {
        return authenticator.isEmpty();
    }

    /**
     * What a token stands for; only to be asked where one is needed.
     *
     * @param who sent it, for the log, which is the only place that hears why it was refused
     */
    public Grant grant(String token, String who) throws TokenRefused {
        try {
            return authenticator.orElseThrow().authenticate(token);
        } catch (TokenRefused e) {
            synchronized (log) {
                log.warn("a token of " + who + " was refused, " + e.getMessage());
            }
            throw e;
        }
    }

    void prepare() {
        authenticator.ifPresent(Authenticator::prepare);
    }

    @Override
    public void close() {
        authenticator.ifPresent(Authenticator::close);
    }
}
