package tarn.journeys;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import tarn.testing.Api;

/// What one try is about. Everything in the project is made for it alone, so that nothing one caller
/// achieves is seen by the next; a try that may end the project, or leave it, has a project of its own.
final class Scene {

    private final Callers callers;
    private final Callers.One caller;
    private Tarn.SignedInUser self;
    private Api api;
    private String project;

    /// @param project with an owner, an editor and a viewer
    Scene(Callers callers, Callers.One caller, String project) {
        this.callers = callers;
        this.project = project;
        this.caller = caller;
        this.self = caller.self();
        this.api = caller.api();
    }

    /// Who administers this Tarn.
    Tarn.SignedInUser administrator() {
        return callers.administrator();
    }

    /// Asks as the caller.
    Api api() {
        return api;
    }

    /// The user the caller is or claims to be.
    Tarn.SignedInUser self() {
        return self;
    }

    /// Who owns the project and made what is in it.
    Tarn.SignedInUser owner() {
        return callers.owner();
    }

    /// A member other than the caller, who may write.
    Tarn.SignedInUser another() {
        return self.id().equals(callers.owner().id()) ? callers.editor() : callers.owner();
    }

    /// A user who is not in the project, and whom its owner knows.
    Tarn.SignedInUser guest() {
        return callers.guest();
    }

    /// A user whom nobody knows.
    Tarn.SignedInUser unknown() {
        return callers.unknown();
    }

    /// A user who is in the project only to be taken out of it.
    Tarn.SignedInUser guestAsMember() {
        callers.put(project, guest(), "viewer");
        return guest();
    }

    /// The caller as a user with the same role who has just registered: for what ends accounts. There is
    /// but one administrator.
    void anew() {
        if (caller.isUser() && !caller.isAdministrator()) {
            self = Tarn.someone("New").retryingUnavailable();
            api = self.api();
            if (!caller.role().isEmpty()) {
                Tarn.join(owner(), project, self, caller.role());
            }
        }
    }

    /// The caller in a session of its own: for what ends sessions.
    void again() {
        if (caller.isUser()) {
            self = Tarn.again(self).retryingUnavailable();
            api = self.api();
        }
    }

    /// The project that has an owner, an editor and a viewer.
    String project() {
        return project;
    }

    /// The same, of this try alone.
    String projectAnew() {
        project = callers.project();
        return project;
    }

    /// A project that has but one member, its owner: the user the caller is or claims to be.
    String ownProject() {
        return made(self, "/api/projects", Map.of("name", "Own"));
    }

    /// A word that nothing else has.
    String word() {
        return "w" + UUID.randomUUID().toString().replace("-", "");
    }

    String section() {
        return made(owner(), "/api/projects/" + project() + "/sections", Map.of("name", "Shed"));
    }

    String label() {
        return made(owner(), "/api/projects/" + project() + "/labels", Map.of("color", "red"));
    }

    /// Deletes a section or label of the project.
    ///
    /// @return its id
    String removedPart(String parts, String id) {
        return removed(owner(), "projects/" + project() + '/' + parts, id);
    }

    String task() {
        return task("Rake");
    }

    String task(String title) {
        return made(owner(), "/api/tasks", Map.of("projectId", project(), "title", title));
    }

    String item() {
        return item("Nails");
    }

    String item(String name) {
        return made(owner(), "/api/items", Map.of("projectId", project(), "name", name, "currency", "EUR"));
    }

    /// An item in no project.
    String itemOf(Tarn.SignedInUser creator) {
        return made(creator, "/api/items", Map.of("name", "Secret"));
    }

    /// A job of a user.
    static String job(Tarn.SignedInUser user) {
        Api.Answer answer = user.api()
                .header("Prefer", "respond-async")
                .patch(
                        "/api/tasks",
                        Map.of("changes", List.of(Map.of("id", user.id(), "change", Map.of("title", "None")))));
        if (answer.status() != 202) {
            throw new AssertionError("Could not begin a job: " + answer);
        }
        return answer.at("/id");
    }

    /// A post on the project: the caller's own where the caller may write, else the owner's.
    String post() {
        return postOf(author(), false);
    }

    String draft() {
        return postOf(author(), true);
    }

    String removedPost() {
        return removed(author(), "posts", post());
    }

    private Tarn.SignedInUser author() {
        return caller.mayWrite() ? self : owner();
    }

    String postOf(Tarn.SignedInUser author, boolean draft) {
        return posted(author, Map.of("projectId", project(), "body", "Monday", "draft", draft));
    }

    String comment(String task) {
        return posted(another(), Map.of("taskId", task, "body", "Who has a ladder?"));
    }

    String reply(String post) {
        return posted(another(), Map.of("parentId", post, "body", "I do."));
    }

    private static String posted(Tarn.SignedInUser author, Map<String, ?> post) {
        return made(author, "/api/posts", post);
    }

    String token(Tarn.SignedInUser user) {
        return made(user, "/api/tokens", Map.of("name", "cli", "scopes", List.of("users:read")));
    }

    /// An invitation to a project of its creator, with its secret.
    static Api.Answer invitation(Tarn.SignedInUser creator) {
        String project = made(creator, "/api/projects", Map.of("name", "Shared"));
        return invitation(creator, Map.of("projectId", project, "role", "viewer"));
    }

    /// An administrator's invitation for all tries, whose acceptance makes nobody share a project.
    Api.Answer invitationToNoProject() {
        return callers.invitationToNoProject();
    }

    static Api.Answer invitation(Tarn.SignedInUser creator, Map<String, ?> draft) {
        Api.Answer answer = creator.api().post("/api/invitations", draft);
        if (answer.status() != 201) {
            throw new AssertionError("Could not invite: " + answer);
        }
        return answer;
    }

    /// The secret of a link by which the guest takes a new password.
    String reset() {
        Api.Answer answer = callers.administrator().api().post("/api/users/" + guest().id() + "/password-reset");
        if (answer.status() != 201) {
            throw new AssertionError("Could not make a reset link: " + answer);
        }
        return answer.at("/secret");
    }

    /// A closed account, which may become an administrator without ever being one who is left.
    UUID closed() {
        if (!caller.isAdministrator()) {
            return guest().id();
        }
        UUID id = Tarn.someone("New").id();
        Api.Answer answer = self.api().put("/api/users/" + id + "/closure");
        if (answer.status() != 204) {
            throw new AssertionError("Could not close an account: " + answer);
        }
        return id;
    }

    /// A session that a user has beside the one that asks.
    static String session(Tarn.SignedInUser user) {
        return Tarn.again(user).api().get("/api/sessions").at("/items/0/id");
    }

    /// Puts something in the trash.
    ///
    /// @return its id
    static String removed(Tarn.SignedInUser user, String collection, String id) {
        Api.Answer answer = user.api().delete("/api/" + collection + '/' + id);
        boolean alreadyRemoved = answer.status() == 404;
        if (answer.status() != 204 && !alreadyRemoved) {
            throw new AssertionError("Could not remove " + collection + ": " + answer);
        }
        return id;
    }

    static String made(Tarn.SignedInUser user, String path, Map<String, ?> draft) {
        Api.Answer answer = user.api().post(path, draft);
        if (answer.status() != 201) {
            throw new AssertionError("Could not make one of " + path + ": " + answer);
        }
        return answer.at("/id");
    }
}
