package tarn.tasks;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import tarn.platform.TimeZones;
import tarn.platform.problem.Refusal;

/// Upgrades rows older than dates: due and start times of 00:00:00 and 17:00:00 in their creator's
/// time zone become dates, with events, and the creator's projects get that zone. Runs 2 s after
/// startup, and again every 10 s until identity has told the zones.
@Singleton
class DateConversion {

    private static final Logger LOG = Logger.getLogger(DateConversion.class);
    private static final int DELAY_SECONDS = 2;
    private static final int RETRY_SECONDS = 10;
    private static final int MAX_USERS = 500;
    private static final int MAX_TASKS = 500;

    /// Times that the web and other programs wrote for a date alone.
    private static final List<LocalTime> DATES = List.of(LocalTime.MIDNIGHT, LocalTime.of(17, 0));

    private final ZoneQuestionStore questions;
    private final TaskStore tasks;
    private final ProjectStore projects;
    private final UserLookup users;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("tasks-date-conversion").daemon().factory());

    DateConversion(ZoneQuestionStore questions, TaskStore tasks, ProjectStore projects, UserLookup users) {
        this.questions = questions;
        this.tasks = tasks;
        this.projects = projects;
        this.users = users;
    }

    void begin(@Observes StartupEvent event) {
        var _ = timer.scheduleWithFixedDelay(this::runAndLog, DELAY_SECONDS, RETRY_SECONDS, TimeUnit.SECONDS);
    }

    void end(@Observes ShutdownEvent event) {
        timer.shutdownNow();
    }

    private void runAndLog() {
        try {
            run();
            timer.shutdown();
        } catch (Refusal.Unavailable later) {
            LOG.debug("Identity does not tell time zones yet; it is asked again", later);
        } catch (RuntimeException failure) {
            LOG.error("Dates from before could not be converted; it is tried again", failure);
        }
    }

    /// Converts all remaining rows.
    ///
    /// @throws Refusal.Unavailable when identity does not respond
    public void run() {
        for (List<ZoneQuestionStore.Question> some = questions.first(MAX_USERS);
                !some.isEmpty();
                some = questions.first(MAX_USERS)) {
            Map<UUID, ZoneId> zones = users.timeZones(
                    some.stream().map(ZoneQuestionStore.Question::user).toList());
            // Whoever is no longer there has no zone.
            some.forEach(question -> convert(question, zones.getOrDefault(question.user(), TimeZones.UTC)));
        }
    }

    private void convert(ZoneQuestionStore.Question question, ZoneId zone) {
        UUID last = new UUID(0, 0);
        for (List<Task> some = slice(question, last); !some.isEmpty(); some = slice(question, last)) {
            convert(some, zone);
            last = some.getLast().id().value();
        }
        finish(question, zone);
    }

    private List<Task> slice(ZoneQuestionStore.Question question, UUID after) {
        return tasks.timedBefore(question.asked(), question.user(), after, MAX_TASKS);
    }

    @Transactional
    void convert(List<Task> some, ZoneId zone) {
        for (Task task : some) {
            DateOrTime start = converted(task.content().start(), zone);
            DateOrTime due = converted(task.content().due(), zone);
            Task after = task.dated(start, due);
            if (!after.content().equals(task.content())) {
                tasks.convertDates(task, after);
            }
        }
    }

    private static @Nullable DateOrTime converted(@Nullable DateOrTime value, ZoneId zone) {
        if (!(value instanceof DateOrTime.AtTime at)) {
            return value;
        }
        ZonedDateTime local = at.time().atZone(zone);
        return DATES.contains(local.toLocalTime()) ? new DateOrTime.OnDate(local.toLocalDate()) : value;
    }

    @Transactional
    void finish(ZoneQuestionStore.Question question, ZoneId zone) {
        projects.convertTimeZones(question.asked(), question.user(), zone);
        questions.answered(question.user());
    }
}
