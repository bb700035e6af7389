package tarn.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tarn.platform.security.AccessTokens;
import tarn.platform.security.Caller;
import tarn.testing.Api;
import tarn.testing.Eventually;
import tarn.testing.SignedTokens;

/// Everybody who tries what a Tarn allows: the columns of `authorisation.txt`.
final class Callers {

    /// @param column how the file calls it
    /// @param role in the project that the try is about; empty for none
    /// @param self the user who asks, or who is claimed to
    record One(String column, String role, Tarn.SignedInUser self, Api api) {

        boolean isAdministrator() {
            return column.equals("admin");
        }

        /// Whether it is a user who has signed in, and no program.
        boolean isUser() {
            return self.api().equals(api);
        }

        /// Whether neither has signed in, but both claim to be the same user in the same role.
        boolean standsLike(One other) {
            return !isUser() && !other.isUser() && self.equals(other.self) && role.equals(other.role);
        }

        boolean mayWrite() {
            return role.equals("editor") || role.equals("owner");
        }
    }

    private static final List<String> SCOPES = List.copyOf(new TreeSet<>(Caller.SCOPES));

    private final Tarn.SignedInUser owner = someone("Owner");
    private final Tarn.SignedInUser editor = someone("Editor");
    private final Tarn.SignedInUser viewer = someone("Viewer");
    private final Tarn.SignedInUser guest = someone("Guest");
    private final Tarn.SignedInUser unknown = someone("Unknown");
    private final Tarn.SignedInUser administrator = Tarn.administrator().retryingUnavailable();
    private final List<One> all = new ArrayList<>();
    private final List<One> programs;
    private final Api.Answer invitationToNoProject;

    Callers() {
        // Where services run apart, each fetches the keys that tokens are signed with when it needs them first.
        for (String path : List.of("/api/users/me", "/api/projects", "/api/posts", "/api/calculations/operations")) {
            Eventually.within(
                    Duration.ofSeconds(20),
                    () -> !Set.of(401, 503).contains(owner.api().get(path).status()));
        }
        String meeting = Scene.made(owner, "/api/projects", Map.of("name", "Meeting"));
        List.of(editor, viewer, guest).forEach(user -> Tarn.join(owner, meeting, user, "viewer"));
        Api expiring = expiring(owner);
        Tarn.SignedInUser elsewhere = someone("Elsewhere");
        elsewhere.api().post("/api/projects", Map.of("name", "Elsewhere"));
        all.add(new One("nobody", "", owner, Tarn.anonymous()));
        all.add(new One("expired", "", owner, expiring));
        all.add(new One("ended", "", owner, ended(owner)));
        all.add(new One("foreign", "", owner, foreign(owner)));
        all.add(user("stranger", "", someone("Stranger")));
        all.add(user("elsewhere", "", elsewhere));
        all.add(user("viewer", "viewer", viewer));
        all.add(user("editor", "editor", editor));
        all.add(user("owner", "owner", owner));
        all.add(user("admin", "", administrator));
        programs = SCOPES.stream()
                .map(scope -> new One(scope, "owner", owner, program(owner, List.of(scope), null)))
                .toList();
        invitationToNoProject = Scene.invitation(administrator, Map.of("maxUses", 1_000));
        untilRefused(expiring);
    }

    private static Tarn.SignedInUser someone(String name) {
        return Tarn.someone(name).retryingUnavailable();
    }

    private static One user(String column, String role, Tarn.SignedInUser someone) {
        return new One(column, role, someone, someone.api());
    }

    Tarn.SignedInUser owner() {
        return owner;
    }

    Tarn.SignedInUser editor() {
        return editor;
    }

    Tarn.SignedInUser viewer() {
        return viewer;
    }

    Tarn.SignedInUser guest() {
        return guest;
    }

    /// A user whom nobody knows.
    Tarn.SignedInUser unknown() {
        return unknown;
    }

    /// Who administers this Tarn, in the one session that all tries share.
    Tarn.SignedInUser administrator() {
        return administrator;
    }

    /// A new project with an owner, an editor and a viewer.
    String project() {
        String project = Scene.made(owner, "/api/projects", Map.of("name", "Garden"));
        put(project, editor, "editor");
        put(project, viewer, "viewer");
        return project;
    }

    /// Gives a user whom the owner knows a role in a project.
    void put(String project, Tarn.SignedInUser user, String role) {
        Api.Answer answer = owner.api().put("/api/projects/" + project + "/members/" + user.id(), Map.of("role", role));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    }

    /// An administrator's invitation for all tries, whose acceptance makes nobody share a project.
    Api.Answer invitationToNoProject() {
        return invitationToNoProject;
    }

    /// In the order of the columns.
    List<One> all() {
        return all;
    }

    /// The owner's programs, each with one scope.
    List<One> programs() {
        return programs;
    }

    private static Api program(Tarn.SignedInUser user, List<String> scopes, @Nullable Instant end) {
        Map<String, Object> draft = new HashMap<>();
        draft.put("name", "matrix");
        draft.put("scopes", scopes);
        draft.put("expiresAt", end);
        Api.Answer made = user.api().post("/api/tokens", draft);
        assertThat(made.status()).as(made.toString()).isEqualTo(201);
        return Tarn.anonymous().bearer(made.at("/secret"));
    }

    /// A personal access token with every scope that is good, and whose time is over soon.
    private static Api expiring(Tarn.SignedInUser user) {
        Api api = program(user, SCOPES, Instant.now().plusSeconds(8));
        assertThat(api.retryingUnavailable().get("/api/users/me").status()).isEqualTo(200);
        return api;
    }

    /// The access token of a session that has signed out.
    private static Api ended(Tarn.SignedInUser user) {
        Api api = Tarn.again(user).api();
        assertThat(api.delete("/api/sessions/current").status()).isEqualTo(204);
        untilRefused(api);
        return api;
    }

    private static void untilRefused(Api api) {
        Eventually.within(Duration.ofSeconds(60), () -> api.get("/api/users/me").status() == 401);
    }

    /// An access token that says what a good one says, of an administrator even, and names this Tarn's key,
    /// but was signed with another.
    private static Api foreign(Tarn.SignedInUser user) {
        String key = Tarn.anonymous().get("/.well-known/jwks.json").at("/keys/0/kid");
        assertThat(key).isNotEmpty();
        String session = user.api().get("/api/sessions").at("/items/0/id");
        SignedTokens tokens = new SignedTokens(Clock.systemUTC());
        Caller caller = new Caller(
                user.id(),
                Caller.Kind.SESSION,
                UUID.fromString(session),
                Set.of(),
                true,
                "",
                Instant.now().plus(AccessTokens.LIFETIME));
        return Tarn.anonymous().bearer(tokens.sign(tokens.claims(caller), Map.of("typ", "at+jwt", "kid", key)));
    }
}
