package tarn.identity.passwords;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/// An Argon2id password hash (RFC 9106) with its parameters, in PHC format:
/// `$argon2id$v=19$m=19456,t=2,p=1$<salt>$<hash>`.
final class Argon2id {

    /// The minimum of OWASP's password storage cheat sheet.
    static final Cost COST = new Cost(19_456, 2, 1);

    static final int SALT_BYTES = 16;
    static final int HASH_BYTES = 32;

    private static final Pattern PHC = Pattern.compile(
            "\\$argon2id\\$v=19\\$m=(\\d{1,7}),t=(\\d{1,3}),p=(\\d{1,2})\\$([A-Za-z0-9+/]+)\\$([A-Za-z0-9+/]+)");

    /// The cost parameters.
    ///
    /// @param memory in KiB
    record Cost(int memory, int iterations, int lanes) {}

    private final Cost cost;
    private final byte[] salt;
    private final byte[] hash;

    Argon2id(Cost cost, byte[] salt, byte[] hash) {
        this.cost = cost;
        this.salt = salt.clone();
        this.hash = hash.clone();
    }

    /// Hashes a password, which takes tens of milliseconds.
    static Argon2id of(String password, Cost cost, byte[] salt) {
        return new Argon2id(cost, salt, compute(password, cost, salt));
    }

    /// @throws IllegalArgumentException when the text has another format
    static Argon2id parse(String phc) {
        Matcher parts = PHC.matcher(phc);
        if (!parts.matches()) {
            throw new IllegalArgumentException("Not an Argon2id hash");
        }
        Cost cost = new Cost(
                Integer.parseInt(parts.group(1)), Integer.parseInt(parts.group(2)), Integer.parseInt(parts.group(3)));
        Base64.Decoder decoder = Base64.getDecoder();
        return new Argon2id(cost, decoder.decode(parts.group(4)), decoder.decode(parts.group(5)));
    }

    /// Whether this is the password's hash; takes as long as hashing.
    boolean matches(String password) {
        return MessageDigest.isEqual(hash, compute(password, cost, salt));
    }

    /// Whether the cost differs from the current one.
    boolean isOutdated() {
        return !cost.equals(COST);
    }

    private static byte[] compute(String password, Cost cost, byte[] salt) {
        Argon2BytesGenerator generator = new Argon2BytesGenerator();
        generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withMemoryAsKB(cost.memory())
                .withIterations(cost.iterations())
                .withParallelism(cost.lanes())
                .withSalt(salt)
                .build());
        byte[] hash = new byte[HASH_BYTES];
        generator.generateBytes(password.getBytes(StandardCharsets.UTF_8), hash);
        return hash;
    }

    /// The PHC string.
    @Override
    public String toString() {
        Base64.Encoder encoder = Base64.getEncoder().withoutPadding();
        return "$argon2id$v=19$m=" + cost.memory() + ",t=" + cost.iterations() + ",p=" + cost.lanes() + '$'
                + encoder.encodeToString(salt) + '$' + encoder.encodeToString(hash);
    }
}
