package tarn.tasks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import tarn.testing.FakeService;
import tarn.testing.FakeService.CannedAnswer;
import tarn.testing.FakeService.ReceivedRequest;

/// The part of posts that tasks asks: keeps imported posts, which `GET /kept` tells, and refuses those
/// of discarded imports. `POST /away` lets the next requests fail.
public final class KeepingPosts implements QuarkusTestResourceLifecycleManager {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int FAILURES = 3;

    private final Map<String, JsonNode> kept = new ConcurrentHashMap<>();
    private final Set<String> discarded = ConcurrentHashMap.newKeySet();
    private final AtomicInteger failures = new AtomicInteger();
    private final FakeService posts = new FakeService()
            .on("POST", "/internal/posts/imported", this::create)
            .on("POST", "/internal/posts/imported/announcements", this::announce)
            .on("POST", "/internal/posts/imported/removals", this::remove)
            .on("POST", "/away", _ -> {
                failures.set(FAILURES);
                return CannedAnswer.of(204);
            })
            .on("GET", "/kept", _ -> answerKept());

    @Override
    public Map<String, String> start() {
        return Map.of("tarn.route.posts", posts.url().toString());
    }

    @Override
    public void stop() {
        posts.close();
    }

    private synchronized CannedAnswer create(ReceivedRequest asked) {
        if (isAway()) {
            return CannedAnswer.of(503);
        }
        JsonNode draft = parsed(asked);
        if (discarded.contains(projectOf(draft))) {
            return CannedAnswer.ok("{\"created\": false}");
        }
        draft.path("posts").forEach(post -> ((ObjectNode) post).put("projectId", projectOf(draft)));
        draft.path("posts").forEach(post -> kept.putIfAbsent(post.path("id").asText(), post));
        return CannedAnswer.ok("{\"created\": true}");
    }

    private synchronized CannedAnswer announce(ReceivedRequest asked) {
        if (isAway()) {
            return CannedAnswer.of(503);
        }
        kept.values().forEach(post -> {
            if (projectOf(post).equals(projectOf(parsed(asked)))) {
                ((ObjectNode) post).put("announced", true);
            }
        });
        return CannedAnswer.ok("{\"counts\": {}, \"more\": false}");
    }

    private synchronized CannedAnswer remove(ReceivedRequest asked) {
        if (isAway()) {
            return CannedAnswer.of(503);
        }
        discarded.add(projectOf(parsed(asked)));
        kept.values().removeIf(post -> !post.has("announced") && projectOf(post).equals(projectOf(parsed(asked))));
        return CannedAnswer.ok("{\"counts\": {}, \"more\": false}");
    }

    private synchronized CannedAnswer answerKept() {
        return CannedAnswer.ok(JSON.createArrayNode().addAll(kept.values()).toString());
    }

    private boolean isAway() {
        return failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
    }

    private static String projectOf(JsonNode node) {
        return node.path("projectId").asText();
    }

    private static JsonNode parsed(ReceivedRequest asked) {
        try {
            return JSON.readTree(asked.body());
        } catch (JsonProcessingException foreign) {
            throw new IllegalStateException(foreign);
        }
    }
}
