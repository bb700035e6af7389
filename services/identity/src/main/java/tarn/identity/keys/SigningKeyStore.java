package tarn.identity.keys;

import static tarn.identity.sql.Tables.SIGNING_KEY;

import jakarta.inject.Singleton;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.List;
import org.jboss.logging.Logger;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import tarn.identity.database.IdentityDatabase;

/// SQL access to signing keys, whose private keys are stored encrypted.
@Singleton
final class SigningKeyStore {

    private static final Logger LOG = Logger.getLogger(SigningKeyStore.class);

    private final DSLContext sql;
    private final SigningKeyCipher cipher;

    SigningKeyStore(IdentityDatabase database, SigningKeyCipher cipher) {
        this.sql = database.database().sql();
        this.cipher = cipher;
    }

    KeyRing ring() {
        return new KeyRing(sql.selectFrom(SIGNING_KEY).fetch(this::key));
    }

    /// Serialises key rotation across processes until the end of the transaction.
    void lock() {
        sql.select(DSL.field("pg_advisory_xact_lock(hashtext('identity signing keys'))"))
                .fetch();
    }

    /// @param privateKey of the pair
    void insert(SigningKey key, PrivateKey privateKey) {
        sql.insertInto(SIGNING_KEY)
                .set(SIGNING_KEY.ID, key.id())
                .set(SIGNING_KEY.PUBLIC_KEY, key.publicKey().getEncoded())
                .set(SIGNING_KEY.PRIVATE_KEY, cipher.encrypt(privateKey.getEncoded(), key.id()))
                .set(SIGNING_KEY.CREATED_AT, key.createdAt())
                .set(SIGNING_KEY.SIGNS_FROM, key.signsFrom())
                .execute();
    }

    void delete(List<SigningKey> keys) {
        sql.deleteFrom(SIGNING_KEY)
                .where(SIGNING_KEY.ID.in(keys.stream().map(SigningKey::id).toList()))
                .execute();
    }

    private SigningKey key(Record row) {
        String id = row.get(SIGNING_KEY.ID);
        try {
            KeyFactory factory = KeyFactory.getInstance("RSA");
            return new SigningKey(
                    id,
                    (RSAPublicKey) factory.generatePublic(new X509EncodedKeySpec(row.get(SIGNING_KEY.PUBLIC_KEY))),
                    decrypted(factory, id, row.get(SIGNING_KEY.PRIVATE_KEY)),
                    row.get(SIGNING_KEY.CREATED_AT),
                    row.get(SIGNING_KEY.SIGNS_FROM));
        } catch (GeneralSecurityException foreign) {
            throw new IllegalStateException("Signing key " + id + " is no RSA key", foreign);
        }
    }

    private @Nullable PrivateKey decrypted(KeyFactory factory, String id, byte[] encrypted)
            throws GeneralSecurityException {
        byte[] plain = cipher.decrypt(encrypted, id).orElse(null);
        if (plain == null) {
            LOG.warnf("Signing key %s was encrypted with another TARN_SECRET: it verifies, and no longer signs", id);
            return null;
        }
        return factory.generatePrivate(new PKCS8EncodedKeySpec(plain));
    }
}
