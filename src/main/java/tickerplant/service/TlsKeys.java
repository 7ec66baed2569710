package tickerplant.service;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collections;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** What the embedded server proves with who it is, as other programs write it into files. */
final class TlsKeys {
    static final String CERTIFICATES = "a file with certificates in PEM, the server's own first";
    static final String KEY = "a file with the certificate's private key in PEM (PKCS #8, without a password)";
    static final String STORE = "a key store (PKCS #12 or JKS) that opens with tls.keystore_password";

    private static final Pattern PRIVATE_KEY =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");
    private static final String ALIAS = "server";

    private TlsKeys() {}

    /** The certificates of a file, the server's own first. */
    static Certificate[] certificates(Path file) throws IOException, GeneralSecurityException {
        byte[] pem = Files.readAllBytes(file);
        Certificate[] chain = CertificateFactory.getInstance("X.509")
                .generateCertificates(new ByteArrayInputStream(pem))
                .toArray(Certificate[]::new);
        if (chain.length == 0) {
            throw new GeneralSecurityException("no certificate in it");
        }
        return chain;
    }

    /** The private key of a file, where it is the one that belongs to a certificate. */
    static PrivateKey key(Path file, Certificate certificate) throws IOException, GeneralSecurityException {
        Matcher pem = PRIVATE_KEY.matcher(Files.readString(file, StandardCharsets.ISO_8859_1));
        if (!pem.find()) {
            throw new GeneralSecurityException("no private key in it");
        }
        PublicKey other = certificate.getPublicKey();
        PrivateKey key = KeyFactory.getInstance(other.getAlgorithm())
                .generatePrivate(new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(pem.group(1))));
        if (!belong(key, other)) {
            throw new GeneralSecurityException("it belongs to another certificate");
        }
        return key;
    }

    private static boolean belong(PrivateKey key, PublicKey other) throws GeneralSecurityException {
        Signature signature = Signature.getInstance(
                switch (other.getAlgorithm()) {
                    case "RSA" -> "SHA256withRSA";
                    case "EC" -> "SHA256withECDSA";
                    default -> other.getAlgorithm();
                });
        signature.initSign(key);
        byte[] signed = signature.sign();
        signature.initVerify(other);
        return signature.verify(signed);
    }

    /** A context of one key. */
    static SSLContext context(PrivateKey key, Certificate... chain) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry(ALIAS, key, new char[0], chain);
        return context(store, new char[0]);
    }

    /** A context of the keys of a store. */
    static SSLContext context(Path store, char... password) throws IOException, GeneralSecurityException {
        KeyStore keys = KeyStore.getInstance(store.toFile(), password);
        boolean any = false;
        for (String alias : Collections.list(keys.aliases())) {
            any |= keys.isKeyEntry(alias);
        }
        if (!any) {
            throw new GeneralSecurityException("no private key in it");
        }
        return context(keys, password);
    }

    private static SSLContext context(KeyStore keys, char... password) throws GeneralSecurityException {
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, password);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }
}
