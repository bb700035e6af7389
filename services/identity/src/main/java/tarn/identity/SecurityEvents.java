package tarn.identity;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tarn.platform.http.Page;
import tarn.platform.security.Caller;

/// Reads the security log: all of it for administrators, for others what is about their own
/// account.
@Singleton
final class SecurityEvents {

    private final SecurityEventStore store;

    SecurityEvents(SecurityEventStore store) {
        this.store = store;
    }

    /// What the caller may see, newest first: everything for an administrator, else what is about
    /// the own account.
    ///
    /// @param user only what is about this account; null for all
    public Page<SecurityEventStore.Named> list(
            Caller caller, @Nullable UUID user, @Nullable String cursor, @Nullable Integer limit) {
        if (caller.administrator()) {
            return store.list(user == null ? null : new User.Id(user), cursor, limit);
        }
        if (user != null && !user.equals(caller.id())) {
            return new Page<>(List.of(), null);
        }
        return store.list(new User.Id(caller.id()), cursor, limit);
    }
}
