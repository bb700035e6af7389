package tarn.platform.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.JSONB;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import tarn.platform.problem.Refusal;
import tarn.platform.security.Caller;

/// Stores the response to a POST by its `Idempotency-Key` for 24 hours and replays it to retries
/// (draft-ietf-httpapi-idempotency-key-header).
///
/// Key, response and effect share one transaction. A refusal stores nothing, so a corrected request
/// may reuse the key. Of a response that holds a secret only the id is stored; a retry gets 409
/// `already-done`.
public final class Idempotency {

    /// Retention of a stored response.
    public static final Duration KEPT = Duration.ofHours(24);

    /// Longest accepted key, in characters.
    public static final int MAX_KEY = 200;

    /// Marks the row of an answer that held a secret, instead of the answer's status.
    private static final int ALREADY_DONE = 409;

    private static final Field<UUID> CALLER = DSL.field(DSL.name("caller"), UUID.class);
    private static final Field<String> KEY = DSL.field(DSL.name("key"), String.class);
    private static final Field<String> OPERATION = DSL.field(DSL.name("operation"), String.class);
    private static final Field<byte[]> REQUEST = DSL.field(DSL.name("request_hash"), byte[].class);
    private static final Field<Integer> STATUS = DSL.field(DSL.name("status"), Integer.class);
    private static final Field<String> ETAG = DSL.field(DSL.name("etag"), String.class);
    private static final Field<String> LOCATION = DSL.field(DSL.name("location"), String.class);
    private static final Field<JSONB> BODY = DSL.field(DSL.name("body"), JSONB.class);
    private static final Field<Instant> CREATED = DSL.field(DSL.name("created_at"), Instant.class);

    private final DSLContext sql;
    private final Table<?> table;
    private final ObjectMapper mapper;
    private final Clock clock;

    /// @param schema whose `idempotency_key` table stores the responses
    public Idempotency(DSLContext sql, String schema, ObjectMapper mapper, Clock clock) {
        this.sql = sql;
        this.table = DSL.table(DSL.name(schema, "idempotency_key"));
        this.mapper = mapper;
        this.clock = clock;
    }

    /// Runs the work once per caller and key.
    ///
    /// @param key as sent by the client; null runs the work without storing anything
    /// @param operation method and path; a key is not valid for another operation
    /// @param request what was asked for: bytes, or anything that can be written as JSON
    /// @throws Refusal.Conflict while the first request with this key is running
    /// @throws Refusal.Invalid when the key was used for a different request
    public Response once(
            Caller caller, @Nullable String key, String operation, Object request, Supplier<Response> work) {
        return once(caller, key, operation, request, work, Idempotency::keep);
    }

    /// Runs the work once per caller and key, whose answer holds a secret: only the answer's `id` is
    /// stored.
    ///
    /// @param request without passwords, since its hash is stored
    /// @param preparation runs first, outside of the transaction; skipped when it was done before
    /// @throws Refusal.AlreadyDone when it was done before
    public <T> Response onceWithSecret(
            Caller caller,
            @Nullable String key,
            String operation,
            Object request,
            Supplier<T> preparation,
            Function<T, Response> work) {
        var _ = storedResponse(caller, key, operation, request);
        T prepared = preparation.get();
        return once(caller, key, operation, request, () -> work.apply(prepared), Idempotency::keepId);
    }

    /// How an answer is stored.
    @FunctionalInterface
    private interface Keeper {
        void keep(Idempotency store, UUID holder, String key, String operation, byte[] hash, Response answer);
    }

    private Response once(
            Caller caller,
            @Nullable String key,
            String operation,
            Object request,
            Supplier<Response> work,
            Keeper keeper) {
        if (key == null) {
            return work.get();
        }
        requireUsable(key);
        UUID holder = caller.keyHolder();
        byte[] hash = hash(request);
        return QuarkusTransaction.joiningExisting().call(() -> {
            if (!Boolean.TRUE.equals(sql.select(DSL.field(
                            "pg_try_advisory_xact_lock(hashtextextended({0}, 0))",
                            Boolean.class, DSL.val(holder + "/" + key)))
                    .fetchSingle()
                    .value1())) {
                throw new Refusal.Conflict(
                        "idempotency-in-flight", "The first request with this key is still being worked on.");
            }
            Response kept = kept(holder, key, operation, hash);
            if (kept != null) {
                return kept;
            }
            Response answer = work.get();
            keeper.keep(this, holder, key, operation, hash, answer);
            return answer;
        });
    }

    /// Runs the work once per caller and key, after a preparation such as a call to another
    /// service, which holds no database connection and is skipped when a response is stored.
    ///
    /// @param preparation computes the input of the work
    public <T> Response once(
            Caller caller,
            @Nullable String key,
            String operation,
            Object request,
            Supplier<T> preparation,
            Function<T, Response> work) {
        Response kept = storedResponse(caller, key, operation, request);
        if (kept != null) {
            return kept;
        }
        T prepared = preparation.get();
        return once(caller, key, operation, request, () -> work.apply(prepared));
    }

    /// The stored response; null for none.
    private @Nullable Response storedResponse(Caller caller, @Nullable String key, String operation, Object request) {
        if (key == null) {
            return null;
        }
        requireUsable(key);
        return QuarkusTransaction.joiningExisting().call(() -> kept(caller.keyHolder(), key, operation, hash(request)));
    }

    /// Deletes expired responses in the current transaction.
    ///
    /// @param most number of responses
    /// @return how many were deleted
    public int deleteExpired(int most) {
        return sql.deleteFrom(table)
                .where(DSL.row(CALLER, KEY)
                        .in(DSL.select(CALLER, KEY)
                                .from(table)
                                .where(CREATED.le(clock.instant().minus(KEPT)))
                                .limit(most)
                                .forUpdate()
                                .skipLocked()))
                .execute();
    }

    private static void requireUsable(String key) {
        if (key.isBlank() || key.length() > MAX_KEY || key.indexOf('\0') >= 0) {
            throw new Refusal.Malformed("invalid", "Idempotency-Key must have 1 to " + MAX_KEY + " characters.");
        }
    }

    private @Nullable Response kept(UUID holder, String key, String operation, byte[] hash) {
        Record kept = sql.select(OPERATION, REQUEST, STATUS, ETAG, LOCATION, BODY)
                .from(table)
                .where(
                        CALLER.eq(holder),
                        KEY.eq(key),
                        CREATED.gt(clock.instant().minus(KEPT)))
                .fetchOne();
        if (kept == null) {
            return null;
        }
        if (!kept.get(OPERATION).equals(operation) || !Arrays.equals(kept.get(REQUEST), hash)) {
            throw new Refusal.Invalid("idempotency-key-reused", "This key was used for another request.", List.of());
        }
        return replay(kept);
    }

    private void keepId(UUID holder, String key, String operation, byte[] hash, Response answer) {
        JsonNode id = mapper.valueToTree(answer.getEntity()).path("id");
        JSONB body = JSONB.valueOf(mapper.createObjectNode().set("id", id).toString());
        insert(holder, key, operation, hash, ALREADY_DONE, null, null, body);
    }

    private void keep(UUID holder, String key, String operation, byte[] hash, Response answer) {
        String etag =
                answer.getEntityTag() == null ? null : answer.getEntityTag().getValue();
        String location = answer.getHeaderString(HttpHeaders.LOCATION);
        JSONB body = JSONB.valueOf(new String(json(answer.getEntity()), StandardCharsets.UTF_8));
        insert(holder, key, operation, hash, answer.getStatus(), etag, location, body);
    }

    private void insert(
            UUID holder,
            String key,
            String operation,
            byte[] hash,
            int status,
            @Nullable String etag,
            @Nullable String location,
            JSONB body) {
        sql.insertInto(table, CALLER, KEY, OPERATION, REQUEST, STATUS, ETAG, LOCATION, BODY, CREATED)
                .values(holder, key, operation, hash, status, etag, location, body, clock.instant())
                .onConflict(CALLER, KEY)
                .doUpdate()
                .setAllToExcluded()
                .execute();
    }

    private Response replay(Record kept) {
        if (kept.get(STATUS) == ALREADY_DONE) {
            throw new Refusal.AlreadyDone(id(kept.get(BODY)));
        }
        Response.ResponseBuilder answer = Response.status(kept.get(STATUS))
                .type(MediaType.APPLICATION_JSON_TYPE)
                .entity(kept.get(BODY).data())
                .header("Idempotent-Replayed", "true");
        if (kept.get(ETAG) != null) {
            answer.tag(kept.get(ETAG));
        }
        if (kept.get(LOCATION) != null) {
            answer.header(HttpHeaders.LOCATION, kept.get(LOCATION));
        }
        return answer.build();
    }

    private String id(JSONB body) {
        try {
            return mapper.readTree(body.data()).path("id").asText();
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("Not JSON", impossible);
        }
    }

    private byte[] hash(Object request) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(request instanceof byte[] bytes ? bytes : json(request));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private byte[] json(Object value) {
        try {
            return mapper.writeValueAsBytes(value);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("Not JSON: " + value.getClass(), impossible);
        }
    }
}
