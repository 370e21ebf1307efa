package dev.grantstore.keyvalue;

import dev.grantstore.CanonicalForm;
import dev.grantstore.ContentDigest;
import dev.grantstore.DigestAccumulator;
import dev.grantstore.Grant;
import dev.grantstore.GrantStoreException;
import dev.grantstore.Reason;
import dev.grantstore.codec.MalformedBytesException;
import dev.grantstore.codec.SyncRow;
import dev.grantstore.codec.TupleWriter;
import dev.grantstore.layout.KeyPrefix;
import dev.grantstore.layout.Keyspace;
import dev.grantstore.layout.MetaKeys;
import dev.grantstore.layout.RowReader;
import dev.grantstore.layout.RowWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Makes rows of grants and syncs for one write after the other, and adds up what the grants change
 * of the content. One thread, the writer's.
 */
final class RowWrites {
  private final KeyValueDatabase database;
  private final RowWriter rows;
  private final CanonicalForm form = new CanonicalForm();
  private final TupleWriter key = new TupleWriter();
  private final RowBytes value = new RowBytes();
  private final RowReader stored = new RowReader(Keyspace.GRANTS);
  private DigestAccumulator added = new DigestAccumulator();
  private long expanding;
  private @Nullable Batch batch;

  RowWrites(KeyValueDatabase database) {
    this.database = database;
    rows = new RowWriter(database.valueForm());
  }

  /** Begins the next write. */
  void into(Batch next) {
    batch = next;
    added = new DigestAccumulator();
    expanding = 0;
    value.trim();
  }

  Batch batch() {
    Batch now = batch;
    if (now == null) {
      throw new IllegalStateException("no write has begun");
    }
    return now;
  }

  /** Puts a grant; one that has the same id is replaced. */
  void put(int sync, Grant grant) throws Exception {
    deleteIfStored(sync, grant.id());
    insert(sync, grant);
  }

  /** Puts a grant unless one that has the same id is as new; whether it did. */
  boolean putIfNewer(int sync, Grant grant) throws Exception {
    KeyPrefix.grant(sync, grant.id(), key);
    boolean found = read();
    YieldPoint.reached("old row read");
    if (found) {
      Grant old = grant();
      if (!grant.isNewerThan(old)) {
        return false;
      }
      delete(sync, old);
    }
    insert(sync, grant);
    return true;
  }

  private void insert(int sync, Grant grant) throws Exception {
    form.encode(grant);
    rows.grant(grant, form);
    checkKey(Keyspace.BY_ENTITLEMENT, rows.longestKeyBytes());
    added.add(form);
    expanding += grant.needsExpansion() ? 1 : 0;
    for (Keyspace keyspace : Keyspace.OF_GRANTS) {
      if (keyspace.includes(grant)) {
        putRow(keyspace, sync);
      }
    }
  }

  /** Puts a row of the grant that was encoded last. */
  private void putRow(Keyspace keyspace, int sync) throws Exception {
    rows.row(keyspace, sync);
    batch()
        .put(
            keyspace,
            rows.key().array(),
            rows.key().length(),
            rows.value().array(),
            rows.value().length());
  }

  /** Puts the row that a grant must have in an index, if it is there and must have one. */
  void restore(Keyspace index, int sync, String grantId) throws Exception {
    KeyPrefix.grant(sync, grantId, key);
    if (read()) {
      Grant grant = grant();
      if (index.includes(grant)) {
        form.encode(grant);
        rows.grant(grant, form);
        putRow(index, sync);
      }
    }
  }

  /** Takes away every row of a grant, and its part of the digest, if it is there. */
  void deleteIfStored(int sync, String grantId) throws Exception {
    KeyPrefix.grant(sync, grantId, key);
    boolean found = read();
    YieldPoint.reached("old row read");
    if (found) {
      delete(sync, grant());
    }
  }

  /** Takes away every row of a grant if it is there and has ended by an instant; whether it did. */
  boolean deleteIfExpired(int sync, String grantId, Instant asOf) throws Exception {
    KeyPrefix.grant(sync, grantId, key);
    boolean found = read();
    YieldPoint.reached("old row read");
    if (found) {
      Grant old = grant();
      if (old.isExpired(asOf)) {
        delete(sync, old);
        return true;
      }
    }
    return false;
  }

  /** {@return of how many grants {@link #readAhead} is told at a time; of none if it is 1} */
  int readsAtOnce() {
    return batch().readsAtOnce();
  }

  /** Says which grants will be looked for next. */
  void readAhead(int sync, List<String> grantIds) {
    List<byte[]> keys = new ArrayList<>(grantIds.size());
    for (String id : grantIds) {
      KeyPrefix.grant(sync, id, key);
      keys.add(Arrays.copyOf(key.array(), key.length()));
    }
    try {
      batch().readAhead(Keyspace.GRANTS, keys);
    } catch (Exception e) {
      throw Failures.ofRead(database, Keyspace.GRANTS, key.array(), key.length(), e);
    }
  }

  /** Whether the row is there whose key was written. */
  private boolean read() {
    try {
      return batch().get(Keyspace.GRANTS, key.array(), key.length(), value);
    } catch (Exception e) {
      throw Failures.ofRead(database, Keyspace.GRANTS, key.array(), key.length(), e);
    }
  }

  void putSync(SyncRow row) throws Exception {
    putMeta(MetaKeys.sync(row.run().id()), row.encode());
  }

  void deleteSyncRow(String syncId) throws Exception {
    byte[] metaKey = MetaKeys.sync(syncId);
    batch().delete(Keyspace.META, metaKey, metaKey.length);
  }

  void putMeta(byte[] metaKey, byte[] metaValue) throws Exception {
    batch().put(Keyspace.META, metaKey, metaKey.length, metaValue, metaValue.length);
  }

  /** What the grants put and deleted so far add up to. */
  ContentDigest added() {
    return added.digest();
  }

  /** How many more grants need expansion than before the write. */
  long expanding() {
    return expanding;
  }

  /** Refuses a key that is longer than the database takes. */
  void checkKey(Keyspace keyspace, int bytes) {
    int limit = database.longestKeyBytes();
    if (bytes > limit) {
      throw new GrantStoreException(
          Reason.UNSUPPORTED,
          String.format(
              Locale.ROOT,
              "key is longer than the engine takes: keyspace=%s bytes=%d limit=%d",
              keyspace.label(),
              bytes,
              limit));
    }
  }

  private void delete(int sync, Grant old) throws Exception {
    form.encode(old);
    added.remove(form);
    expanding -= old.needsExpansion() ? 1 : 0;
    rows.grant(old, form);
    for (Keyspace keyspace : Keyspace.OF_GRANTS) {
      if (keyspace.includes(old)) {
        rows.row(keyspace, sync);
        batch().delete(keyspace, rows.key().array(), rows.key().length());
      }
    }
  }

  /** The grant whose row was read. */
  private Grant grant() {
    try {
      stored.read(key.array(), key.length(), value.array(), value.length());
      return stored.grant();
    } catch (MalformedBytesException e) {
      throw Failures.malformed(Keyspace.GRANTS, key.array(), key.length(), e);
    }
  }
}
