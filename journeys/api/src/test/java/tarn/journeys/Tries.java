package tarn.journeys;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// How each operation is tried: what the contracts cannot say. Every body is valid and every id real, so
/// that nobody is refused but for want of a right.
final class Tries {

    /// What is asked.
    ///
    /// @param path what stands in the path's places, in their order
    /// @param body what is sent; of the graph, the field with its arguments
    /// @param seeks what must be in an answer for it to be more than an empty list; empty for nothing
    record Ask(List<String> path, String query, @Nullable Object body, String seeks) {

        static Ask at(String... path) {
            return new Ask(List.of(path), "", null, "");
        }

        static Ask where(String query) {
            return new Ask(List.of(), '?' + query, null, "");
        }

        /// A field of the graph.
        ///
        /// @param ids what stands for each `?`, in their order
        static Ask field(String field, String... ids) {
            String filled = field;
            for (String id : ids) {
                filled = filled.replaceFirst("[?]", '"' + id + '"');
            }
            return at().with(filled);
        }

        Ask with(Object sent) {
            return new Ask(path, query, sent, seeks);
        }

        Ask seeks(String id) {
            return new Ask(path, query, body, id);
        }
    }

    private final Map<String, Function<Scene, Ask>> rows = new LinkedHashMap<>();

    Tries() {
        accounts();
        credentials();
        invitations();
        calculations();
        projects();
        partsOfProjects();
        tasks();
        jobs();
        items();
        posts();
        search();
        timetable();
        graph();
        graphOfPosts();
    }

    /// By what the row is called: the operation, and in brackets what is special.
    Map<String, Function<Scene, Ask>> rows() {
        return rows;
    }

    private void row(String name, Function<Scene, Ask> ask) {
        if (rows.put(name, ask) != null) {
            throw new IllegalStateException("Twice: " + name);
        }
    }

    private void timetable() {
        row("followChanges", _ -> Ask.at());
        row("readTimetable", _ -> Ask.at());
        for (String operation : List.of("listRuns", "runJob", "pauseJob", "resumeJob")) {
            row(operation, _ -> Ask.at("delete-run-records"));
        }
    }

    private void accounts() {
        row("readKeys", _ -> Ask.at());
        row("readRegistration", _ -> Ask.at());
        row("changeRegistration", _ -> Ask.at().with(Map.of("open", true)));
        row(
                "register",
                scene -> Ask.at()
                        .with(Map.of(
                                "name", "New", "email", scene.word() + "@example.test", "password", Tarn.PASSWORD)));
        row(
                "listUsers",
                scene -> Ask.where("id=" + scene.owner().id())
                        .seeks(scene.owner().id().toString()));
        row("readUser", scene -> Ask.at(scene.owner().id().toString()));
        row("readMe", scene -> Ask.at().seeks(scene.self().email()));
        row("changeMe", _ -> Ask.at().with(Map.of("timeZone", "Europe/Berlin")));
        row("deleteMe", scene -> {
            scene.anew();
            return Ask.at().with(Map.of("password", Tarn.PASSWORD));
        });
        row("changePassword", scene -> {
            scene.anew();
            return Ask.at().with(Map.of("currentPassword", Tarn.PASSWORD, "newPassword", Tarn.PASSWORD));
        });
        row("changeEmail", scene -> {
            scene.anew();
            return Ask.at().with(Map.of("email", scene.self().email(), "password", Tarn.PASSWORD));
        });
        accountsOfOthers();
    }

    private void accountsOfOthers() {
        row("listAccounts", scene -> Ask.at().seeks(scene.self().id().toString()));
        row("makeAdministrator", scene -> Ask.at(scene.closed().toString()));
        row("unmakeAdministrator", scene -> Ask.at(scene.guest().id().toString()));
        row(
                "unmakeAdministrator (the last one)",
                scene -> Ask.at(scene.administrator().id().toString()));
        row("closeAccount", scene -> Ask.at(scene.closed().toString()));
        row("closeAccount (one's own)", scene -> Ask.at(scene.self().id().toString()));
        row("reopenAccount", scene -> Ask.at(scene.guest().id().toString()));
        row("endSessions", scene -> Ask.at(scene.guest().id().toString()));
        row("listSecurityEvents", _ -> Ask.at());
        row("listSecurityEvents (another's)", scene -> {
            scene.token(scene.another());
            return Ask.where("user=" + scene.another().id())
                    .seeks(scene.another().id().toString());
        });
        row("createPasswordReset", scene -> Ask.at(scene.guest().id().toString()));
        row("previewPasswordReset", scene -> Ask.at().with(Map.of("secret", scene.reset())));
        row("resetPassword", scene -> Ask.at().with(Map.of("secret", scene.reset(), "password", Tarn.PASSWORD)));
    }

    private void credentials() {
        row("signIn", scene -> Ask.at().with(Map.of("email", scene.self().email(), "password", Tarn.PASSWORD)));
        row(
                "refreshSession",
                scene -> Ask.at()
                        .with(Map.of("refreshToken", Tarn.again(scene.self()).refreshToken())));
        row("readCurrentSession", scene -> Ask.at().seeks(scene.self().email()));
        row("listSessions", _ -> Ask.at());
        row("listSessions (another's)", scene -> Ask.at().seeks(Scene.session(scene.another())));
        row("signOut", scene -> {
            scene.again();
            return Ask.at();
        });
        row("endSession", scene -> Ask.at(Scene.session(scene.self())));
        row("endSession (another's)", scene -> Ask.at(Scene.session(scene.another())));
        row("listTokens", scene -> Ask.at().seeks(scene.token(scene.self())));
        row("listTokens (another's)", scene -> Ask.at().seeks(scene.token(scene.another())));
        row("createToken", _ -> Ask.at().with(Map.of("name", "cli", "scopes", List.of("tasks:read"))));
        row("revokeToken", scene -> Ask.at(scene.token(scene.self())));
        row("revokeToken (another's)", scene -> Ask.at(scene.token(scene.another())));
    }

    private void invitations() {
        row("createInvitation", scene -> Ask.at().with(Map.of("projectId", scene.project(), "role", "viewer")));
        row("createInvitation (to no project)", _ -> Ask.at().with(Map.of()));
        row("listInvitations", scene -> {
            String invitation = Scene.invitation(scene.self()).at("/id");
            return Ask.at().seeks(invitation);
        });
        row("listInvitations (another's)", scene -> {
            String invitation = Scene.invitation(scene.another()).at("/id");
            return Ask.at().seeks(invitation);
        });
        row("revokeInvitation", scene -> Ask.at(Scene.invitation(scene.self()).at("/id")));
        row(
                "revokeInvitation (another's)",
                scene -> Ask.at(Scene.invitation(scene.another()).at("/id")));
        row(
                "readInvitationOffer",
                scene -> Ask.at()
                        .with(Map.of("secret", scene.invitationToNoProject().at("/secret"))));
        row(
                "acceptInvitation",
                scene -> Ask.at()
                        .with(Map.of("secret", scene.invitationToNoProject().at("/secret"))));
    }

    private void calculations() {
        Map<String, String> sum = Map.of("expression", "1 + 1");
        row("calculate", _ -> Ask.at().with(sum));
        row("calculateMany", _ -> Ask.at().with(Map.of("calculations", List.of(sum))));
        row("listOperations", _ -> Ask.at());
        row(
                "importFile",
                _ -> Ask.where("format=csv&name=Imported").with("title\nRake\n".getBytes(StandardCharsets.UTF_8)));
        row("previewImport", _ -> Ask.at().with("title\nRake\n".getBytes(StandardCharsets.UTF_8)));
    }

    private void projects() {
        row("createProject", _ -> Ask.at().with(Map.of("name", "New")));
        row("listProjects", scene -> {
            String word = scene.word();
            scene.owner().api().patch("/api/projects/" + scene.project(), Map.of("name", word));
            return Ask.where("text=" + word).seeks(scene.project());
        });
        row("listProjects (trash)", scene -> {
            String word = scene.word();
            scene.owner().api().patch("/api/projects/" + scene.projectAnew(), Map.of("name", word));
            return Ask.where("deleted=true&text=" + word)
                    .seeks(Scene.removed(scene.owner(), "projects", scene.project()));
        });
        row("readProject", scene -> Ask.at(scene.project()));
        row(
                "readProject (in the trash)",
                scene -> Ask.at(Scene.removed(scene.owner(), "projects", scene.projectAnew())));
        row("readProjectStatistics", scene -> Ask.at(scene.project()));
        row("changeProject", scene -> Ask.at(scene.project()).with(Map.of("name", "Park")));
        row("deleteProject", scene -> Ask.at(scene.projectAnew()));
        row("restoreProject", scene -> Ask.at(Scene.removed(scene.owner(), "projects", scene.projectAnew())));
    }

    private void partsOfProjects() {
        row(
                "listMembers",
                scene -> Ask.at(scene.project()).seeks(scene.owner().id().toString()));
        row(
                "putMember",
                scene -> Ask.at(scene.project(), scene.guest().id().toString()).with(Map.of("role", "viewer")));
        row(
                "putMember (whom one does not know)",
                scene ->
                        Ask.at(scene.project(), scene.unknown().id().toString()).with(Map.of("role", "viewer")));
        row(
                "putMember (oneself, as owner)",
                scene -> Ask.at(scene.project(), scene.self().id().toString()).with(Map.of("role", "owner")));
        row(
                "removeMember",
                scene -> Ask.at(scene.project(), scene.guestAsMember().id().toString()));
        row(
                "removeMember (oneself)",
                scene -> Ask.at(scene.projectAnew(), scene.self().id().toString()));
        row("restoreMember", scene -> {
            String project = scene.projectAnew();
            String guest = scene.guestAsMember().id().toString();
            Scene.removed(scene.owner(), "projects/" + project + "/members", guest);
            return Ask.at(project, guest);
        });
        row("listSections", scene -> Ask.at(scene.project()));
        row("createSection", scene -> Ask.at(scene.project()).with(Map.of("name", "New")));
        row("changeSection", scene -> Ask.at(scene.project(), scene.section()).with(Map.of("name", "Barn")));
        row(
                "changeSection (through one's own project)",
                scene -> Ask.at(scene.ownProject(), scene.section()).with(Map.of("name", "Barn")));
        row("moveSection", scene -> Ask.at(scene.project(), scene.section()).with(Map.of()));
        row(
                "moveSection (through one's own project)",
                scene -> Ask.at(scene.ownProject(), scene.section()).with(Map.of()));
        row("deleteSection", scene -> Ask.at(scene.project(), scene.section()));
        row("deleteSection (through one's own project)", scene -> Ask.at(scene.ownProject(), scene.section()));
        row("restoreSection", scene -> Ask.at(scene.project(), scene.removedPart("sections", scene.section())));
        row(
                "restoreSection (through one's own project)",
                scene -> Ask.at(scene.ownProject(), scene.removedPart("sections", scene.section())));
        row("listLabels", scene -> Ask.at(scene.project()));
        row("createLabel", scene -> Ask.at(scene.project()).with(Map.of("color", "blue")));
        row("changeLabel", scene -> Ask.at(scene.project(), scene.label()).with(Map.of("color", "blue")));
        row(
                "changeLabel (through one's own project)",
                scene -> Ask.at(scene.ownProject(), scene.label()).with(Map.of("color", "blue")));
        row("deleteLabel", scene -> Ask.at(scene.project(), scene.label()));
        row("deleteLabel (through one's own project)", scene -> Ask.at(scene.ownProject(), scene.label()));
        row("restoreLabel", scene -> Ask.at(scene.project(), scene.removedPart("labels", scene.label())));
        row(
                "restoreLabel (through one's own project)",
                scene -> Ask.at(scene.ownProject(), scene.removedPart("labels", scene.label())));
    }

    private void tasks() {
        row("createTask", scene -> Ask.at().with(Map.of("projectId", scene.project(), "title", "New")));
        row("listTasks", scene -> {
            String task = scene.task();
            return Ask.where("project=" + scene.project()).seeks(task);
        });
        row("listTasks (of all projects)", scene -> {
            String word = scene.word();
            return Ask.where("text=" + word).seeks(scene.task(word));
        });
        row("listTasks (trash)", scene -> {
            String task = Scene.removed(scene.owner(), "tasks", scene.task());
            return Ask.where("deleted=true&project=" + scene.project()).seeks(task);
        });
        row("readTask", scene -> Ask.at(scene.task()));
        row("readTask (in the trash)", scene -> Ask.at(Scene.removed(scene.owner(), "tasks", scene.task())));
        row(
                "changeTask (in the trash)",
                scene -> Ask.at(Scene.removed(scene.owner(), "tasks", scene.task()))
                        .with(Map.of("title", "Hoe")));
        row("changeTask", scene -> Ask.at(scene.task()).with(Map.of("title", "Hoe")));
        row(
                "changeTasks",
                scene -> Ask.at()
                        .with(Map.of(
                                "changes", List.of(Map.of("id", scene.task(), "change", Map.of("title", "Hoe"))))));
        row("completeTask", scene -> Ask.at(scene.task()));
        row("reopenTask", scene -> Ask.at(scene.task()));
        row("moveTask", scene -> Ask.at(scene.task()).with(Map.of("sectionId", scene.section())));
        row("deleteTask", scene -> Ask.at(scene.task()));
        row("restoreTask", scene -> Ask.at(Scene.removed(scene.owner(), "tasks", scene.task())));
    }

    private void jobs() {
        row("listJobs", scene -> Ask.at().seeks(Scene.job(scene.self())));
        row("readJob", scene -> Ask.at(Scene.job(scene.self())));
        row("readJob (another's)", scene -> Ask.at(Scene.job(scene.another())));
        row("listJobLines", scene -> Ask.at(Scene.job(scene.self())));
        row("listJobLines (another's)", scene -> Ask.at(Scene.job(scene.another())));
        row("readJobReport", scene -> Ask.at(Scene.job(scene.self())));
        row("readJobReport (another's)", scene -> Ask.at(Scene.job(scene.another())));
        row("listJobRejections", scene -> Ask.at(Scene.job(scene.self())));
        row("listJobRejections (another's)", scene -> Ask.at(Scene.job(scene.another())));
        row("cancelJob", scene -> Ask.at(Scene.job(scene.self())));
        row("cancelJob (another's)", scene -> Ask.at(Scene.job(scene.another())));
    }

    private void items() {
        row("createItem", scene -> Ask.at().with(Map.of("projectId", scene.project(), "name", "New")));
        row("createItem (in no project)", _ -> Ask.at().with(Map.of("name", "New")));
        row("listItems", scene -> {
            String item = scene.item();
            return Ask.where("project=" + scene.project()).seeks(item);
        });
        row("listItems (of all projects)", scene -> {
            String word = scene.word();
            return Ask.where("text=" + word).seeks(scene.item(word));
        });
        row("listItems (trash)", scene -> {
            String item = Scene.removed(scene.owner(), "items", scene.item());
            return Ask.where("deleted=true&project=" + scene.project()).seeks(item);
        });
        row("sumItems", scene -> {
            scene.item();
            return Ask.where("project=" + scene.project()).seeks("EUR");
        });
        row("readItem", scene -> Ask.at(scene.item()));
        row("readItem (in the trash)", scene -> Ask.at(Scene.removed(scene.owner(), "items", scene.item())));
        row(
                "changeItem (in the trash)",
                scene -> Ask.at(Scene.removed(scene.owner(), "items", scene.item()))
                        .with(Map.of("name", "Screws")));
        row("changeItem", scene -> Ask.at(scene.item()).with(Map.of("name", "Screws")));
        row("calculateItem", scene -> Ask.at(scene.item()));
        row("deleteItem", scene -> Ask.at(scene.item()));
        row("restoreItem", scene -> Ask.at(Scene.removed(scene.owner(), "items", scene.item())));
        row("readItem (one's own, in no project)", scene -> Ask.at(scene.itemOf(scene.self())));
        row("readItem (another's, in no project)", scene -> Ask.at(scene.itemOf(scene.another())));
        row(
                "changeItem (another's, in no project)",
                scene -> Ask.at(scene.itemOf(scene.another())).with(Map.of("name", "Mine")));
        row("calculateItem (another's, in no project)", scene -> Ask.at(scene.itemOf(scene.another())));
        row("deleteItem (another's, in no project)", scene -> Ask.at(scene.itemOf(scene.another())));
        row(
                "restoreItem (another's, in no project)",
                scene -> Ask.at(Scene.removed(scene.another(), "items", scene.itemOf(scene.another()))));
    }

    private void search() {
        row("search", scene -> {
            String word = scene.word();
            return Ask.where("text=" + word).seeks(scene.task(word));
        });
        row("search (in a project)", scene -> {
            String word = scene.word();
            String task = scene.task(word);
            return Ask.where("text=" + word + "&in=" + scene.project()).seeks(task);
        });
        row("search (comments)", scene -> {
            String comment = scene.comment(scene.task());
            return Ask.where("text=ladder&limit=20").seeks(comment);
        });
        row("search (another's drafts)", scene -> {
            String draft = scene.postOf(scene.another(), true);
            return Ask.where("text=monday&in=" + scene.project()).seeks(draft);
        });
        row("search (projects)", scene -> {
            String project = scene.projectAnew();
            return Ask.where("text=garden&limit=20").seeks(project);
        });
    }

    private void posts() {
        row("createPost", scene -> Ask.at().with(Map.of("projectId", scene.project(), "body", "New")));
        row("createPost (on a task)", scene -> Ask.at().with(Map.of("taskId", scene.task(), "body", "New")));
        row("createPost (a reply)", scene -> Ask.at().with(Map.of("parentId", scene.post(), "body", "New")));
        row("listPosts", scene -> {
            String post = scene.post();
            return Ask.where("project=" + scene.project()).seeks(post);
        });
        row("listPosts (on a task)", scene -> {
            String task = scene.task();
            return Ask.where("task=" + task).seeks(scene.comment(task));
        });
        row("listPosts (replies)", scene -> {
            String post = scene.post();
            return Ask.where("parent=" + post).seeks(scene.reply(post));
        });
        row("listPosts (another's drafts)", scene -> {
            String post = scene.postOf(scene.another(), true);
            return Ask.where("state=draft&project=" + scene.project()).seeks(post);
        });
        row("listPosts (trash)", scene -> {
            String post = Scene.removed(scene.another(), "posts", scene.postOf(scene.another(), false));
            return Ask.where("deleted=true&project=" + scene.project()).seeks(post);
        });
        row("listThreads", scene -> {
            String task = scene.task();
            return Ask.where("tasks=" + task).seeks(scene.comment(task));
        });
        row("renderPost", scene -> Ask.at().with(Map.of("projectId", scene.project(), "body", "@owner")));
        row("renderPost (in no project)", _ -> Ask.at().with(Map.of("body", "@owner")));
        row("readPost", scene -> Ask.at(scene.post()));
        row("readPost (in the trash)", scene -> Ask.at(Scene.removed(scene.owner(), "posts", scene.post())));
        row(
                "readPost (another's, in the trash)",
                scene -> Ask.at(Scene.removed(scene.owner(), "posts", scene.postOf(scene.another(), false))));
        row(
                "changePost (in the trash)",
                scene -> Ask.at(Scene.removed(scene.owner(), "posts", scene.post()))
                        .with(Map.of("body", "Tuesday")));
        row("readPost (another's draft)", scene -> Ask.at(scene.postOf(scene.another(), true)));
        row("listPostVersions", scene -> Ask.at(scene.post()));
        row("changePost", scene -> Ask.at(scene.post()).with(Map.of("body", "Tuesday")));
        row(
                "changePost (another's)",
                scene -> Ask.at(scene.postOf(scene.another(), false)).with(Map.of("body", "Tuesday")));
        row(
                "changePost (another's draft)",
                scene -> Ask.at(scene.postOf(scene.another(), true)).with(Map.of("body", "Tuesday")));
        row("publishPost", scene -> Ask.at(scene.draft()));
        row("publishPost (another's)", scene -> Ask.at(scene.postOf(scene.another(), true)));
        row("deletePost", scene -> Ask.at(scene.post()));
        row("deletePost (another's)", scene -> Ask.at(scene.postOf(scene.another(), false)));
        row("deletePost (another's draft)", scene -> Ask.at(scene.postOf(scene.another(), true)));
        row("restorePost", scene -> Ask.at(scene.removedPost()));
        row(
                "restorePost (another's)",
                scene -> Ask.at(Scene.removed(scene.another(), "posts", scene.postOf(scene.another(), false))));
    }

    private void graph() {
        row("graph:me", scene -> Ask.field("me { id }").seeks(scene.self().id().toString()));
        row("graph:project", scene -> Ask.field("project(id: ?) { id }", scene.project()));
        row(
                "graph:project (its members)",
                scene -> Ask.field("project(id: ?) { members { user { id } } }", scene.project())
                        .seeks(scene.owner().id().toString()));
        row("graph:projects", scene -> {
            String word = scene.word();
            scene.owner().api().patch("/api/projects/" + scene.project(), Map.of("name", word));
            return Ask.field("projects(text: ?) { nodes { id } }", word).seeks(scene.project());
        });
        row("graph:task", scene -> Ask.field("task(id: ?) { id }", scene.task()));
        row("graph:item", scene -> Ask.field("item(id: ?) { id }", scene.item()));
        row(
                "graph:item (another's, in no project)",
                scene -> Ask.field("item(id: ?) { id }", scene.itemOf(scene.another())));
        row("graph:calculate", _ -> Ask.field("calculate(expression: \"1 + 1\") { result }"));
        row("graph:createProject", _ -> Ask.field("createProject(input: {name: \"New\"}) { id }"));
        row(
                "graph:changeProject",
                scene -> Ask.field("changeProject(id: ?, input: {name: \"Park\"}) { id }", scene.project()));
        row("graph:deleteProject", scene -> Ask.field("deleteProject(id: ?) { id }", scene.projectAnew()));
        row(
                "graph:createTask",
                scene -> Ask.field("createTask(projectId: ?, input: {title: \"New\"}) { id }", scene.project()));
        row("graph:changeTask", scene -> Ask.field("changeTask(id: ?, input: {title: \"Hoe\"}) { id }", scene.task()));
        row("graph:completeTask", scene -> Ask.field("completeTask(id: ?) { id }", scene.task()));
        row("graph:reopenTask", scene -> Ask.field("reopenTask(id: ?) { id }", scene.task()));
        row(
                "graph:moveTask",
                scene -> Ask.field("moveTask(id: ?, sectionId: ?) { id }", scene.task(), scene.section()));
        row("graph:deleteTask", scene -> Ask.field("deleteTask(id: ?) { id }", scene.task()));
        row(
                "graph:restoreTask",
                scene -> Ask.field("restoreTask(id: ?) { id }", Scene.removed(scene.owner(), "tasks", scene.task())));
        row(
                "graph:createItem",
                scene -> Ask.field("createItem(projectId: ?, input: {name: \"New\"}) { id }", scene.project()));
        row(
                "graph:changeItem",
                scene -> Ask.field("changeItem(id: ?, input: {name: \"Screws\"}) { id }", scene.item()));
        row("graph:calculateItem", scene -> Ask.field("calculateItem(id: ?) { id }", scene.item()));
        row("graph:deleteItem", scene -> Ask.field("deleteItem(id: ?) { id }", scene.item()));
        row(
                "graph:restoreItem",
                scene -> Ask.field("restoreItem(id: ?) { id }", Scene.removed(scene.owner(), "items", scene.item())));
    }

    private void graphOfPosts() {
        row("graph:post", scene -> Ask.field("post(id: ?) { id }", scene.post()));
        row(
                "graph:post (another's draft)",
                scene -> Ask.field("post(id: ?) { id }", scene.postOf(scene.another(), true)));
        row(
                "graph:createPost",
                scene -> Ask.field("createPost(projectId: ?, input: {body: \"New\"}) { id }", scene.project()));
        row("graph:changePost", scene -> changed(scene.post()));
        row("graph:changePost (another's)", scene -> changed(scene.postOf(scene.another(), false)));
        row("graph:publishPost", scene -> Ask.field("publishPost(id: ?) { id }", scene.draft()));
        row(
                "graph:publishPost (another's)",
                scene -> Ask.field("publishPost(id: ?) { id }", scene.postOf(scene.another(), true)));
        row("graph:deletePost", scene -> Ask.field("deletePost(id: ?) { id }", scene.post()));
        row(
                "graph:deletePost (another's)",
                scene -> Ask.field("deletePost(id: ?) { id }", scene.postOf(scene.another(), false)));
        row("graph:restorePost", scene -> Ask.field("restorePost(id: ?) { id }", scene.removedPost()));
        row(
                "graph:restorePost (another's)",
                scene -> Ask.field(
                        "restorePost(id: ?) { id }",
                        Scene.removed(scene.another(), "posts", scene.postOf(scene.another(), false))));
    }

    private static Ask changed(String post) {
        return Ask.field("changePost(id: ?, input: {body: \"Tuesday\"}) { id }", post);
    }
}
