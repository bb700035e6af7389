package tarn.gateway;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import tarn.platform.security.Caller;
import tarn.testing.SignedTokens;

/// Knows every secret in which the word `good` stands, until it is revoked; the user and the
/// credential follow from the secret.
final class PretendIdentity {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Clock CLOCK = Clock.systemUTC();
    private static final SignedTokens TOKENS = new SignedTokens(CLOCK);

    private final Map<String, AtomicInteger> exchanges = new ConcurrentHashMap<>();
    private final List<String> revoked = new CopyOnWriteArrayList<>();

    /// Secrets that differ only by a number at their end belong to one user.
    static UUID user(String secret) {
        return UUID.nameUUIDFromBytes(("user " + secret.replaceFirst("\\d+$", "")).getBytes(StandardCharsets.UTF_8));
    }

    static UUID credential(String secret) {
        return UUID.nameUUIDFromBytes(("credential " + secret).getBytes(StandardCharsets.UTF_8));
    }

    /// The token a user gets for a secret; one for `short` ends soon, one for `brief` sooner.
    static String token(String secret) {
        Duration lifetime = secret.contains("short")
                ? Duration.ofSeconds(30)
                : secret.contains("brief") ? Duration.ofSeconds(2) : Duration.ofMinutes(5);
        return TOKENS.of(new Caller(
                user(secret),
                Caller.Kind.SESSION,
                credential(secret),
                Set.of(),
                false,
                "",
                CLOCK.instant().plus(lifetime)));
    }

    String keys() {
        return TOKENS.published();
    }

    /// A service's token; null when this is not the gateway with its key.
    @Nullable
    String serviceToken(@Nullable String authorization) {
        String expected = Base64.getEncoder()
                .encodeToString("gateway:key-of-gateway-in-tests-0123456789abcdef".getBytes(StandardCharsets.UTF_8));
        return ("Basic " + expected).equals(authorization) ? serviceToken() : null;
    }

    /// A service's token, for whoever asks.
    String serviceToken() {
        return json(Map.of(
                "value",
                TOKENS.service("gateway"),
                "expiresAt",
                CLOCK.instant().plusSeconds(300).toString()));
    }

    /// The answer to an exchange; null when the secret is not good.
    @Nullable
    String exchange(String question) {
        String secret = secret(question);
        exchanges.computeIfAbsent(secret, _ -> new AtomicInteger()).incrementAndGet();
        if (secret.contains("slow")) {
            LockSupport.parkNanos(Duration.ofMillis(300).toNanos());
        }
        if (secret.contains("forged")) {
            return answer("not.a.token", CLOCK.instant().plusSeconds(300));
        }
        return secret.contains("good") && !revoked.contains(secret)
                ? answer(token(secret), CLOCK.instant().plusSeconds(300))
                : null;
    }

    int exchanges(String secret) {
        AtomicInteger count = exchanges.get(secret);
        return count == null ? 0 : count.get();
    }

    void revoke(String secret) {
        revoked.add(secret);
    }

    String revocations(int after) {
        List<Map<String, Object>> items = new ArrayList<>();
        for (int i = after; i < revoked.size(); i++) {
            items.add(Map.of("seq", i + 1, "credential", credential(revoked.get(i))));
        }
        return json(Map.of("items", items, "last", revoked.size()));
    }

    private static String answer(String token, Instant end) {
        return json(Map.of("value", token, "expiresAt", end.toString(), "credential", new UUID(0, 1)));
    }

    private static String secret(String question) {
        try {
            return JSON.readTree(question).path("secret").asText();
        } catch (JsonProcessingException foreign) {
            throw new IllegalArgumentException(foreign);
        }
    }

    static String json(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
