package tarn.platform.service;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tarn.platform.problem.Refusal;
import tarn.platform.security.OnBehalfOf;

/// One call to another service, immutable and shareable: first its options, then the request.
///
/// ```java
/// services.to("library").get("/internal/library/books/1", Book.class)
/// services.to("printer").repeatable().post("/internal/printer/pages", draft, Page.class)
/// services.inBackgroundTo("printer").idempotent(key).post("/internal/printer/jobs", job, Job.class)
/// ```
///
/// By default it is made as this service, within [CallTimeout#USUAL].
public final class Call {

    /// A response with a status below 500.
    ///
    /// @param body JSON; a missing node when empty
    /// @param length of the body in characters
    public record Answer(int status, JsonNode body, int length) {

        /// Whether the status is a success.
        public boolean isSuccessful() {
            return status / 100 == 2;
        }
    }

    /// Supplies the `Authorization` of a call.
    @FunctionalInterface
    interface Credential {

        /// The `Authorization`; null for an anonymous call.
        ///
        /// @param end deadline by [System#nanoTime]
        /// @throws Refusal.Unavailable when it is not obtained in time
        @Nullable
        String by(long end);
    }

    /// Methods that are not idempotent.
    private static final Set<String> CHANGING = Set.of("POST", "PATCH");

    private final ServiceChannel channel;
    private final ContextPropagation.PropagatedContext propagated;
    private final ObjectMapper mapper;
    private final Credential credential;
    private final Map<String, String> headers;
    private final CallTimeout timeout;
    private final boolean repeatable;

    Call(
            ServiceChannel channel,
            ContextPropagation.PropagatedContext propagated,
            ObjectMapper mapper,
            Credential credential,
            CallTimeout timeout) {
        this(channel, propagated, mapper, credential, propagated.headers(), timeout, false);
    }

    private Call(
            ServiceChannel channel,
            ContextPropagation.PropagatedContext propagated,
            ObjectMapper mapper,
            Credential credential,
            Map<String, String> headers,
            CallTimeout timeout,
            boolean repeatable) {
        this.channel = channel;
        this.propagated = propagated;
        this.mapper = mapper;
        this.credential = credential;
        this.headers = headers;
        this.timeout = timeout;
        this.repeatable = repeatable;
    }

    /// The call with another timeout; the deadline of the current request still applies.
    public Call within(CallTimeout timeout) {
        return new Call(channel, propagated, mapper, credential, headers, timeout, repeatable);
    }

    /// The call with the `Authorization` of the user who is served.
    public Call as(String authorization) {
        return new Call(channel, propagated, mapper, _ -> authorization, headers, timeout, repeatable);
    }

    /// The call as this service on behalf of the user with this `Authorization`; the callee sees
    /// both.
    public Call onBehalfOf(String authorization) {
        return with(OnBehalfOf.HEADER, authorization);
    }

    /// The call with `If-Match`, refused when the resource has another version.
    public Call ifMatch(long version) {
        return with("If-Match", "\"" + version + "\"");
    }

    private Call with(String header, String value) {
        Map<String, String> more = new HashMap<>(headers);
        more.put(header, value);
        return new Call(channel, propagated, mapper, credential, more, timeout, repeatable);
    }

    /// The call without credential.
    public Call anonymously() {
        return new Call(channel, propagated, mapper, _ -> null, headers, timeout, repeatable);
    }

    /// The call marked as safe to retry although its method is POST.
    public Call repeatable() {
        return new Call(channel, propagated, mapper, credential, headers, timeout, true);
    }

    /// The call with an idempotency key, valid for 24 hours, which makes POST safe to retry.
    ///
    /// The key's namespace is this service, with [#onBehalfOf] this service and the user, with
    /// [#as] the user: pass on only a key that the user has sent.
    public Call idempotent(String key) {
        return with("Idempotency-Key", key).repeatable();
    }

    /// Sends a GET.
    ///
    /// @throws Refusal.NotFound when the resource does not exist
    /// @throws Refusal.Unavailable when the service fails or does not respond in time
    public <T> T get(String path, Class<T> type) {
        return read(ask("GET", path, null), type);
    }

    /// Sends a POST.
    ///
    /// @param body anything that is JSON; null for none
    /// @throws Refusal.NotFound when the resource does not exist
    /// @throws Refusal.Unavailable when the service fails or does not respond in time
    public <T> T post(String path, @Nullable Object body, Class<T> type) {
        return read(ask("POST", path, body), type);
    }

    /// Sends a DELETE.
    ///
    /// @throws Refusal.Conflict with the service's detail when it refuses
    /// @throws Refusal.Unavailable when the service fails or does not respond in time
    public void delete(String path) {
        Answer answer = ask("DELETE", path, null);
        if (answer.status() == 409) {
            throw new Refusal.Conflict(
                    answer.body().path("code").asText(),
                    answer.body().path("detail").asText());
        }
        if (answer.status() != 204) {
            throw channel.unavailable();
        }
    }

    /// Sends a request and returns its response whatever its status, so that the caller can
    /// interpret a refusal.
    ///
    /// @throws Refusal.Unavailable when the service fails or does not respond in time
    public Answer ask(String method, String path, @Nullable Object body) {
        // What is bound to a version and was done would be refused the second time.
        boolean again = (repeatable || !CHANGING.contains(method)) && !headers.containsKey("If-Match");
        long end = propagated.deadlineFor(timeout);
        ServiceChannel.Raw answer = channel.call(path, request(method, body, end), timeout, end, again);
        try {
            return new Answer(
                    answer.status(),
                    mapper.readTree(answer.body()),
                    answer.body().length());
        } catch (IOException foreign) {
            throw channel.unavailable();
        }
    }

    private HttpRequest.Builder request(String method, @Nullable Object body, long end) {
        HttpRequest.Builder request = HttpRequest.newBuilder()
                .method(method, json(body))
                .header("Accept", "application/json")
                .header("Content-Type", "application/json");
        headers.forEach(request::header);
        String authorization = credential.by(end);
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        return request;
    }

    private HttpRequest.BodyPublisher json(@Nullable Object body) {
        try {
            return body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofByteArray(mapper.writeValueAsBytes(body));
        } catch (JsonProcessingException unsendable) {
            // Half of a pair of UTF-16, which is no text.
            throw new Refusal.Malformed("malformed", "This text cannot be sent.");
        }
    }

    private <T> T read(Answer answer, Class<T> type) {
        if (answer.status() == 404) {
            throw new Refusal.NotFound("resource");
        }
        if (!answer.isSuccessful()) {
            throw channel.unavailable();
        }
        try {
            return mapper.treeToValue(answer.body(), type);
        } catch (JsonProcessingException foreign) {
            throw channel.unavailable();
        }
    }
}
