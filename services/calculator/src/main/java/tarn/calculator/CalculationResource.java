package tarn.calculator;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import tarn.platform.http.Text;
import tarn.platform.problem.Problem;
import tarn.platform.problem.ProblemCodes;
import tarn.platform.problem.Refusal;

/// Exact calculations over HTTP, one or a batch of 100.
@Path("/api/calculations")
@Tag(name = "calculations")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@RolesAllowed("calculations:run")
public final class CalculationResource {

    /// Why an expression has no value.
    private static final String FAULTS =
            "422 division-by-zero, exponent-not-whole, negative-root, out-of-range, syntax,"
                    + " too-costly, too-deep, too-large, too-long, too-many-digits, type-mismatch, unknown-function,"
                    + " unknown-name, wrong-argument-count";

    private static final String DECIMAL = "[+-]?[0-9]{1,100}(\\.[0-9]{1,100})?";

    @POST
    @RolesAllowed({"calculations:run", "service:tasks"})
    @Operation(
            operationId = "calculate",
            summary = "Work out an expression, exactly",
            description = "The result is a decimal with all its digits, or `true` or `false`. With `steps` "
                    + "the answer also tells what each part of the expression came to.")
    @ProblemCodes(FAULTS)
    @APIResponseSchema(value = CalculationResult.class, responseCode = "200")
    public CalculationResult calculate(@Valid @NotNull Draft draft) {
        try {
            return CalculationResult.of(draft.calculation().result());
        } catch (Fault fault) {
            throw refusal(fault);
        }
    }

    @POST
    @Path("/batch")
    @Operation(
            operationId = "calculateMany",
            summary = "Work out up to a hundred expressions, each by itself: some may succeed and some not",
            description = "Answers 207 with an outcome for each expression, in the order of the request. "
                    + "Steps can be asked for one calculation at a time only.")
    @APIResponseSchema(value = Answers.class, responseCode = "207")
    public Response calculateMany(@Valid @NotNull Drafts drafts) {
        return Response.status(207)
                .entity(new Answers(drafts.calculations().stream()
                        .map(CalculationResource::answer)
                        .toList()))
                .build();
    }

    @GET
    @Path("/operations")
    @Operation(
            operationId = "listOperations",
            summary = "The operators and functions that expressions may use",
            description = "Each with how it is written, what it does and how many arguments it takes.")
    public Operations operations() {
        List<Known> known = new ArrayList<>();
        Stream.of(Operator.values())
                .map(operator -> new Known(operator.symbol(), OperationKind.OPERATOR, operator.meaning(), 2, 2))
                .forEach(known::add);
        Stream.of(Function.values())
                .map(function -> new Known(
                        function.symbol(),
                        OperationKind.FUNCTION,
                        function.meaning(),
                        function.minArguments(),
                        function.maxArguments() == Function.MANY ? null : function.maxArguments()))
                .forEach(known::add);
        return new Operations(known);
    }

    private static CalculationAnswer answer(Draft draft) {
        if (draft.stepwise()) {
            Refusal refusal =
                    new Refusal.Invalid("/steps", "invalid", "Steps are answered for one calculation at a time.");
            return new CalculationAnswer(refusal.status(), null, Problem.of(refusal, null));
        }
        try {
            return new CalculationAnswer(
                    200, CalculationResult.of(draft.calculation().result()), null);
        } catch (Fault fault) {
            Refusal refusal = refusal(fault);
            return new CalculationAnswer(refusal.status(), null, Problem.of(refusal, null));
        }
    }

    private static Refusal refusal(Fault fault) {
        return new Refusal.Invalid(
                fault.code(),
                fault.detail(),
                List.of(new Problem.FieldError("/expression", fault.code(), fault.detail(), fault.at())));
    }

    /// A calculation as a client sends it.
    ///
    /// @param variables decimals as text, because JSON numbers are not exact everywhere
    /// @param steps whether to return the value of each part; not in a batch
    @Schema(name = "CalculationDraft")
    record Draft(
            @Schema(minLength = 1, maxLength = ExpressionParser.MAX_LENGTH, examples = "quantity * unitPrice")
            @NotNull
            @Text(min = 1, max = ExpressionParser.MAX_LENGTH, lines = true)
            String expression,

            @Size(max = 100) @Nullable
            Map<@NotNull @Text(min = 1, max = 100) String, @NotNull @Pattern(regexp = DECIMAL) String> variables,

            @Min(0) @Max(100) @Nullable Integer scale,
            @Nullable Rounding rounding,
            @Nullable Boolean steps) {

        boolean stepwise() {
            return Boolean.TRUE.equals(steps);
        }

        Calculation calculation() {
            Map<String, Rational> values = new TreeMap<>();
            if (variables != null) {
                variables.forEach((name, digits) -> values.put(name, Rational.of(new BigDecimal(digits))));
            }
            RoundingMode mode = (rounding == null ? Rounding.HALF_UP : rounding).mode;
            return new Calculation(expression, values, scale, mode, stepwise());
        }
    }

    /// How to round between two neighbours.
    enum Rounding {
        /// To the nearer one, away from 0 from the middle.
        HALF_UP(RoundingMode.HALF_UP),
        /// To the nearer one, to the even digit from the middle.
        HALF_EVEN(RoundingMode.HALF_EVEN),
        /// To the nearer one, towards 0 from the middle.
        HALF_DOWN(RoundingMode.HALF_DOWN),
        /// Away from 0.
        UP(RoundingMode.UP),
        /// Towards 0.
        DOWN(RoundingMode.DOWN),
        /// To the greater one.
        CEILING(RoundingMode.CEILING),
        /// To the lesser one.
        FLOOR(RoundingMode.FLOOR);

        private final RoundingMode mode;

        Rounding(RoundingMode mode) {
            this.mode = mode;
        }
    }

    /// A batch of calculations.
    @Schema(name = "CalculationDrafts")
    record Drafts(@NotNull @Size(min = 1, max = 100) List<@NotNull @Valid Draft> calculations) {}

    /// The result of a calculation.
    ///
    /// @param result a decimal in plain digits, or `true` or `false`
    /// @param type number or boolean
    /// @param exact whether neither rounded nor an approximation of an irrational root
    /// @param expression in canonical form
    /// @param steps if requested, the value of each part before rounding to the scale: operands
    /// first, the whole expression last
    @Schema(name = "CalculationResult")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record CalculationResult(
            String result,
            ResultType type,
            boolean exact,
            String expression,
            @Nullable List<Part> steps) {

        static CalculationResult of(Calculation.Result result) {
            return new CalculationResult(
                    result.value(),
                    result.truth() ? ResultType.TRUTH : ResultType.DECIMAL,
                    result.exact(),
                    result.canonical(),
                    result.steps() == null
                            ? null
                            : result.steps().stream().map(Part::of).toList());
        }
    }

    /// A part of an expression with its value.
    ///
    /// @param text the operator, function or name, or the literal in canonical form
    /// @param operands indices of its operands in the list
    /// @param value in full up to 300 digits, else rounded to 34, possibly with an exponent
    /// (`1.25e400`); null for the branch that an `if` did not take
    /// @param exact whether the value is exact
    /// @param position of its operator, name or literal, 0-based in UTF-16 code units
    @Schema(name = "CalculationStep")
    record Part(
            Step.StepKind kind,
            String text,
            List<Integer> operands,
            @Nullable String value,
            boolean exact,
            int position) {

        static Part of(Step step) {
            return new Part(step.kind(), step.text(), step.operands(), step.value(), step.exact(), step.at());
        }
    }

    /// The type of a result.
    enum ResultType {
        DECIMAL,
        TRUTH
    }

    /// The results of a batch, in request order.
    @Schema(name = "CalculationAnswers")
    record Answers(List<CalculationAnswer> items) {}

    /// The result of one calculation of a batch.
    ///
    /// @param result null on failure
    /// @param problem null on success
    @Schema(name = "CalculationAnswer")
    record CalculationAnswer(
            int status,
            @Nullable CalculationResult result,
            @Nullable Problem problem) {}

    /// The operators and functions of expressions.
    @Schema(name = "CalculationOperations")
    record Operations(List<Known> items) {}

    /// An operator or function.
    ///
    /// @param minArguments minimum number of arguments
    /// @param maxArguments maximum number of arguments; null for no limit
    @Schema(name = "CalculationOperation")
    record Known(
            String name,
            OperationKind kind,
            String meaning,
            int minArguments,
            @Nullable Integer maxArguments) {}

    /// Operator or function.
    enum OperationKind {
        OPERATOR,
        FUNCTION
    }
}
