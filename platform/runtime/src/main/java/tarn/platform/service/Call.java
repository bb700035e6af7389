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

/// One call to another service: first how, then what.
///
/// ```java
/// services.to("library").get("/internal/library/books/1", Book.class)
/// services.to("printer").repeatable().post("/internal/printer/pages", draft, Page.class)
/// services.inBackgroundTo("printer").idempotent(key).post("/internal/printer/jobs", job, Job.class)
/// ```
///
/// It may be kept, and made by any thread. Without more it is made as this service, with the usual [CallTimeout].
public final class Call {

    /// What a service answers, below 500.
    ///
    /// @param body JSON; missing when there is none
    /// @param length of the body as text, in characters
    public record Answer(int status, JsonNode body, int length) {

        /// Whether the service did what it was asked to.
        public boolean isWell() {
            return status / 100 == 2;
        }
    }

    /// Who makes the call.
    @FunctionalInterface
    interface Credential {

        /// The `Authorization` it is made with; null for nobody's.
        ///
        /// @param end until when it is waited for, by [System#nanoTime]
        /// @throws Refusal.Unavailable when it is not there by then
        @Nullable
        String by(long end);
    }

    /// Methods that may do something twice when they are sent twice.
    private static final Set<String> CHANGING = Set.of("POST", "PATCH");

    private final ServiceChannel channel;
    private final Inbound.Passing passing;
    private final ObjectMapper mapper;
    private final Credential credential;
    private final Map<String, String> headers;
    private final CallTimeout timeout;
    private final boolean repeatable;

    Call(
            ServiceChannel channel,
            Inbound.Passing passing,
            ObjectMapper mapper,
            Credential credential,
            CallTimeout timeout) {
        this(channel, passing, mapper, credential, passing.headers(), timeout, false);
    }

    private Call(
            ServiceChannel channel,
            Inbound.Passing passing,
            ObjectMapper mapper,
            Credential credential,
            Map<String, String> headers,
            CallTimeout timeout,
            boolean repeatable) {
        this.channel = channel;
        this.passing = passing;
        this.mapper = mapper;
        this.credential = credential;
        this.headers = headers;
        this.timeout = timeout;
        this.repeatable = repeatable;
    }

    /// The call with another timeout. Whoever waits for this service may still have less.
    public Call within(CallTimeout timeout) {
        return new Call(channel, passing, mapper, credential, headers, timeout, repeatable);
    }

    /// The call with this `Authorization`: that of the user who is served.
    public Call as(String authorization) {
        return new Call(channel, passing, mapper, _ -> authorization, headers, timeout, repeatable);
    }

    /// The call as this service, for the user whose `Authorization` this is: the other side sees both.
    public Call onBehalfOf(String authorization) {
        return with(OnBehalfOf.HEADER, authorization);
    }

    /// The call, which is refused when what it changes is another version by then.
    public Call ifMatch(long version) {
        return with("If-Match", "\"" + version + "\"");
    }

    private Call with(String header, String value) {
        Map<String, String> more = new HashMap<>(headers);
        more.put(header, value);
        return new Call(channel, passing, mapper, credential, more, timeout, repeatable);
    }

    /// The call as nobody.
    public Call anonymously() {
        return new Call(channel, passing, mapper, _ -> null, headers, timeout, repeatable);
    }

    /// The call, which does no harm when it is made twice though its method is POST.
    public Call repeatable() {
        return new Call(channel, passing, mapper, credential, headers, timeout, true);
    }

    /// The call, whose work is done once however often it is made with this key within a day, also by POST.
    ///
    /// The key is this service's, and for [#onBehalfOf] one user: no other service and no user has the same. With
    /// [#as] it is the user's own: pass on only what the user has sent.
    public Call idempotent(String key) {
        return with("Idempotency-Key", key).repeatable();
    }

    /// Reads something.
    ///
    /// @throws Refusal.NotFound when it is not there
    /// @throws Refusal.Unavailable when the service does not answer in time, or not well
    public <T> T get(String path, Class<T> type) {
        return read(ask("GET", path, null), type);
    }

    /// Asks for something.
    ///
    /// @param body anything that is JSON; null for none
    /// @throws Refusal.NotFound when the service knows nothing of it
    /// @throws Refusal.Unavailable when the service does not answer in time, or not well
    public <T> T post(String path, @Nullable Object body, Class<T> type) {
        return read(ask("POST", path, body), type);
    }

    /// Removes something.
    ///
    /// @throws Refusal.Conflict when it cannot be removed as things are, as the service puts it
    /// @throws Refusal.Unavailable when the service does not answer in time, or not well
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

    /// Makes the call and gives its answer whatever it is, so that the caller can say what a refusal means.
    ///
    /// @throws Refusal.Unavailable when the service does not answer in time, or with a fault of its own
    public Answer ask(String method, String path, @Nullable Object body) {
        // What is bound to a version and was done would be refused the second time.
        boolean again = (repeatable || !CHANGING.contains(method)) && !headers.containsKey("If-Match");
        long end = passing.end(timeout);
        ServiceChannel.Raw answer = channel.call(request(method, path, body, end), timeout, end, again);
        try {
            return new Answer(
                    answer.status(),
                    mapper.readTree(answer.body()),
                    answer.body().length());
        } catch (IOException foreign) {
            throw channel.unavailable();
        }
    }

    private HttpRequest.Builder request(String method, String path, @Nullable Object body, long end) {
        HttpRequest.Builder request = channel.request(path)
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
            throw new Refusal.Malformed("malformed", "That is no text that can be sent.");
        }
    }

    private <T> T read(Answer answer, Class<T> type) {
        if (answer.status() == 404) {
            throw new Refusal.NotFound("resource");
        }
        if (!answer.isWell()) {
            throw channel.unavailable();
        }
        try {
            return mapper.treeToValue(answer.body(), type);
        } catch (JsonProcessingException foreign) {
            throw channel.unavailable();
        }
    }
}
