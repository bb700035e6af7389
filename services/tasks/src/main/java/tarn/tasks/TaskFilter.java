package tarn.tasks;

import java.time.ZoneId;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The filter of a list of tasks; a null component does not filter.
///
/// @param archived whether only archived tasks, or only others
/// @param deleted whether only tasks in the trash, or only others
/// @param zone of the reader, in which days begin and end
record TaskFilter(
        Scope scope, Traits traits, Due due, @Nullable Boolean archived, boolean deleted, ZoneId zone) {

    /// Where the tasks are.
    ///
    /// @param topLevel whether only tasks without a parent, or only those with one
    record Scope(
            Project.@Nullable Id project,
            Section.@Nullable Id section,
            Task.@Nullable Id parent,
            @Nullable Boolean topLevel) {

        /// All tasks of a project.
        static Scope of(Project.Id project) {
            return new Scope(project, null, null, null);
        }

        /// The sub-tasks of a task.
        static Scope below(Task.Id parent) {
            return new Scope(null, null, parent, null);
        }
    }

    /// What the tasks have.
    ///
    /// @param text words, or their beginnings, of title and description
    record Traits(
            Task.@Nullable Status status,
            Task.@Nullable Priority priority,
            @Nullable UUID assignee,
            Label.@Nullable Id label,
            @Nullable String text) {

        static Traits of(Task.@Nullable Status status, @Nullable String text) {
            return new Traits(status, null, null, null, text);
        }
    }

    /// When the tasks are due.
    record Due(@Nullable DateOrTime before, @Nullable DateOrTime after) {

        static final Due ANY = new Due(null, null);
    }
}
