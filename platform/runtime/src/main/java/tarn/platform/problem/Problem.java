package tarn.platform.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// The one shape of an error answer: RFC 9457 problem details with a stable code.
///
/// @param type where the code is explained, relative to the server
/// @param title the status in words
/// @param status the HTTP status
/// @param code the stable code that programs may rely on
/// @param detail what was wrong, for a user
/// @param errors what was wrong where; empty when it has no error
/// @param traceId the request's id, to be found in the log
@Schema(name = "Problem")
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Problem(
        String type,
        String title,
        int status,
        String code,
        String detail,
        List<FieldError> errors,
        @Nullable String traceId) {

    /// The media type of a problem.
    public static final String MEDIA_TYPE = "application/problem+json";

    /// One thing that was wrong.
    ///
    /// @param pointer JSON pointer into the request's body, or `?name` for a query parameter
    /// @param position where in the text that is there, 0-based in UTF-16 code units; null for all of it
    @Schema(name = "FieldError")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record FieldError(
            String pointer,
            String code,
            String detail,
            @Nullable Integer position) {

        /// All that is at a error.
        public FieldError(String pointer, String code, String detail) {
            this(pointer, code, detail, null);
        }
    }

    /// The picture of a refusal.
    public static Problem of(Refusal refusal, @Nullable String traceId) {
        return of(refusal.status(), refusal.code(), refusal.detail(), refusal.places(), traceId);
    }

    public static Problem of(
            int status, String code, String detail, List<FieldError> places, @Nullable String traceId) {
        return new Problem("/docs/errors#" + code, title(status), status, code, detail, places, traceId);
    }

    /// The answer to everything unexpected: no word of what went wrong inside.
    public static Problem internal(@Nullable String traceId) {
        return of(500, "internal", "Something went wrong on our side. It has been logged.", List.of(), traceId);
    }

    /// As JSON, for where no object mapper is at hand.
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
        if (traceId != null) {
            json.put("traceId", traceId);
        }
        return json.encode();
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
