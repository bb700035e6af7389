package tarn.tasks;

import java.time.Instant;
import java.util.UUID;

/// A user's membership in a project.
record Member(UUID userId, Project.Role role, Instant addedAt) {}
