package tarn.tasks;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What happened to a project or to what belongs to it. Holds no free text: events travel far.
sealed interface ProjectEvent {

    /// The name under which followers know it.
    String type();

    record Opened() implements ProjectEvent {
        @Override
        public String type() {
            return "project.opened";
        }
    }

    record Changed(long version, boolean archived) implements ProjectEvent {
        @Override
        public String type() {
            return "project.changed";
        }
    }

    record Removed() implements ProjectEvent {
        @Override
        public String type() {
            return "project.removed";
        }
    }

    record Restored() implements ProjectEvent {
        @Override
        public String type() {
            return "project.restored";
        }
    }

    /// @param role null when the person is no longer a member
    record MembershipChanged(UUID user, Project.@Nullable Role role) implements ProjectEvent {
        @Override
        public String type() {
            return "project.membership-changed";
        }
    }

    record SectionChanged(UUID section) implements ProjectEvent {
        @Override
        public String type() {
            return "project.section-changed";
        }
    }

    record LabelChanged(UUID label) implements ProjectEvent {
        @Override
        public String type() {
            return "project.label-changed";
        }
    }

    record Imported(String format, int sections, int labels, int tasks) implements ProjectEvent {
        @Override
        public String type() {
            return "project.imported";
        }
    }
}
