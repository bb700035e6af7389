package tarn.platform.database;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Result;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import tarn.platform.search.SearchQuery;

/// Finds the best rows of a table for a query, best first: by rank ([SearchColumn#rank]), then by a
/// condition, then the newest.
///
/// It reads few of the rows that match: rank by rank, those among the newest rows before the others,
/// until there are enough. Rows of a frequent word are met among the newest, and a rare word has few
/// rows. Of words that more than a sixteenth of the rows have, only the newest that match are ranked.
public final class RankedSearch {

    /// Rows that are ranked of a common word.
    static final int MAX_RANKED = 20_000;

    /// Rows that are looked at for a common word, newest first.
    private static final int MAX_SCANNED = 400_000;

    /// Newest rows in which a rank is sought first, for each row of a page: they are enough for words
    /// that more than one of 400 rows has.
    private static final int NEWEST = 400;

    /// The best rows.
    ///
    /// @param ids best first
    /// @param truncated whether only the newest 20,000 of those that match were ranked
    public record BestRows(List<UUID> ids, boolean truncated) {

        /// Copies the list.
        public BestRows {
            ids = List.copyOf(ids);
        }
    }

    private static final String PREFERRED = "preferred";

    private final Table<?> table;
    private final Field<UUID> id;
    private final SearchColumn search;
    private final Condition preferred;
    private final int newestForEach;

    /// @param id UUIDs of version 7, so that the highest are the newest
    /// @param preferred the condition of rows that come before others of their rank; null for none
    public RankedSearch(Table<?> table, Field<UUID> id, @Nullable Condition preferred) {
        this(table, id, preferred, NEWEST);
    }

    RankedSearch(Table<?> table, Field<UUID> id, @Nullable Condition preferred, int newestForEach) {
        this.newestForEach = newestForEach;
        this.table = table;
        this.id = id;
        this.search = SearchColumn.of(table);
        this.preferred = preferred == null ? DSL.trueCondition() : preferred;
    }

    /// @param visible the rows that may be found
    public BestRows best(DSLContext sql, SearchQuery query, Condition visible, int limit) {
        return search.isCommon(sql, table, query)
                ? bestOfNewest(sql, query, visible, limit)
                : new BestRows(bestOfAll(sql, query, visible, limit), false);
    }

    private List<UUID> bestOfAll(DSLContext sql, SearchQuery query, Condition visible, int limit) {
        UUID border = border(sql, limit);
        Condition soon = border == null ? preferred : preferred.and(id.gt(border));
        // A row that changes between two statements may be in both.
        Set<UUID> best = new LinkedHashSet<>();
        for (int rank : SearchColumn.RANKS) {
            Condition wanted = search.matches(query, rank).and(visible);
            if (best.size() < limit) {
                best.addAll(newestOf(sql, wanted.and(soon), limit - best.size()));
            }
            if (best.size() < limit) {
                best.addAll(bestOf(sql, wanted.andNot(soon), limit - best.size()));
            }
        }
        return List.copyOf(best);
    }

    private List<UUID> newestOf(DSLContext sql, Condition wanted, int limit) {
        return sql.select(id)
                .from(table)
                .where(wanted)
                .orderBy(id.desc())
                .limit(limit)
                .fetch(id);
    }

    private List<UUID> bestOf(DSLContext sql, Condition wanted, int limit) {
        // The offset keeps the planner from looking at all rows in the order of their ids.
        Table<?> matching = sql.select(id, DSL.field(preferred).as(PREFERRED))
                .from(table)
                .where(wanted)
                .offset(DSL.inline(0))
                .asTable("matching");
        Field<UUID> matchingId = matching.field(id);
        return sql.select(matchingId)
                .from(matching)
                .orderBy(matching.field(PREFERRED).desc(), matchingId.desc())
                .limit(limit)
                .fetch(matchingId);
    }

    /// The first row behind the newest; null when there are no others.
    private @Nullable UUID border(DSLContext sql, int limit) {
        return sql.select(id)
                .from(table)
                .orderBy(id.desc())
                .offset(DSL.inline(newestForEach * limit))
                .limit(DSL.inline(1))
                .fetchOne(id);
    }

    private BestRows bestOfNewest(DSLContext sql, SearchQuery query, Condition visible, int limit) {
        Table<?> scanned = sql.select(id, search.field(), DSL.field(preferred).as(PREFERRED))
                .from(table)
                .where(visible)
                .orderBy(id.desc())
                .limit(DSL.inline(MAX_SCANNED))
                .asTable("scanned");
        SearchColumn tokens = SearchColumn.of(scanned);
        Field<UUID> scannedId = scanned.field(id);
        Field<?> first = scanned.field(PREFERRED);
        Table<?> matching = sql.select(scannedId, tokens.rank(query).as("rank"), first)
                .from(scanned)
                .where(tokens.matches(query))
                .orderBy(scannedId.desc())
                .limit(DSL.inline(MAX_RANKED + 1))
                .asTable("matching");
        Field<Integer> count = DSL.count().over().as("total");
        Result<? extends Record> rows = sql.select(matching.field(id), count)
                .from(matching)
                .orderBy(
                        matching.field("rank").desc(),
                        matching.field(PREFERRED).desc(),
                        matching.field(id).desc())
                .limit(limit)
                .fetch();
        boolean truncated = rows.stream().anyMatch(row -> row.get(count) > MAX_RANKED);
        return new BestRows(rows.map(row -> row.get(matching.field(id))), truncated);
    }
}
