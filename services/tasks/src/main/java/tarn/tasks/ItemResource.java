package tarn.tasks;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;
import tarn.platform.Invisible;
import tarn.platform.http.Idempotency;
import tarn.platform.http.MergePatch;
import tarn.platform.http.Page;
import tarn.platform.http.Text;
import tarn.platform.http.Version;
import tarn.platform.problem.Problem;
import tarn.platform.problem.ProblemCodes;
import tarn.platform.problem.Refusal;
import tarn.platform.security.Caller;
import tarn.platform.security.CurrentCaller;

/// Items and their totals over HTTP.
@Path("/api/items")
@Tag(name = "items")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public final class ItemResource {

    /// Decimals are text, because JSON numbers are not exact everywhere.
    private static final String DECIMAL = "[+-]?[0-9]{1,20}(\\.[0-9]{1,10})?";

    /// Why a formula has no value.
    private static final String FAULTS =
            "422 division-by-zero, exponent-not-whole, negative-root, out-of-range, syntax,"
                    + " too-costly, too-deep, too-large, too-long, too-many-digits, type-mismatch, unknown-function,"
                    + " unknown-name, wrong-argument-count";

    private final Items items;
    private final CurrentCaller caller;
    private final MergePatch patch;
    private final Idempotency idempotency;

    ItemResource(Items items, CurrentCaller caller, MergePatch patch, TasksDatabase database) {
        this.items = items;
        this.caller = caller;
        this.patch = patch;
        this.idempotency = database.idempotency();
    }

    @GET
    @RolesAllowed("tasks:read")
    @Operation(
            operationId = "listItems",
            summary = "Items of the caller's projects, and the caller's own",
            description = "Those of all projects that the caller is in, and those in no project that the "
                    + "caller made. Deleted ones are left out unless they are asked for.")
    public Page<View> list(
            @QueryParam("project") Project.@Nullable Id project,
            @Parameter(description = "Only the caller's own, which are in no project")
                    @QueryParam("own")
                    @DefaultValue("false")
                    Boolean own,
            @QueryParam("text") @Text(max = 200) @Nullable String text,
            @QueryParam("deleted") @DefaultValue("false") Boolean deleted,
            @QueryParam("sort") @DefaultValue("createdAt") String sort,
            @QueryParam("cursor") @Nullable String cursor,
            @QueryParam("limit") @Nullable Integer limit) {
        return items.of(caller.get(), new ItemStore.Filter(project, own, text, deleted), sort, cursor, limit)
                .map(View::of);
    }

    @POST
    @RolesAllowed("tasks:write")
    @Operation(
            operationId = "createItem",
            summary = "Create an item; a name is enough",
            description = "The total is worked out at once. While the calculator does not answer, the item "
                    + "is kept with a total that is pending.")
    @ProblemCodes({"404 not-found", FAULTS, "422 not-a-number, unknown"})
    @APIResponseSchema(value = View.class, responseCode = "201")
    public Response create(@HeaderParam("Idempotency-Key") @Nullable String key, @Valid @NotNull Draft draft) {
        Caller user = caller.get();
        return idempotency.once(user, key, "POST /api/items", draft, () -> items.price(draft.content()), priced -> {
            Item item = items.create(user, draft.project(), priced);
            return Response.created(URI.create("/api/items/" + item.id().value()))
                    .entity(View.of(item))
                    .tag(Version.tag(item.version()))
                    .build();
        });
    }

    @GET
    @Path("/sums")
    @RolesAllowed("tasks:read")
    @Operation(
            operationId = "sumItems",
            summary = "What the items of a project, or one's own, come to, by currency",
            description =
                    "One sum for each currency, and one for items that have none. Say either " + "`project` or `own`.")
    @ProblemCodes("404 not-found")
    public Sums sums(
            @QueryParam("project") Project.@Nullable Id project,
            @Parameter(description = "Those of the caller's own, which are in no project")
                    @QueryParam("own")
                    @DefaultValue("false")
                    Boolean own) {
        if ((project == null) != own) {
            String detail = "Say of which project, or that it is of your own.";
            throw new Refusal.Malformed("invalid", detail, new Problem.FieldError("?project", "exactly-one", detail));
        }
        List<ItemStore.Sum> sums = project == null ? items.ownSums(caller.get()) : items.sums(caller.get(), project);
        return new Sums(sums.stream().map(Sum::of).toList());
    }

    @GET
    @Path("/{id}")
    @RolesAllowed("tasks:read")
    @Operation(
            operationId = "readItem",
            summary = "One item, also in the trash: deletedAt says so",
            description = "With its total, where it is known.")
    @APIResponseSchema(View.class)
    public RestResponse<View> read(@PathParam("id") Item.Id id) {
        return answer(items.item(caller.get(), id));
    }

    @PATCH
    @Path("/{id}")
    @Consumes({MergePatch.MEDIA_TYPE, MediaType.APPLICATION_JSON})
    @RolesAllowed("tasks:write")
    @Operation(
            operationId = "changeItem",
            summary = "Change what is sent, leave the rest",
            description = "A merge-patch: what is not sent stays. The total is worked out anew. An item "
                    + "stays in its project.")
    @ProblemCodes({"409 in-trash", FAULTS, "422 immutable, not-a-number, unknown"})
    @RequestBody(content = @Content(schema = @Schema(implementation = Draft.class)))
    @APIResponseSchema(View.class)
    public RestResponse<View> change(
            @PathParam("id") Item.Id id,
            @HeaderParam("If-Match") @Nullable String ifMatch,
            @NotNull ObjectNode changes) {
        if (changes.has("projectId")) {
            throw new Refusal.Invalid("/projectId", "immutable", "An item stays where it is.");
        }
        return answer(items.change(
                caller.get(),
                id,
                Version.expected(ifMatch),
                content -> patch.apply(Draft.of(content), changes).content()));
    }

    @PUT
    @Path("/{id}/calculation")
    @RolesAllowed("tasks:write")
    @Operation(
            operationId = "calculateItem",
            summary = "Work out a total that is still pending",
            description = "Asks the calculator again; an item whose total is known stays as it is.")
    @ProblemCodes({"409 in-trash", "412 version-mismatch"})
    @APIResponseSchema(View.class)
    public RestResponse<View> calculate(@PathParam("id") Item.Id id) {
        return answer(items.complete(caller.get(), id));
    }

    @DELETE
    @Path("/{id}")
    @RolesAllowed("tasks:write")
    @Operation(operationId = "deleteItem", summary = "Put an item in the trash", description = "It can be restored.")
    @APIResponse(responseCode = "204", description = "It is in the trash")
    public void delete(@PathParam("id") Item.Id id, @HeaderParam("If-Match") @Nullable String ifMatch) {
        items.delete(caller.get(), id, Version.expected(ifMatch));
    }

    @PUT
    @Path("/{id}/restoration")
    @RolesAllowed("tasks:write")
    @Operation(
            operationId = "restoreItem",
            summary = "Take an item out of the trash",
            description = "An item that is not in the trash stays as it is.")
    @APIResponseSchema(View.class)
    public RestResponse<View> restore(@PathParam("id") Item.Id id) {
        return answer(items.restore(caller.get(), id));
    }

    private static RestResponse<View> answer(Item item) {
        return Version.ok(View.of(item), Version.tag(item.version()));
    }

    /// An item as a client sends it.
    ///
    /// @param projectId null for an item that only its creator sees
    /// @param formula an expression over `quantity` and `unitPrice`; their product by default
    @Schema(name = "ItemDraft")
    record Draft(
            @Nullable UUID projectId,

            @Schema(minLength = 1, maxLength = 200, examples = "Sample") @NotNull @Text(min = 1, max = 200, name = true)
            String name,

            @Schema(maxLength = 20_000, description = "Markdown") @Text(max = 20_000, lines = true) @Nullable
            String description,

            @Schema(examples = "2.5") @Pattern(regexp = DECIMAL) @Nullable
            String quantity,

            @Schema(maxLength = 30, examples = "h") @Text(max = 30, name = true) @Nullable
            String unit,

            @Schema(examples = "19.90") @Pattern(regexp = DECIMAL) @Nullable
            String unitPrice,

            @Schema(description = "ISO 4217", examples = "EUR") @Pattern(regexp = "[A-Z]{3}") @Nullable
            String currency,

            @Schema(maxLength = 1_000, examples = Item.USUAL_FORMULA)
            @Text(min = 1, max = 1_000, lines = true)
            @Nullable
            String formula) {

        static Draft of(Item.Content content) {
            return new Draft(
                    null,
                    content.name(),
                    content.description(),
                    content.quantity().toPlainString(),
                    content.unit(),
                    content.unitPrice().toPlainString(),
                    content.currency() == null ? null : content.currency().getCurrencyCode(),
                    content.formula());
        }

        Project.@Nullable Id project() {
            return projectId == null ? null : new Project.Id(projectId);
        }

        Item.Content content() {
            return new Item.Content(
                    Invisible.normalized(name),
                    Objects.requireNonNullElse(description, ""),
                    quantity == null ? BigDecimal.ONE : new BigDecimal(quantity),
                    unit == null ? "" : Invisible.normalized(unit),
                    unitPrice == null ? BigDecimal.ZERO : new BigDecimal(unitPrice),
                    currency == null ? null : currency(currency),
                    Objects.requireNonNullElse(formula, Item.USUAL_FORMULA));
        }

        private static Currency currency(String code) {
            try {
                return Currency.getInstance(code);
            } catch (IllegalArgumentException unknown) {
                throw new Refusal.Invalid("/currency", "unknown", "There is no such currency in ISO 4217.");
            }
        }
    }

    /// An item as a client sees it.
    ///
    /// @param total with all digits; null until the calculator has computed it
    /// @param totalExact whether not rounded
    @Schema(name = "ItemView")
    record View(
            UUID id,
            @Nullable UUID projectId,
            String name,
            String description,
            String quantity,
            String unit,
            String unitPrice,
            @Nullable String currency,
            String formula,
            @Nullable String total,
            Item.TotalState totalState,
            boolean totalExact,
            UUID createdBy,
            Instant createdAt,
            Instant updatedAt,

            @Schema(description = "Who changed it last; null when that is not known.") @Nullable
            UUID updatedBy,

            @Nullable Instant deletedAt,
            long version) {

        static View of(Item item) {
            Currency currency = item.content().currency();
            BigDecimal total = item.total().value();
            return new View(
                    item.id().value(),
                    item.project() == null ? null : item.project().value(),
                    item.content().name(),
                    item.content().description(),
                    item.content().quantity().toPlainString(),
                    item.content().unit(),
                    item.content().unitPrice().toPlainString(),
                    currency == null ? null : currency.getCurrencyCode(),
                    item.content().formula(),
                    total == null ? null : total.toPlainString(),
                    item.total().state(),
                    item.total().exact(),
                    item.createdBy(),
                    item.createdAt(),
                    item.updatedAt(),
                    item.updatedBy(),
                    item.deletedAt(),
                    item.version());
        }
    }

    /// The totals of a project's items by currency.
    @Schema(name = "ItemSums")
    record Sums(List<Sum> items) {}

    /// The total of the items in one currency.
    ///
    /// @param currency null for items that are not money
    /// @param total of the items with a known total
    /// @param exact whether none of these is rounded
    /// @param items number of items
    /// @param unknown number of items without a total
    @Schema(name = "ItemSum")
    record Sum(@Nullable String currency, String total, boolean exact, int items, int unknown) {

        static Sum of(ItemStore.Sum sum) {
            return new Sum(
                    sum.currency() == null ? null : sum.currency().getCurrencyCode(),
                    sum.total().toPlainString(),
                    sum.exact(),
                    sum.items(),
                    sum.unknown());
        }
    }
}
