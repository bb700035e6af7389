package tarn.identity;

import static tarn.identity.sql.Tables.REVOCATION;

import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import tarn.identity.database.IdentityDatabase;

/// SQL access to revocations, whose numbers follow the order of commits, by an advisory lock, so
/// that a gateway that polls misses none.
@Singleton
final class RevocationStore {

    private final DSLContext sql;

    RevocationStore(IdentityDatabase database) {
        this.sql = database.database().sql();
    }

    /// Adds revocations, as the last step of a transaction: an advisory lock makes `seq` follow the
    /// order of commits, since a reader would never see a lower `seq` committed after a higher one.
    void add(Collection<UUID> credentials, Instant now) {
        if (credentials.isEmpty()) {
            return;
        }
        sql.select(DSL.field("pg_advisory_xact_lock(hashtext('identity revocations'))"))
                .fetch();
        sql.insertInto(REVOCATION, REVOCATION.CREDENTIAL_ID, REVOCATION.REVOKED_AT)
                .valuesOfRows(credentials.stream()
                        .map(credential -> DSL.row(credential, now))
                        .toList())
                .execute();
    }

    /// Revocations after a sequence number and not older than a timestamp.
    List<Revocation> after(long seq, Instant since) {
        return sql.select(REVOCATION.SEQ, REVOCATION.CREDENTIAL_ID)
                .from(REVOCATION)
                .where(REVOCATION.SEQ.gt(seq), REVOCATION.REVOKED_AT.ge(since))
                .orderBy(REVOCATION.SEQ)
                .fetch(row -> new Revocation(row.value1(), row.value2()));
    }

    int removeBefore(Instant timestamp) {
        return sql.deleteFrom(REVOCATION)
                .where(REVOCATION.REVOKED_AT.lt(timestamp))
                .execute();
    }
}
