package tickerplant.service;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.security.Key;
import java.text.ParseException;
import java.util.List;
import java.util.Set;
import javax.crypto.spec.SecretKeySpec;

/**
 * Judges JSON Web Tokens (RFC 7519) by their signature and what they claim. Which algorithms are right is up to the keys and
 * never to the token (RFC 8725, section 3.1).
 */
final class JwtAuthenticator implements Authenticator {
    /** More than any honest token has, in characters. */
    static final int MAX_LENGTH = 8_192;

    private static final Set<JWSAlgorithm> WITH_SECRET =
            Set.of(JWSAlgorithm.HS256, JWSAlgorithm.HS384, JWSAlgorithm.HS512);

    private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
    private final Claims claims;
    private final Runnable preparation;
    private final Runnable end;

    private JwtAuthenticator(JWSKeySelector<SecurityContext> keys, Claims claims, Runnable preparation, Runnable end) {
        this.claims = claims;
        this.preparation = preparation;
        this.end = end;
        processor.setJWSKeySelector(keys);
        // access tokens of RFC 9068 name their type, and most others don't
        processor.setJWSTypeVerifier(
                new DefaultJOSEObjectTypeVerifier<>(JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), null));
        // the library's own would look at the machine's clock
        processor.setJWTClaimsSetVerifier(null);
    }

    /** Tokens that were made with this secret, which their judge and their maker share. */
    static JwtAuthenticator with(byte[] secret, Claims claims) {
        Key key = new SecretKeySpec(secret, "HMAC");
        return new JwtAuthenticator(
                (header, context) -> WITH_SECRET.contains(header.getAlgorithm()) ? List.of(key) : List.of(),
                claims,
                () -> {},
                () -> {});
    }

    /** Tokens that were made with the private half of one of these keys. */
    static JwtAuthenticator with(PublicKeys keys, Claims claims) {
        return new JwtAuthenticator(keys, claims, keys::prepare, keys::close);
    }

    @Override
    public Grant authenticate(String token) throws TokenRefused {
        if (token.length() > MAX_LENGTH) {
            throw TokenRefused.because("it is longer than " + MAX_LENGTH + " characters");
        }
        return claims.grant(verified(token));
    }

    private JWTClaimsSet verified(String token) throws TokenRefused {
        try {
            return processor.process(token, null);
        } catch (KeySourceException e) {
            throw TokenRefused.forNow("the keys can't be fetched");
        } catch (ParseException e) {
            throw TokenRefused.because("it is no JSON Web Token");
        } catch (BadJOSEException | JOSEException e) {
            throw TokenRefused.because("no key of ours verifies it");
        } catch (RuntimeException e) {
            // whatever a parser may stumble over, it must not get further than this
            throw TokenRefused.because("it can't be read");
        }
    }

    @Override
    public void prepare() {
        preparation.run();
    }

    @Override
    public void close() {
        end.run();
    }
}
