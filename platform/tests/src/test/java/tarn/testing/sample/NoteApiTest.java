package tarn.testing.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jooq.Record;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tarn.platform.database.ServiceDatabase;
import tarn.platform.http.Idempotency;
import tarn.platform.problem.Refusal;
import tarn.platform.security.Caller;
import tarn.platform.service.Routes;
import tarn.testing.Api;
import tarn.testing.DatabaseResource;
import tarn.testing.SettableClock;
import tarn.testing.SignedTokens;

/// What the platform gives to every service, seen over HTTP.
@QuarkusTest
@WithTestResource(value = DatabaseResource.class, initArgs = @ResourceArg(name = "services", value = "sample"))
final class NoteApiTest {

    private static final String NOTES = "/api/notes";
    private static final UUID ADA = UUID.fromString("0190a000-0000-7000-8000-00000000000a");
    private static final UUID BOB = UUID.fromString("0190a000-0000-7000-8000-00000000000b");

    @Inject
    SignedTokens tokens;

    @Inject
    SettableClock clock;

    @Inject
    ServiceDatabase database;

    @Inject
    Idempotency idempotency;

    @Inject
    Routes routes;

    private Api ada;

    @BeforeEach
    void signIn() {
        ada = Api.here().bearer(tokens.session(ADA));
        database.sql().execute("delete from sample.note");
        database.sql().execute("select sample.outbox_delete_taken('{}', '{}', 'infinity', 1000000)");
        database.sql().execute("delete from sample.idempotency_key");
    }

    @Test
    void aServiceFindsItselfWhenItIsNotElsewhere() {
        URI here = URI.create(ConfigProvider.getConfig().getValue("test.url", String.class));

        assertThat(routes.here().getPort()).isEqualTo(here.getPort());
    }

    @Test
    void callersAreWhoTheirTokenSays() {
        assertThat(ada.get(NOTES + "/caller").at("/id")).isEqualTo(ADA.toString());
        assertThat(ada.get(NOTES).status()).isEqualTo(200);
        assertThat(ada.get(NOTES).status()).isEqualTo(200);
    }

    @Test
    void strangersAreAskedWhoTheyAre() {
        for (Api stranger : List.of(
                Api.here(),
                Api.here().bearer("nonsense"),
                Api.here().cookie("tarn_session", "nonsense"),
                Api.here().header("Authorization", "Basic YTpi"))) {
            Api.Answer answer = stranger.header("X-Request-Id", "r-1").get(NOTES);

            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.code()).isEqualTo("unauthenticated");
            assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer");
            assertThat(answer.at("/traceId")).isEqualTo("r-1");
        }
        assertThat(Api.here().get(NOTES + "/caller").code()).isEqualTo("unauthenticated");
    }

    @Test
    void expiredTokensAreNoLongerHonoured() {
        clock.advance(Duration.ofMinutes(5));

        assertThat(ada.get(NOTES).status()).isEqualTo(401);
    }

    @Test
    void scopesLimitWhatAProgramMayDo() {
        Api reader = Api.here().bearer(tokens.program(ADA, "tasks:read"));

        assertThat(reader.get(NOTES).status()).isEqualTo(200);
        assertForbidden(reader.post(NOTES, draft("Tea")));
        assertForbidden(Api.here().bearer(tokens.service("worker")).get(NOTES));
    }

    @Test
    void anEndpointThatForgotToSayWhoMayCallItIsClosed() {
        assertForbidden(ada.get(NOTES + "/forgotten"));
    }

    private static void assertForbidden(Api.Answer answer) {
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.code()).isEqualTo("forbidden");
    }

    @ParameterizedTest
    @CsvSource({
        "400, bad",
        "401, who",
        "403, no",
        "404, not-found",
        "409, taken",
        "412, version-mismatch",
        "422, wrong",
        "429, too-many-requests",
        "503, unavailable"
    })
    void everyRefusalIsAProblem(int status, String code) {
        Api.Answer answer = ada.header("X-Request-Id", "r-2").post(NOTES + "/refusals/" + status);

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.code()).isEqualTo(code);
        assertThat(answer.at("/type")).isEqualTo("/docs/errors#" + code);
        assertThat(answer.at("/status")).isEqualTo(String.valueOf(status));
        assertThat(answer.at("/title")).isNotEmpty().doesNotContain("Status");
        assertThat(answer.at("/detail")).isNotEmpty();
        assertThat(answer.at("/traceId")).isEqualTo("r-2");
        assertThat(answer.header("Retry-After")).isEqualTo(status == 429 || status == 503 ? "1" : "");
        assertThat(answer.json().has("errors")).isEqualTo(List.of(400, 409, 422).contains(status));
    }

    @Test
    void aBugIsToldToNobody() {
        Api.Answer answer = ada.header("X-Request-Id", "r-3").post(NOTES, draft("broken"));

        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.code()).isEqualTo("internal");
        assertThat(answer.at("/traceId")).isEqualTo("r-3");
        assertThat(answer.body()).doesNotContain("secret", "Exception", "tarn.testing");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /nowhere, 404, not-found",
        "GET, /api/notes/nowhere, 404, not-found",
        "GET, /api/notes/0190a000-0000-7000-8000-0000000000ff, 404, not-found",
        "DELETE, /api/notes, 405, method-not-allowed",
        "PUT, /api/notes, 405, method-not-allowed"
    })
    void whatTheFrameworkRefusesIsAProblemToo(String method, String path, int status, String code) {
        Api.Answer answer = switch (method) {
            case "DELETE" -> ada.delete(path);
            case "PUT" -> ada.put(path, Map.of());
            default -> ada.get(path);
        };

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.code()).isEqualTo(code);
    }

    @Test
    void otherMediaTypesAreRefused() {
        assertThat(ada.header("Content-Type", "text/plain").post(NOTES, "tea").code())
                .isEqualTo("unsupported-media-type");
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', textBlock = """
                    {"title":                                             ; 400; malformed-json;
                    []                                                    ; 400; malformed-json;
                    {"title":1}                                           ; 400; invalid;        /title
                    {"title":"a","mood":"glad","rank":1,"dueAt":"2026-01-31T12:00:00Z","done":false,"colour":"red"} ; 400; invalid; /colour
                    {"title":"a","mood":"angry"}                          ; 400; invalid;        /mood
                    {"title":"","mood":"glad","rank":0,"dueAt":"2026-01-31T12:00:00Z","done":false} ; 422; invalid; /title
                    {"title":"a","mood":"glad","rank":10,"dueAt":"2026-01-31T12:00:00Z","done":false} ; 422; invalid; /rank
                    {"title":"a","mood":"glad","rank":1,"dueAt":"2026-01-31T12:00:00Z","done":false,"tags":["a","B"]} ; 422; invalid; /tags/1
                    null                                                  ; 422; invalid;        ``
                    """)
    void badBodiesAreRefusedWithThePlace(String body, int status, String code, String pointer) {
        Api.Answer answer = ada.post(NOTES, body);

        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.code()).isEqualTo(code);
        assertThat(answer.at("/errors/0/pointer")).isEqualTo(pointer == null ? "" : pointer);
    }

    @Test
    void noBodyIsRefused() {
        Api.Answer answer = ada.header("Content-Type", "application/json").post(NOTES);

        assertThat(answer.status() + " " + answer.code()).isEqualTo("422 invalid");
    }

    @ParameterizedTest
    @CsvSource({
        "page=1, ?page, unknown-parameter",
        "Sort=title, ?Sort, unknown-parameter",
        "limit=1&limit=2, ?limit, repeated-parameter",
        "sort=%ff, ?sort, wrong-type",
        "limit=many, ?limit, wrong-type",
        "limit=0, ?limit, invalid",
        "mood=GLAD, ?mood, wrong-type",
        "before=yesterday, ?before, wrong-type",
        "done=yes, ?done, wrong-type",
        "writer=ada, ?writer, wrong-type",
        "writer=1-1-1-1-1, ?writer, wrong-type",
        "sort=size, ?sort, invalid",
        "cursor=x, ?cursor, invalid"
    })
    void badParametersAreRefusedWithThePlace(String query, String pointer, String code) {
        Api.Answer answer = ada.get(NOTES + '?' + query);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.at("/errors/0/pointer")).isEqualTo(pointer);
        assertThat(answer.at("/errors/0/code")).isEqualTo(code);
    }

    @Test
    void goodParametersAreUnderstood() {
        ada.post(NOTES, draft("Tea"));

        Api.Answer answer = ada.get(NOTES + "?mood=fairly-sad&limit=1&sort=-due,title&done=true"
                + "&before=2026-01-31T12:00:00Z&writer=" + ADA);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.at("/items/0/title")).isEqualTo("Tea");
        assertThat(answer.json().get("nextCursor").isNull()).isTrue();
    }

    @Test
    void listsAreReadPageByPage() {
        for (String title : List.of("c", "a", "b")) {
            ada.post(NOTES, draft(title));
        }

        Api.Answer first = ada.get(NOTES + "?limit=2");
        Api.Answer second = ada.get(NOTES + "?limit=2&cursor=" + first.at("/nextCursor"));

        assertThat(first.json().findValuesAsText("title")).containsExactly("a", "b");
        assertThat(second.json().findValuesAsText("title")).containsExactly("c");
    }

    @Test
    void whatOneHasIsNotSentAgain() {
        Api.Answer written = ada.post(NOTES, draft("Tea"));
        String path = written.header("Location").replaceFirst("^https?://[^/]+", "");

        assertThat(written.etag()).isEqualTo("\"1\"");
        for (String known : List.of("\"1\"", "W/\"1\"", "\"7\", \"1\"", "*")) {
            Api.Answer answer = ada.ifNoneMatch(known).get(path);
            assertThat(answer.status()).as(known).isEqualTo(304);
            assertThat(answer.body()).isEmpty();
            assertThat(answer.etag()).isEqualTo("\"1\"");
        }
        assertThat(ada.ifNoneMatch("\"2\"").get(path).status()).isEqualTo(200);
        assertThat(ada.ifNoneMatch("\"1\"").head(path).status()).isEqualTo(304);
    }

    @Test
    void changesMergeAndDependOnTheVersion() {
        String path = NOTES + '/' + ada.post(NOTES, draft("Tea")).at("/id");

        Api.Answer changed = ada.ifMatch("\"1\"").patch(path, Map.of("title", "Coffee"));
        assertThat(changed.at("/title")).isEqualTo("Coffee");
        assertThat(changed.at("/mood")).isEqualTo("fairly-sad");
        assertThat(changed.etag()).isEqualTo("\"2\"");

        assertThat(ada.ifMatch("\"1\"").patch(path, Map.of("title", "Water")).code())
                .isEqualTo("version-mismatch");
        assertThat(ada.ifMatch("*").patch(path, Map.of("rank", 2)).status()).isEqualTo(200);
        assertThat(ada.patch(path, Map.of()).etag()).isEqualTo("\"4\"");
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', textBlock = """
                    {"title":null};   422; /title
                    {"title":" "};    422; /title
                    {"rank":"high"};  400; /rank
                    {"colour":"red"}; 400; /colour
                    {"dueAt":null};   422; /dueAt
                    """)
    void changesAreCheckedLikeDrafts(String patch, int status, String pointer) {
        String path = NOTES + '/' + ada.post(NOTES, draft("Tea")).at("/id");

        Api.Answer answer = ada.patch(path, patch);

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.at("/errors/0/pointer")).isEqualTo(pointer);
        assertThat(ada.get(path).etag()).isEqualTo("\"1\"");
    }

    @Test
    void answersAreDeletedWhenTheyAreNoLongerKept() {
        ada.idempotencyKey("old").post(NOTES, draft("Tea"));
        clock.advance(Idempotency.KEPT.dividedBy(2));
        Api later = Api.here().bearer(tokens.session(ADA));
        later.idempotencyKey("new").post(NOTES, draft("Tea"));
        clock.advance(Idempotency.KEPT.dividedBy(2));

        idempotency.deleteExpired(1_000);

        assertThat(database.sql()
                        .fetch("select key from sample.idempotency_key")
                        .getValues(0))
                .isEqualTo(List.of("new"));
    }

    @Test
    void aChangeLeavesAnEvent() {
        String id = ada.post(NOTES, draft("Tea")).at("/id");

        Record event = database.sql().fetchOne("select * from sample.outbox");

        assertThat(Objects.requireNonNull(event).get("type")).isEqualTo("note.written");
        assertThat(event.get("aggregate_type")).isEqualTo("note");
        assertThat(event.get("aggregate_id")).isEqualTo(UUID.fromString(id));
        assertThat(event.get("actor")).isEqualTo(ADA);
        assertThat(event.get("payload").toString()).contains("\"title\":\"Tea\"", "\"mood\":\"fairly-sad\"");
        assertThat(event.get("epoch")).isEqualTo(1);
    }

    @Test
    void aRepeatedRequestIsAnsweredAgainAndDoneOnce() {
        Api again = ada.idempotencyKey("tea-1");
        Api.Answer first = again.post(NOTES, draft("Tea"));
        Api.Answer second = again.post(NOTES, draft("Tea"));

        assertThat(first.status()).isEqualTo(201);
        assertThat(second.status()).isEqualTo(201);
        assertThat(second.json()).isEqualTo(first.json());
        assertThat(second.etag()).isEqualTo(first.etag());
        assertThat(second.header("Location")).isEqualTo(first.header("Location"));
        assertThat(first.header("Idempotent-Replayed")).isEmpty();
        assertThat(second.header("Idempotent-Replayed")).isEqualTo("true");
        assertThat(count("note")).isEqualTo(1);
        assertThat(count("outbox")).isEqualTo(1);
    }

    @Test
    void aKeyBelongsToOneRequestOfOneCaller() {
        ada.idempotencyKey("tea-1").post(NOTES, draft("Tea"));
        Api bob = Api.here().bearer(tokens.session(BOB));

        assertThat(ada.idempotencyKey("tea-1").post(NOTES, draft("Coffee")).code())
                .isEqualTo("idempotency-key-reused");
        assertThat(bob.idempotencyKey("tea-1").post(NOTES, draft("Coffee")).status())
                .isEqualTo(201);
        assertThat(count("note")).isEqualTo(2);
    }

    @Test
    void aServicesKeysAreNobodyElses() {
        Api worker = Api.here().bearer(tokens.service("worker")).idempotencyKey("tea-1");
        Api lake = Api.here().bearer(tokens.service("lake")).idempotencyKey("tea-1");
        Api forAda = worker.header("Tarn-On-Behalf-Of", "Bearer " + tokens.session(ADA));
        Api forBob = worker.header("Tarn-On-Behalf-Of", "Bearer " + tokens.session(BOB));

        assertThat(Stream.of(ada.idempotencyKey("tea-1"), worker, lake, forAda, forBob))
                .allSatisfy(api -> {
                    Api.Answer first = api.post(NOTES, draft("Tea"));
                    Api.Answer second = api.post(NOTES, draft("Tea"));
                    assertThat(first.status()).isEqualTo(201);
                    assertThat(first.header("Idempotent-Replayed")).isEmpty();
                    assertThat(second.header("Idempotent-Replayed")).isEqualTo("true");
                });
        assertThat(count("note")).isEqualTo(5);
    }

    @Test
    void aRefusedRequestLeavesNothingAndMayBeMended() {
        Api again = ada.idempotencyKey("tea-1");

        assertThat(again.post(NOTES, draft("refused")).code()).isEqualTo("title-taken");
        assertThat(again.post(NOTES, draft("broken")).status()).isEqualTo(500);
        assertThat(count("note") + count("outbox") + count("idempotency_key")).isZero();
        assertThat(again.post(NOTES, draft("Tea")).status()).isEqualTo(201);
    }

    @Test
    void anAnswerIsKeptForADay() {
        ada.idempotencyKey("tea-1").post(NOTES, draft("Tea"));

        clock.advance(Idempotency.KEPT.minusSeconds(1));
        Api later = Api.here().bearer(tokens.session(ADA)).idempotencyKey("tea-1");
        assertThat(later.post(NOTES, draft("Coffee")).status()).isEqualTo(422);

        clock.advance(Duration.ofSeconds(1));
        assertThat(later.post(NOTES, draft("Coffee")).status()).isEqualTo(201);
        assertThat(later.post(NOTES, draft("Coffee")).header("Idempotent-Replayed"))
                .isEqualTo("true");
    }

    @Test
    void keysAreNotEmptyAndNotWithoutEnd() {
        String long200 = "k".repeat(Idempotency.MAX_KEY);

        assertThat(ada.idempotencyKey(long200).post(NOTES, draft("Tea")).status())
                .isEqualTo(201);
        assertThat(ada.idempotencyKey(long200 + 'k').post(NOTES, draft("Tea")).status())
                .isEqualTo(400);
        assertThatThrownBy(() -> idempotency.once(
                        caller(), " ", "x", "y", () -> Response.noContent().build()))
                .isInstanceOf(Refusal.Malformed.class);
    }

    @Test
    void theSecondOfTwoAtOnceIsToldToWait() throws Exception {
        CountDownLatch working = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newSingleThreadExecutor()) {
            Future<Response> first = threads.submit(() -> idempotency.once(caller(), "tea-1", "x", "y", () -> {
                working.countDown();
                await(done);
                return Response.noContent().build();
            }));
            await(working);

            assertThat(ada.idempotencyKey("tea-1").post(NOTES, draft("Tea")).code())
                    .isEqualTo("idempotency-in-flight");

            done.countDown();
            assertThat(first.get().getStatus()).isEqualTo(204);
        }
    }

    private Caller caller() {
        return new Caller(ADA, Caller.Kind.SESSION, ADA, Set.of(), false, "", clock.instant());
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    private int count(String table) {
        return database.sql().fetchCount(DSL.table(DSL.name("sample", table)));
    }

    private static Map<String, Object> draft(String title) {
        Map<String, Object> draft = new LinkedHashMap<>();
        draft.put("title", title);
        draft.put("mood", "fairly-sad");
        draft.put("rank", 1);
        draft.put("dueAt", "2026-01-31T12:00:00Z");
        draft.put("done", false);
        return draft;
    }
}
