package tarn.platform.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// An error response: RFC 9457 problem details with a stable code.
///
/// @param type documentation of the code, relative to the server
/// @param title the status in words
/// @param status the HTTP status
/// @param code stable, for programs
/// @param detail what was wrong, for a user
/// @param errors errors by field; empty when none applies
/// @param id of what was made before; null but for `already-done`
/// @param traceId the request's id in the log
@Schema(name = "Problem")
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Problem(
        String type,
        String title,
        int status,
        String code,
        String detail,
        List<FieldError> errors,
        @Nullable String id,
        @Nullable String traceId) {

    /// The media type of a problem.
    public static final String MEDIA_TYPE = "application/problem+json";

    /// An error of one field or parameter.
    ///
    /// @param pointer JSON pointer into the request's body, or `?name` for a query parameter
    /// @param position of the error within the text, 0-based in UTF-16 code units; null for the
    /// whole text
    @Schema(name = "FieldError")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record FieldError(
            String pointer,
            String code,
            String detail,
            @Nullable Integer position) {

        /// An error of the whole field.
        public FieldError(String pointer, String code, String detail) {
            this(pointer, code, detail, null);
        }
    }

    /// The problem of a refusal.
    public static Problem of(Refusal refusal, @Nullable String traceId) {
        String id = refusal instanceof Refusal.AlreadyDone done ? done.id() : null;
        return of(refusal.status(), refusal.code(), refusal.detail(), refusal.fieldErrors(), id, traceId);
    }

    public static Problem of(
            int status, String code, String detail, List<FieldError> errors, @Nullable String traceId) {
        return of(status, code, detail, errors, null, traceId);
    }

    private static Problem of(
            int status,
            String code,
            String detail,
            List<FieldError> errors,
            @Nullable String id,
            @Nullable String traceId) {
        return new Problem("/docs/errors#" + code, title(status), status, code, detail, errors, id, traceId);
    }

    /// The response to an unexpected failure, without internal details.
    public static Problem internal(@Nullable String traceId) {
        return of(500, "internal", "Something went wrong on our side. It has been logged.", List.of(), traceId);
    }

    /// The problem as JSON, for places without an object mapper.
    public String json() {
        JsonObject json = new JsonObject()
                .put("type", type)
                .put("title", title)
                .put("status", status)
                .put("code", code)
                .put("detail", detail);
        if (!errors.isEmpty()) {
            JsonArray array = new JsonArray();
            errors.forEach(error -> array.add(json(error)));
            json.put("errors", array);
        }
        if (id != null) {
            json.put("id", id);
        }
        if (traceId != null) {
            json.put("traceId", traceId);
        }
        return json.encode();
    }

    /// A problem that [#json] has written.
    public static Problem parse(String json) {
        JsonObject problem = new JsonObject(json);
        List<FieldError> errors = problem.getJsonArray("errors", new JsonArray()).stream()
                .map(JsonObject.class::cast)
                .map(error -> new FieldError(
                        error.getString("pointer"),
                        error.getString("code"),
                        error.getString("detail"),
                        error.getInteger("position")))
                .toList();
        return new Problem(
                problem.getString("type"),
                problem.getString("title"),
                problem.getInteger("status"),
                problem.getString("code"),
                problem.getString("detail"),
                errors,
                problem.getString("id"),
                problem.getString("traceId"));
    }

    private static JsonObject json(FieldError error) {
        JsonObject json = new JsonObject()
                .put("pointer", error.pointer())
                .put("code", error.code())
                .put("detail", error.detail());
        return error.position() == null ? json : json.put("position", error.position());
    }

    private static String title(int status) {
        return switch (status) {
            case 400 -> "Bad Request";
            case 401 -> "Unauthorized";
            case 403 -> "Forbidden";
            case 404 -> "Not Found";
            case 405 -> "Method Not Allowed";
            case 406 -> "Not Acceptable";
            case 408 -> "Request Timeout";
            case 409 -> "Conflict";
            case 412 -> "Precondition Failed";
            case 413 -> "Content Too Large";
            case 414 -> "URI Too Long";
            case 415 -> "Unsupported Media Type";
            case 421 -> "Misdirected Request";
            case 422 -> "Unprocessable Content";
            case 429 -> "Too Many Requests";
            case 431 -> "Request Header Fields Too Large";
            case 500 -> "Internal Server Error";
            case 502 -> "Bad Gateway";
            case 503 -> "Service Unavailable";
            case 504 -> "Gateway Timeout";
            default -> String.format(Locale.ROOT, "Status %d", status);
        };
    }
}
