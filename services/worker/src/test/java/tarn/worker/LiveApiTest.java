package tarn.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tarn.platform.event.EventSignal;
import tarn.platform.problem.Refusal;
import tarn.platform.service.ServiceClient;
import tarn.testing.Api;
import tarn.testing.DatabaseResource;
import tarn.testing.EventStream;
import tarn.testing.Eventually;
import tarn.testing.SettableClock;
import tarn.testing.SignedTokens;
import tarn.testing.TestDatabase;

@QuarkusTest
@WithTestResource(
        value = DatabaseResource.class,
        scope = TestResourceScope.GLOBAL,
        initArgs = @ResourceArg(name = "services", value = "worker"))
@WithTestResource(value = Owners.class, scope = TestResourceScope.GLOBAL)
final class LiveApiTest {

    private static final String LIVE = "/api/live";
    private static final String POSITION = "Last-Event-ID";
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final Duration LONG = Duration.ofSeconds(20);

    @Inject
    SignedTokens tokens;

    @Inject
    LiveStreams streams;

    @Inject
    CursorStore cursors;

    @Inject
    EventSignal signal;

    @Inject
    ServiceClient services;

    @Inject
    LiveChangeReader reader;

    @Inject
    LivePresence presence;

    @Inject
    Clock clock;

    private final UUID user = UUID.randomUUID();
    private final UUID garden = UUID.randomUUID();
    private final UUID house = UUID.randomUUID();
    private Api ada;

    @BeforeEach
    void signIn() {
        Owners.answer();
        Owners.PROJECTS.put(user, Set.of(garden, house));
        ada = Api.here().bearer(tokens.session(user));
    }

    /// Spares the follower of purges, which other tests wait for, a flood of events.
    @AfterEach
    void deleteMany() throws SQLException {
        change("delete from worker.outbox where type = 'task.changed'");
    }

    private EventStream open() {
        EventStream live = ada.stream(LIVE);
        assertThat(live.next(SOON).name()).isEqualTo("ready");
        return live;
    }

    private EventStream openAfter(String position) {
        return ada.header(POSITION, position).stream(LIVE);
    }

    /// Writes an event as a service does that runs apart: nobody is woken by it.
    private static UUID write(String type, UUID project) throws SQLException {
        UUID id = UUID.randomUUID();
        change(event(type, id, project, "\"version\": 3"));
        return id;
    }

    private static String event(String type, UUID id, UUID project, String more) {
        String noun = type.substring(0, type.indexOf('.'));
        return ("insert into worker.outbox (id, type, schema, aggregate_type, aggregate_id, occurred_at, payload)"
                        + " values (gen_random_uuid(), '%s', 1, '%s', '%s', now(), '{\"projectId\": \"%s\", %s}');")
                .formatted(type, noun, noun.equals("member") ? project : id, project, more);
    }

    private static String membership(String type, UUID user, UUID project) {
        return event(type, project, project, "\"userId\": \"" + user + '"');
    }

    private static void change(String statement) throws SQLException {
        try (Connection connection = TestDatabase.connect(TestDatabase.url());
                Statement change = connection.createStatement()) {
            change.execute(statement);
        }
    }

    private static void writeMany(int count, UUID project) throws SQLException {
        change("insert into worker.outbox (id, type, schema, aggregate_type, aggregate_id, occurred_at, payload)"
                + " select gen_random_uuid(), 'task.changed', 1, 'task', gen_random_uuid(), now(),"
                + " '{\"projectId\": \"" + project + "\", \"version\": 2}' from generate_series(1, " + count + ")");
    }

    @Test
    void tellsAtOnceWhatChangesInOnesProjects() throws SQLException {
        try (EventStream live = open()) {
            write("task.completed", UUID.randomUUID());
            UUID task = write("task.completed", garden);

            EventStream.SentEvent told = live.next(SOON);

            assertThat(told.name()).isEqualTo("change");
            assertThat(told.id()).isNotEmpty();
            assertThat(told.data().toString())
                    .isEqualTo(("{\"type\":\"task.completed\",\"resource\":\"task\",\"id\":\"%s\",\"project\":\"%s\","
                                    + "\"version\":3,\"by\":null}")
                            .formatted(task, garden));
        }
    }

    @Test
    void tellsNothingOfAccountsAndOfUpgrades() throws SQLException {
        try (EventStream live = open()) {
            write("session.created", garden);
            write("invitation.created", garden);
            write("task.snapshot", garden);
            UUID post = write("post.published", garden);

            assertThat(live.next(SOON).data().path("id").asText()).isEqualTo(post.toString());
        }
    }

    @Test
    void whoIsTakenOutSeesNothingFurther() throws SQLException {
        try (EventStream live = open()) {
            write("task.created", garden);
            live.await(SOON, event -> event.is("task.created"));

            change(event("task.changed", garden, garden, "\"version\": 1")
                    + membership("member.removed", user, garden)
                    + event("task.moved", garden, garden, "\"version\": 2"));
            write("task.completed", garden);
            write("task.reopened", house);

            EventStream.SentEvent told = live.next(SOON);
            assertThat(told.name()).isEqualTo("access");
            assertThat(told.data().path("project").asText()).isEqualTo(garden.toString());
            assertThat(live.next(SOON).is("task.reopened")).isTrue();
        }
    }

    @Test
    void whoIsLetInSeesWhatChangesFromThenOn() throws SQLException {
        UUID shed = UUID.randomUUID();
        try (EventStream live = open()) {
            write("task.created", shed);
            change(membership("member.added", user, shed));
            live.await(SOON, event -> event.name().equals("access"));
            write("task.completed", shed);

            assertThat(live.next(SOON).is("member.added")).isTrue();
            assertThat(live.next(SOON).is("task.completed")).isTrue();
        }
    }

    @Test
    void goesOnAfterThePositionThatItIsGiven() throws SQLException {
        String position;
        try (EventStream live = open()) {
            write("task.created", garden);
            position = live.next(SOON).id();
        }
        UUID first = write("task.completed", garden);
        write("task.completed", UUID.randomUUID());
        UUID second = write("task.reopened", house);

        try (EventStream live = openAfter(position)) {
            assertThat(live.next(SOON).name()).isEqualTo("ready");
            assertThat(live.next(SOON).data().path("id").asText()).isEqualTo(first.toString());
            assertThat(live.next(SOON).data().path("id").asText()).isEqualTo(second.toString());
            UUID third = write("task.moved", house);
            assertThat(live.next(SOON).data().path("id").asText()).isEqualTo(third.toString());
        }
    }

    @Test
    void goesOnAtAnotherWorkerUntilThatIsStopped() throws SQLException {
        String position;
        try (EventStream live = open()) {
            position = live.lastId();
        }
        UUID missed = write("task.created", garden);
        LiveStreams other = another(clock);
        List<String> told = new CopyOnWriteArrayList<>();
        AtomicBoolean ended = new AtomicBoolean();
        LiveStream.Output output = new LiveStream.Output(
                text -> {
                    told.add(text);
                    return CompletableFuture.completedFuture(null);
                },
                () -> ended.set(true),
                () -> false);

        other.begin(other.open(user, Set.of(), output), LivePosition.parse(position));
        UUID next = write("task.completed", garden);

        Eventually.within(SOON, () -> told.toString().contains(next.toString()));
        assertThat(told.toString()).containsSubsequence("ready", missed.toString(), next.toString());
        other.end();
        assertThat(ended).isTrue();
        assertThatThrownBy(() -> other.open(user, Set.of(), output)).isInstanceOf(Refusal.Unavailable.class);
    }

    private LiveStreams another(Clock at) {
        return new LiveStreams(cursors, signal, services, reader, at, presence, new SimpleMeterRegistry());
    }

    /// A stream that joins others begins where these are, which may be before what was written last.
    private void awaitNoStreams() {
        Eventually.within(LONG, () -> streams.count() == 0);
    }

    @Test
    void beginsAnewAfterTooMuch() throws SQLException {
        awaitNoStreams();
        String position;
        try (EventStream live = open()) {
            position = live.lastId();
        }
        writeMany(LiveStreams.MAX_REPLAYED, UUID.randomUUID());
        awaitNoStreams();
        try (EventStream live = openAfter(position)) {
            assertThat(live.next(SOON).name()).isEqualTo("ready");
        }
        write("task.created", garden);
        awaitNoStreams();

        try (EventStream live = openAfter(position)) {
            EventStream.SentEvent first = live.next(SOON);
            assertThat(first.name()).isEqualTo("reset");
            assertThat(first.id()).isNotEqualTo(position);
            UUID next = write("task.moved", house);
            assertThat(live.next(SOON).data().path("id").asText()).isEqualTo(next.toString());
        }
    }

    @Test
    void beginsAnewAfterTooLong() {
        String position;
        try (EventStream live = open()) {
            position = live.lastId();
        }
        String old = position.replaceFirst("-[^-]*", "-1");

        try (EventStream live = openAfter(old)) {
            assertThat(live.next(SOON).name()).isEqualTo("reset");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "none",
                "1-1-1",
                "1-1-0-0",
                "1-1-5-0-1",
                "1-1-5-4-2.2",
                "1-1-5-4-9",
                "1-1-zzzzzzzzzzzz-zzzzzzzzzzzz",
                "1-1-zzzzzzzzzz-1",
                "zzzzz-1-5-1",
                "1-1-5-1-0,1",
                "1-1-5-1-'); drop table worker.outbox; --"
            })
    void refusesAPositionThatIsNone(String position) {
        Api.Answer refused = ada.header(POSITION, position).get(LIVE);

        assertThat(refused.status()).as(refused.toString()).isEqualTo(400);
        assertThat(refused.code()).isEqualTo("bad-position");
    }

    @Test
    void aUserHasSixStreams() {
        List<EventStream> open = new ArrayList<>();
        try {
            for (int i = 0; i < LiveWatchers.MAX_STREAMS_OF_USER; i++) {
                open.add(open());
            }

            Api.Answer refused = ada.get(LIVE);
            assertThat(refused.status()).isEqualTo(429);
            assertThat(refused.header("Retry-After")).isEqualTo("10");
            assertThat(Api.here()
                            .bearer(tokens.session(UUID.randomUUID()))
                            .get(LIVE)
                            .status())
                    .as("another user")
                    .isEqualTo(200);

            open.removeFirst().close();
            Eventually.within(SOON, () -> ada.get(LIVE).status() == 200);
        } finally {
            open.forEach(EventStream::close);
        }
    }

    @Test
    void whoDoesNotReadIsCutOff() throws Exception {
        awaitNoStreams();
        URI here = URI.create(ConfigProvider.getConfig().getValue("test.url", String.class));
        UUID another = UUID.randomUUID();
        Owners.PROJECTS.put(another, Set.of(house));
        try (Socket slow = new Socket();
                EventStream other = Api.here().bearer(tokens.session(another)).stream(LIVE)) {
            assertThat(other.next(SOON).name()).isEqualTo("ready");
            slow.setReceiveBufferSize(4_096);
            slow.connect(new InetSocketAddress(here.getHost(), here.getPort()));
            slow.getOutputStream().write(request(here).getBytes(StandardCharsets.US_ASCII));
            Eventually.within(LONG, () -> streams.count() == 2);

            writeMany(25_000, garden);

            Eventually.within(LONG, () -> streams.count() == 1);
            UUID last = write("task.moved", house);
            other.await(LONG, event -> event.data().path("id").asText().equals(last.toString()));
            slow.setSoTimeout((int) LONG.toMillis());
            assertThatThrownBy(() -> slow.getInputStream().readAllBytes())
                    .as("what it has not read is not kept for it")
                    .isInstanceOf(SocketException.class);
        }
    }

    private String request(URI here) throws IOException {
        return "GET " + LIVE + " HTTP/1.1\r\nHost: " + here.getAuthority() + "\r\nAuthorization: Bearer "
                + tokens.session(user) + "\r\n\r\n";
    }

    @Test
    void aClientThatGoesIsForgotten() {
        awaitNoStreams();
        EventStream live = open();
        assertThat(streams.count()).isEqualTo(1);

        live.close();

        Eventually.within(SOON, () -> streams.count() == 0);
    }

    @Test
    void clientsThatLeaveBeforeTheirStreamsBeginKeepNoPlace() throws Exception {
        awaitNoStreams();
        URI here = URI.create(ConfigProvider.getConfig().getValue("test.url", String.class));
        for (int i = 0; i < 30; i++) {
            try (Socket leaver = new Socket(here.getHost(), here.getPort())) {
                leaver.setSoLinger(i % 2 == 0, 0);
                leaver.getOutputStream().write(request(here).getBytes(StandardCharsets.US_ASCII));
            }
        }

        // A leaver may be heard only now.
        List<EventStream> open = new ArrayList<>();
        try {
            Eventually.within(LONG, () -> {
                open.forEach(EventStream::close);
                open.clear();
                for (int i = 0; i < LiveWatchers.MAX_STREAMS_OF_USER; i++) {
                    open.add(ada.stream(LIVE));
                }
                return open.stream().allMatch(live -> live.status() == 200);
            });
        } finally {
            open.forEach(EventStream::close);
        }
        awaitNoStreams();
    }

    @Test
    void aStreamWhoseResponseHasEndedUnnoticedIsForgotten() {
        LiveStreams other = another(clock);
        AtomicBoolean over = new AtomicBoolean();
        other.open(user, Set.of(), silent(new AtomicBoolean(), over));
        other.tick();
        assertThat(other.count()).isEqualTo(1);

        over.set(true);
        other.tick();

        assertThat(other.count()).isZero();
        other.end();
    }

    @Test
    void aStreamThatDoesNotBeginEnds() {
        SettableClock time = SettableClock.at(clock.instant());
        LiveStreams other = another(time);
        AtomicBoolean ended = new AtomicBoolean();
        AtomicBoolean begunEnded = new AtomicBoolean();
        other.open(user, Set.of(), silent(ended, new AtomicBoolean()));
        other.begin(other.open(user, Set.of(), silent(begunEnded, new AtomicBoolean())), null);

        time.set(clock.instant().plus(LiveStreams.MAX_BEGINNING).plusSeconds(60));
        other.tick();

        assertThat(ended).isTrue();
        assertThat(begunEnded).isFalse();
        assertThat(other.count()).isEqualTo(1);
        other.end();
    }

    private static LiveStream.Output silent(AtomicBoolean ended, AtomicBoolean over) {
        return new LiveStream.Output(_ -> CompletableFuture.completedFuture(null), () -> ended.set(true), over::get);
    }

    @Test
    void answersWhenItCannotKnowWhatAUserMaySee() {
        Owners.DOWN.add("tasks");

        Api.Answer refused = ada.get(LIVE);

        assertThat(refused.status()).as(refused.toString()).isEqualTo(503);
        Eventually.within(SOON, () -> streams.count() == 0);
    }

    @Test
    void aTokenNeedsTheRightToReadTasks() {
        assertThat(Api.here()
                        .bearer(tokens.program(user, "tasks:read"))
                        .get(LIVE)
                        .status())
                .isEqualTo(200);
        assertThat(Api.here()
                        .bearer(tokens.program(user, "posts:read"))
                        .get(LIVE)
                        .status())
                .isEqualTo(403);
        assertThat(Api.here().get(LIVE).status()).isEqualTo(401);
    }

    @Test
    void looksAtEightProjectsAtMost() {
        String nine = "?lookingAt=" + garden + ("&lookingAt=" + house).repeat(7);

        assertThat(ada.get(LIVE + nine).status()).isEqualTo(200);
        assertThat(ada.get(LIVE + "?lookingAt=hut").status()).isEqualTo(400);
        StringBuilder many = new StringBuilder("?lookingAt=" + garden);
        for (int i = 0; i < LiveResource.MAX_PROJECTS; i++) {
            many.append("&lookingAt=").append(UUID.randomUUID());
        }
        assertThat(ada.get(LIVE + many).status()).isEqualTo(400);
    }
}
