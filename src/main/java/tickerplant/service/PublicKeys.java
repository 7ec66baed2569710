package tickerplant.service;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSetBasedJWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.proc.JWSKeySelector;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.net.URL;
import java.nio.file.Path;
import java.security.Key;
import java.text.ParseException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/**
 * The public keys of whoever makes the tokens, from a JSON Web Key Set (RFC 7517) in a file or at a URL. They are kept, and
 * fetched again before they are {@link #KEPT} old and when a token names one that is not among them, but not more often than
 * {@link #APART}; while they can't be fetched, those that are there go on being used. Any thread; one of its own fetches.
 */
final class PublicKeys implements JWSKeySelector<SecurityContext>, AutoCloseable {
    private static final Logger LOG = System.getLogger(PublicKeys.class.getName());

    private static final Duration KEPT = Duration.ofMinutes(5);
    private static final Duration AHEAD = Duration.ofMinutes(1);
    private static final Duration APART = Duration.ofSeconds(10);
    private static final Duration OUTAGE = Duration.ofHours(24);
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final int FETCH_MILLIS = 1_000;
    private static final int MOST_BYTES = 512 * 1024;

    /** None of them takes a secret: else a public key, which everybody knows, could be used as one. */
    private static final Set<JWSAlgorithm> ALGORITHMS = Set.of(
            JWSAlgorithm.RS256,
            JWSAlgorithm.RS384,
            JWSAlgorithm.RS512,
            JWSAlgorithm.PS256,
            JWSAlgorithm.PS384,
            JWSAlgorithm.PS512,
            JWSAlgorithm.ES256,
            JWSAlgorithm.ES384,
            JWSAlgorithm.ES512);

    private final JWKSetBasedJWKSource<SecurityContext> source;
    private final JWSVerificationKeySelector<SecurityContext> selector;
    private volatile boolean fetched;

    private PublicKeys(URL where) {
        ScheduledExecutorService fetcher = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "keys");
            thread.setDaemon(true);
            return thread;
        });
        source = (JWKSetBasedJWKSource<SecurityContext>) JWKSourceBuilder.<SecurityContext>create(
                        where, new DefaultResourceRetriever(FETCH_MILLIS, FETCH_MILLIS, MOST_BYTES))
                .cache(KEPT.toMillis(), PATIENCE.toMillis())
                .refreshAheadCache(AHEAD.toMillis(), event -> {}, fetcher, true, fetcher, true)
                .rateLimited(APART.toMillis())
                .outageTolerant(OUTAGE.toMillis())
                .build();
        selector = new JWSVerificationKeySelector<>(ALGORITHMS, source);
    }

    /**
     * The keys that the setting names.
     *
     * @throws SettingsException where that is a file which can't be used; a URL may come to life later
     */
    static PublicKeys of(Settings settings) {
        String where = settings.jwks();
        try {
            if (where.contains("://")) {
                return new PublicKeys(URI.create(where).toURL());
            }
            JWKSet.load(Path.of(where).toFile());
            return new PublicKeys(Path.of(where).toUri().toURL());
        } catch (IOException | ParseException | IllegalArgumentException e) {
            throw settings.refused(Setting.AUTH_JWKS, "a readable file with a JSON Web Key Set, or a URL", e);
        }
    }

    /** Fetches them for the first time, so that the first token needn't wait. */
    void prepare() {
        try {
            source.get(new JWKSelector(new JWKMatcher.Builder().build()), null);
            fetched = true;
        } catch (KeySourceException e) {
            LOG.log(
                    Level.WARNING,
                    "the keys of {0} can''t be fetched yet, until then no token is accepted: {1}",
                    Setting.AUTH_JWKS.key(),
                    e.getMessage());
        }
    }

    @Override
    public List<? extends Key> selectJWSKeys(JWSHeader header, SecurityContext context) throws KeySourceException {
        try {
            List<? extends Key> keys = selector.selectJWSKeys(header, context);
            fetched = true;
            return keys;
        } catch (RateLimitReachedException e) {
            if (fetched) {
                return List.of(); // a moment ago there was no such key
            }
            throw e;
        }
    }

    @Override
    public void close() {
        try {
            source.close();
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "the fetching of keys ended with a failure", e);
        }
    }
}
