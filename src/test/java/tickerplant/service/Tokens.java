package tickerplant.service;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.MACSigner;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Makes the tokens of tests. */
public final class Tokens {
    /** Enough bytes for HS512. */
    public static final String SECRET = "the secret of tests, which is long enough for every HMAC there is";

    private Tokens() {}

    /** A token of these claims, made with {@link #SECRET}. */
    public static String of(Map<String, Object> claims) {
        return with(SECRET, JWSAlgorithm.HS256, claims);
    }

    /** A token of these claims, made with some secret. */
    public static String with(String secret, JWSAlgorithm algorithm, Map<String, Object> claims) {
        try {
            byte[] key = secret.getBytes(StandardCharsets.UTF_8);
            return signed(new JWSHeader(algorithm), claims, new MACSigner(key));
        } catch (JOSEException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** A token of this header and these claims. */
    static String signed(JWSHeader header, Map<String, Object> claims, JWSSigner signer) {
        try {
            JWSObject token = new JWSObject(header, new Payload(claims));
            token.sign(signer);
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
