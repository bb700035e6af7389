package tarn.journeys;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tarn.testing.Api;
import tarn.testing.Eventually;
import tarn.testing.Program;
import tarn.testing.Repository;

/// The one running Tarn that the tests of this JVM share, in the shape that `tarn.shape` names.
final class Tarn {

    static final Program.Topology SHAPE = Program.Topology.valueOf(System.getProperty("tarn.shape", "ONE"));

    /// A password that is not common.
    static final String PASSWORD = "granite lake 42 northwind";

    private static final String ADMINISTRATOR = "administrator@example.test";
    private static final AtomicInteger PEOPLE = new AtomicInteger();

    private static final class Once {
        private static final Program RUNNING = start();

        private static Program start() {
            Program program =
                    Program.start(SHAPE, Map.of("TARN_RATE_LIMIT", "5000", "TARN_TRUSTED_PROXIES", "127.0.0.1"));
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                try {
                    program.stop();
                } finally {
                    program.remove();
                }
            }));
            // Before anybody else: the first user administers a Tarn.
            register(Api.at(program.url()), "Administrator", ADMINISTRATOR);
            return program;
        }
    }

    private Tarn() {}

    static Program program() {
        return Once.RUNNING;
    }

    /// Nobody in particular.
    static Api anonymous() {
        return Api.at(program().url());
    }

    /// A password or key as `./tarn up` derives it from the one secret.
    ///
    /// @param purpose as in `service:tasks`
    static String derived(String purpose) {
        try {
            byte[] root =
                    Repository.text(program().home().resolve("secret")).strip().getBytes(StandardCharsets.UTF_8);
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(root, "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(purpose.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /// A user who has registered.
    ///
    /// @param api asks in their name, with an access token
    record SignedInUser(UUID id, String email, Api api, String refreshToken) {

        /// The user with a client that retries requests answered with 503.
        SignedInUser retryingUnavailable() {
            return new SignedInUser(id, email, api.retryingUnavailable(), refreshToken);
        }
    }

    /// Registers a user new and signs them in as programs do.
    static SignedInUser someone(String name) {
        return register(anonymous(), name);
    }

    static SignedInUser register(Api anonymous, String name) {
        String email = name.toLowerCase(Locale.ROOT) + PEOPLE.incrementAndGet() + "@example.test";
        register(anonymous, name, email);
        return signIn(anonymous, email);
    }

    private static void register(Api anonymous, String name, String email) {
        Api.Answer registered = anonymous
                .retryingUnavailable()
                .post("/api/users", Map.of("name", name, "email", email, "password", PASSWORD));
        if (registered.status() != 201) {
            throw new AssertionError("Could not register: " + registered);
        }
    }

    /// Makes a user a member of a project by an invitation of its owner that they accept.
    static void join(SignedInUser owner, String project, SignedInUser user, String role) {
        Api.Answer invitation = owner.api().post("/api/invitations", Map.of("projectId", project, "role", role));
        Api.Answer accepted =
                user.api().post("/api/invitations/acceptance", Map.of("secret", invitation.at("/secret")));
        if (accepted.status() != 200) {
            throw new AssertionError("Could not join: " + accepted);
        }
    }

    /// Who administers this Tarn, signed in anew.
    static SignedInUser administrator() {
        return signIn(anonymous(), ADMINISTRATOR);
    }

    /// The same user, signed in once more.
    static SignedInUser again(SignedInUser someone) {
        return signIn(anonymous(), someone.email());
    }

    private static SignedInUser signIn(Api anonymous, String email) {
        Map<String, String> credentials = Map.of("email", email, "password", PASSWORD, "grant", "token");
        Api retrying = anonymous.retryingUnavailable();
        Api.Answer[] answer = {retrying.post("/api/sessions", credentials)};
        // Tests that send wrong passwords may have used up this address's attempts, which come back by the second.
        Eventually.within(Duration.ofMinutes(2), () -> {
            boolean throttled = answer[0].status() == 429;
            if (throttled) {
                answer[0] = retrying.post("/api/sessions", credentials);
            }
            return !throttled;
        });
        Api.Answer signedIn = answer[0];
        if (signedIn.status() != 201) {
            throw new AssertionError("Could not sign in: " + signedIn);
        }
        return new SignedInUser(
                UUID.fromString(signedIn.at("/user/id")),
                email,
                anonymous.bearer(signedIn.at("/accessToken")),
                signedIn.at("/refreshToken"));
    }
}
