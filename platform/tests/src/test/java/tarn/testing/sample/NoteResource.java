package tarn.testing.sample;

import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;
import tarn.platform.Uuid7;
import tarn.platform.http.Idempotency;
import tarn.platform.http.MergePatch;
import tarn.platform.http.Page;
import tarn.platform.http.Version;
import tarn.platform.problem.Problem;
import tarn.platform.problem.Refusal;
import tarn.platform.security.Caller;
import tarn.platform.security.CurrentCaller;
import tarn.platform.security.OnBehalfOf;

/// Notes over HTTP.
@Path("/api/notes")
public final class NoteResource {

    private final Notes notes;
    private final Idempotency idempotency;
    private final CurrentCaller caller;
    private final OnBehalfOf onBehalfOf;
    private final MergePatch patches;
    private final Clock clock;

    NoteResource(
            Notes notes,
            Idempotency idempotency,
            CurrentCaller caller,
            OnBehalfOf onBehalfOf,
            MergePatch patches,
            Clock clock) {
        this.notes = notes;
        this.idempotency = idempotency;
        this.caller = caller;
        this.onBehalfOf = onBehalfOf;
        this.patches = patches;
        this.clock = clock;
    }

    @POST
    @RolesAllowed({"tasks:write", "service:worker", "service:lake"})
    public Response write(
            @HeaderParam("Idempotency-Key") @Nullable String key,
            @HeaderParam(OnBehalfOf.HEADER) @Nullable String user,
            @Valid @NotNull Draft draft) {
        Caller who = user == null ? caller.get() : onBehalfOf.caller(user, "tasks:write");
        return idempotency.once(who, key, "POST /api/notes", draft, () -> {
            Note note = notes.write(draft.at(Uuid7.next(clock), 1), who.id());
            switch (note.title()) {
                case "refused" -> throw new Refusal.Conflict("title-taken", "There is such a note.");
                case "broken" -> throw new IllegalStateException("a secret that must not be told");
                default -> {}
            }
            return Response.created(URI.create("/api/notes/" + note.id()))
                    .entity(View.of(note))
                    .tag(Version.tag(note.version()))
                    .build();
        });
    }

    @GET
    @RolesAllowed("tasks:read")
    public Page<View> list(
            @QueryParam("mood") Note.@Nullable Mood mood,
            @QueryParam("sort") @DefaultValue("title") String sort,
            @QueryParam("cursor") @Nullable String cursor,
            @QueryParam("limit") @Nullable Integer limit,
            @BeanParam Rest rest) {
        return notes.list(mood, sort, cursor, limit).map(View::of);
    }

    @GET
    @Path("/{id}")
    @RolesAllowed("tasks:read")
    public RestResponse<View> get(@PathParam("id") UUID id) {
        Note note = notes.get(id);
        return Version.ok(View.of(note), Version.tag(note.version()));
    }

    @PATCH
    @Path("/{id}")
    @Consumes(MergePatch.MEDIA_TYPE)
    @RolesAllowed("tasks:write")
    public RestResponse<View> change(
            @PathParam("id") UUID id, @HeaderParam("If-Match") @Nullable String ifMatch, ObjectNode patch) {
        Note after = notes.change(
                id,
                Version.expected(ifMatch),
                before -> patches.apply(Draft.of(before), patch).at(id, before.version() + 1));
        return Version.ok(View.of(after), Version.tag(after.version()));
    }

    @GET
    @Path("/caller")
    @PermitAll
    public Map<String, String> who() {
        return Map.of("id", caller.get().id().toString());
    }

    @POST
    @Path("/refusals/{status}")
    @Consumes(MediaType.WILDCARD)
    @PermitAll
    public Response refuse(@PathParam("status") int status) {
        if (status == 200) {
            return Response.ok().build();
        }
        throw refusal(status);
    }

    private static Refusal refusal(int status) {
        return switch (status) {
            case 400 -> new Refusal.Malformed("bad", "Bad.", new Problem.FieldError("?x", "bad", "Bad."));
            case 401 -> new Refusal.Unauthenticated("who", "Who?");
            case 403 -> new Refusal.Forbidden("no", "No.");
            case 404 -> new Refusal.NotFound("thing");
            case 409 -> new Refusal.Conflict("taken", "Taken.", new Problem.FieldError("/name", "taken", "Taken."));
            case 412 -> new Refusal.Outdated();
            case 422 -> new Refusal.Invalid("/name", "wrong", "Wrong.");
            case 429 -> new Refusal.TooMany(Duration.ofMillis(300));
            default -> new Refusal.Unavailable("Not now.");
        };
    }

    @GET
    @Path("/forgotten")
    public String forgotten() {
        return "an endpoint that says not who may call it";
    }

    /// Parameters that nothing is done with: they are only read.
    record Rest(
            @QueryParam("before") @Nullable Instant before,
            @QueryParam("done") @Nullable Boolean done,
            @QueryParam("writer") @Nullable UUID writer) {}

    /// What a client may send.
    record Draft(
            @NotBlank @Size(max = 200) String title,
            Note.@NotNull Mood mood,
            @Min(0) @Max(9) int rank,
            @NotNull Instant dueAt,
            boolean done,
            @Nullable List<@NotNull @Pattern(regexp = "[a-z]+", message = "must be lower case") String> tags) {

        Note at(UUID id, long version) {
            return new Note(id, title, mood, rank, dueAt, done, version);
        }

        static Draft of(Note note) {
            return new Draft(note.title(), note.mood(), note.rank(), note.dueAt(), note.done(), null);
        }
    }

    /// What a client may see.
    record View(UUID id, String title, Note.Mood mood, int rank, Instant dueAt, boolean done, long version) {

        static View of(Note note) {
            return new View(
                    note.id(), note.title(), note.mood(), note.rank(), note.dueAt(), note.done(), note.version());
        }
    }
}
