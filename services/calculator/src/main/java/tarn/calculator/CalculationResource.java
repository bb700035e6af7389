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
import tarn.platform.problem.Refusal;

/// Calculations over HTTP.
@Path("/api/calculations")
@Tag(name = "calculations")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@RolesAllowed("calculations:run")
public final class CalculationResource {

    private static final String DECIMAL = "[+-]?[0-9]{1,100}(\\.[0-9]{1,100})?";

    @POST
    @RolesAllowed({"calculations:run", "service:tasks"})
    @Operation(operationId = "calculate", summary = "Work out an expression, exactly")
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
            summary = "Work out up to a hundred expressions, each by itself: some may succeed and some not")
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
    @Operation(operationId = "listOperations", summary = "The operators and functions that expressions may use")
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
                        function.fewest(),
                        function.most() == Function.MANY ? null : function.most()))
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

    /// What a client may ask.
    ///
    /// @param variables decimals as text: a number of JSON would not stay exact everywhere
    /// @param steps whether to answer what each part of the expression came to; not in a batch
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

    /// Which of two neighbours a number is rounded to.
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

    /// Many calculations.
    @Schema(name = "CalculationDrafts")
    record Drafts(@NotNull @Size(min = 1, max = 100) List<@NotNull @Valid Draft> calculations) {}

    /// What an expression came to.
    ///
    /// @param result a decimal in plain digits, or `true` or `false`
    /// @param type which of both
    /// @param exact whether it is the very value: not rounded, not near an irrational root
    /// @param expression the expression, in the one way in which it is written
    /// @param steps when they were asked for, what each part came to before the scale: operands first, the whole
    ///     expression last
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

    /// A part of an expression, and what it came to.
    ///
    /// @param text the operator, the function or the name, or a literal without what makes no difference
    /// @param operands where in the list its operands are
    /// @param value in full up to 300 digits, else rounded to 34 and maybe with an exponent (`1.25e400`); null
    ///     when it was not needed: the branch that an `if` did not take
    /// @param exact whether that is the very value
    /// @param position where its operator, name or literal begins, 0-based in UTF-16 code units
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

    /// What kind of value a result is.
    enum ResultType {
        DECIMAL,
        TRUTH
    }

    /// What became of each calculation, in the order they were sent.
    @Schema(name = "CalculationAnswers")
    record Answers(List<CalculationAnswer> items) {}

    /// What became of one calculation.
    ///
    /// @param result when it succeeded
    /// @param problem when it did not
    @Schema(name = "CalculationAnswer")
    record CalculationAnswer(
            int status,
            @Nullable CalculationResult result,
            @Nullable Problem problem) {}

    /// What expressions may use.
    @Schema(name = "CalculationOperations")
    record Operations(List<Known> items) {}

    /// An operator or a function.
    ///
    /// @param arguments how many it takes at least
    /// @param mostArguments how many it takes at most; null when there is no end
    @Schema(name = "CalculationOperation")
    record Known(
            String name,
            OperationKind kind,
            String meaning,
            int arguments,
            @Nullable Integer mostArguments) {}

    /// How it is written.
    enum OperationKind {
        OPERATOR,
        FUNCTION
    }
}
