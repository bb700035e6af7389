package tarn.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tarn.testing.Api;

/// Dates and times in the zones of those who read them.
@QuarkusTest
final class DatesApiTest {

    @Inject
    Team team;

    @Test
    void aDateStaysADateAndATimeATime() {
        String id = team.task(Map.of("title", "Wrap", "start", "2026-12-23", "due", "2026-12-24T17:00:00Z"));

        Api.Answer swapped = team.editor
                .api()
                .patch("/api/tasks/" + id, Map.of("start", "2026-12-23T08:00:00+01:00", "due", "2026-12-24"));
        Api.Answer renamed = team.editor.api().patch("/api/tasks/" + id, Map.of("title", "Wrap presents"));
        Api.Answer never = team.editor.api().patch("/api/tasks/" + id, "{\"due\": null}");

        assertThat(List.of(swapped.at("/start"), swapped.at("/due")))
                .containsExactly("2026-12-23T07:00:00Z", "2026-12-24");
        assertThat(List.of(renamed.at("/start"), renamed.at("/due")))
                .containsExactly("2026-12-23T07:00:00Z", "2026-12-24");
        assertThat(never.json().path("due").isNull()).isTrue();
        assertThat(Rows.of("select due_at is null and due_on is null from tasks.task where id = ?", id))
                .containsExactly("t");
    }

    /// Days and times around what zones do to midnight: summer time in spring and in autumn, also where clocks
    /// change over midnight, and a day that was left out at the date line.
    static Stream<List<String>> nights() {
        return Stream.of(
                around("Europe/Berlin", "2026-03-29"),
                around("Europe/Berlin", "2026-10-25"),
                around("America/Havana", "2026-03-08"),
                around("America/Havana", "2026-11-01"),
                around("Atlantic/Azores", "2026-10-25"),
                around("Pacific/Apia", "2011-12-31"),
                around("Pacific/Kiritimati", "2026-12-24"));
    }

    /// The zone, then dates and times about one day.
    private static List<String> around(String zone, String day) {
        LocalDate date = LocalDate.parse(day);
        Instant midnight = date.atStartOfDay(ZoneId.of(zone)).toInstant();
        List<String> all = new ArrayList<>(List.of(
                zone, day, date.minusDays(2).toString(), date.plusDays(1).toString()));
        for (int minutes : new int[] {-1500, -61, -1, 0, 1, 59, 61, 130, 1439, 1501}) {
            all.add(midnight.plusSeconds(minutes * 60L).toString());
        }
        return all;
    }

    private static Comparator<DateOrTime> asReaders(ZoneId zone) {
        return Comparator.<DateOrTime, Instant>comparing(due -> switch (due) {
                    case DateOrTime.OnDate(LocalDate date) ->
                        date.atStartOfDay(zone).toInstant();
                    case DateOrTime.AtTime(Instant time) -> time;
                })
                .thenComparing(due -> due instanceof DateOrTime.AtTime);
    }

    @ParameterizedTest
    @MethodSource("nights")
    void aDateSortsBeforeAllTimesOfItsDayInTheZoneOfItsReader(List<String> night) {
        List<String> dates = night.subList(1, night.size());
        dates.forEach(due -> team.task(Map.of("title", due, "due", due)));
        team.task(Map.of("title", "never"));

        for (String name : List.of(night.getFirst(), "America/Los_Angeles", "CET")) {
            List<String> expected = new ArrayList<>(dates.stream()
                    .map(DateOrTime::parse)
                    .sorted(asReaders(ZoneId.of(name)))
                    .map(DateOrTime::text)
                    .toList());
            expected.add("never");

            assertThat(titles(name, "due", 100)).as(name).isEqualTo(expected);
            assertThat(titles(name, "due", 2)).as(name).isEqualTo(expected);
            assertThat(titles(name, "-priority,due", 3)).as(name).isEqualTo(expected);
            Collections.reverse(expected);
            assertThat(titles(name, "-due", 3)).as(name).isEqualTo(expected);
        }
    }

    /// Page by page, in the zone of the reader's account.
    private List<String> titles(String zone, String sort, int limit) {
        List<String> titles = new ArrayList<>();
        Api reader = team.viewer.api(zone);
        String query = "/api/tasks?project=" + team.project + "&sort=" + sort + "&limit=" + limit;
        for (String next = ""; next != null; ) {
            Api.Answer page = reader.get(query + next);
            assertThat(page.status()).as(page.toString()).isEqualTo(200);
            titles.addAll(Team.texts(page, "title"));
            String cursor = page.json().path("nextCursor").asText(null);
            next = cursor == null ? null : "&cursor=" + URLEncoder.encode(cursor, StandardCharsets.UTF_8);
        }
        return titles;
    }

    @ParameterizedTest
    @CsvSource({
        // Half past ten in the evening of the 24th in Berlin is the 25th in Auckland.
        "Europe/Berlin,      dueBefore=2026-12-25,           '23,24,noon,evening'",
        "Pacific/Auckland,   dueBefore=2026-12-25,           '23,24'",
        "Europe/Berlin,      dueBefore=2026-12-24,           '23'",
        "Europe/Berlin,      dueAfter=2026-12-24,            '25'",
        "Pacific/Auckland,   dueAfter=2026-12-24,            '25,noon,evening'",
        "America/New_York,   dueAfter=2026-12-24,            '25'",
        // What is overdue: a date when its day has ended, a time when it has passed.
        "Europe/Berlin,      dueBefore=2026-12-24T21:30:00Z, '23,noon'",
        "Europe/Berlin,      dueBefore=2026-12-24T23:00:00Z, '23,24,noon,evening'",
        "America/New_York,   dueBefore=2026-12-24T23:00:00Z, '23,noon,evening'",
        "Pacific/Auckland,   dueBefore=2026-12-24T10:59:00Z, '23'",
        "Pacific/Auckland,   dueBefore=2026-12-24T11:00:00Z, '23,24'",
        "America/New_York,   dueAfter=2026-12-24T12:00:00Z,  '25,evening'"
    })
    void filtersCompareDaysWhenEitherIsADate(String zone, String query, String expected) {
        team.task(Map.of("title", "23", "due", "2026-12-23"));
        team.task(Map.of("title", "24", "due", "2026-12-24"));
        team.task(Map.of("title", "25", "due", "2026-12-25"));
        team.task(Map.of("title", "noon", "due", "2026-12-24T12:00:00Z"));
        team.task(Map.of("title", "evening", "due", "2026-12-24T21:30:00Z"));
        team.task(Map.of("title", "never"));

        assertThat(team.titles(query + "&timeZone=" + zone)).containsExactlyInAnyOrder(expected.split(","));
        assertThat(Team.texts(team.viewer.api(zone).get("/api/tasks?project=" + team.project + "&" + query), "title"))
                .containsExactlyInAnyOrder(expected.split(","));
    }

    @Test
    void aTaskStartsBeforeItIsDueWhereItsWriterIs() {
        Map<String, ?> draft = Map.of(
                "projectId", team.project, "title", "Walk", "start", "2026-12-24T23:30:00Z", "due", "2026-12-24");

        Api.Answer inLondon = team.editor.api("Europe/London").post("/api/tasks", draft);
        Api.Answer inBerlin = team.editor.api("Europe/Berlin").post("/api/tasks", draft);
        Api.Answer said = team.editor.api("Europe/Berlin").post("/api/tasks?timeZone=Europe/London", draft);
        String task = "/api/tasks/" + inLondon.at("/id");
        Api.Answer otherWords = team.editor.api("Europe/Berlin").patch(task, Map.of("title", "Walk on"));
        Api.Answer later = team.editor.api("Europe/Berlin").patch(task, Map.of("start", "2026-12-24T23:00:00Z"));

        assertThat(List.of(inLondon.status(), said.status(), otherWords.status()))
                .containsExactly(201, 201, 200);
        assertThat(List.of(inBerlin.status(), later.status())).containsExactly(422, 422);
        assertThat(inBerlin.at("/errors/0/code")).isEqualTo("after-due");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Mars/Olympus", "%2B02:00", "berlin"})
    void aZoneThatThereIsNotIsRefused(String zone) {
        Api.Answer refused = team.viewer.api().get("/api/tasks?timeZone=" + zone);

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.at("/errors/0/pointer")).isEqualTo("?timeZone");
        assertThat(refused.at("/errors/0/detail")).isEqualTo("Must be a time zone such as Europe/Berlin.");
    }

    @Test
    void everyZoneThatAnAccountCanHaveSorts() {
        team.task(Map.of("title", "one", "due", "2026-12-24"));

        assertThat(ZoneId.getAvailableZoneIds())
                .allSatisfy(zone -> assertThat(
                                team.titles("sort=due&timeZone=" + URLEncoder.encode(zone, StandardCharsets.UTF_8)))
                        .containsExactly("one"));
    }

    @Test
    void aProjectHasTheZoneOfItsCreatorUntilAnOwnerChangesIt() {
        Api owner = team.owner.api("Asia/Tokyo");
        Api.Answer project = owner.post("/api/projects", Map.of("name", "Festival"));
        String path = "/api/projects/" + project.at("/id");
        owner.put(path + "/members/" + team.editor.id(), Map.of("role", "editor"));

        Api.Answer byEditor = team.editor.api().patch(path, Map.of("timeZone", "Europe/Berlin"));
        Api.Answer byOwner = owner.patch(path, Map.of("timeZone", "Europe/Berlin"));
        Api.Answer nowhere = owner.patch(path, Map.of("timeZone", "Mars/Olympus"));
        Api.Answer renamed = owner.patch(path, Map.of("name", "Fair"));

        assertThat(project.at("/timeZone")).isEqualTo("Asia/Tokyo");
        assertThat(byEditor.status()).isEqualTo(403);
        assertThat(byOwner.at("/timeZone")).isEqualTo("Europe/Berlin");
        assertThat(nowhere.status()).isEqualTo(422);
        assertThat(nowhere.at("/errors/0/pointer")).isEqualTo("/timeZone");
        assertThat(renamed.at("/timeZone")).isEqualTo("Europe/Berlin");
    }
}
