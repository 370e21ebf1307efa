package dev.grantstore.lmdb;

import dev.grantstore.CanonicalForm;
import dev.grantstore.ContentDigest;
import dev.grantstore.CorruptionException;
import dev.grantstore.DigestAccumulator;
import dev.grantstore.Grant;
import dev.grantstore.codec.MalformedBytesException;
import dev.grantstore.codec.SyncRow;
import dev.grantstore.codec.TupleWriter;
import dev.grantstore.keyvalue.RowSink;
import dev.grantstore.layout.KeyPrefix;
import dev.grantstore.layout.Keyspace;
import dev.grantstore.layout.MetaKeys;
import dev.grantstore.layout.RowReader;
import dev.grantstore.layout.RowWriter;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.lmdbjava.Cursor;
import org.lmdbjava.Dbi;
import org.lmdbjava.GetOp;
import org.lmdbjava.LmdbException;
import org.lmdbjava.PutFlags;
import org.lmdbjava.SeekOp;
import org.lmdbjava.Txn;

/**
 * The rows of one write transaction, put and deleted at once; the transaction sees them. One
 * thread, the transaction's.
 */
final class RowBatch implements RowSink<LmdbException>, AutoCloseable {
  private static final PutFlags[] NO_FLAGS = {};
  private static final PutFlags[] APPEND = {PutFlags.MDB_APPEND};

  private final Database database;
  private final Txn<NativeBytes> txn;
  private final RowWriter rows = new RowWriter();
  private final CanonicalForm form = new CanonicalForm();
  private final DigestAccumulator added = new DigestAccumulator();
  private final TupleWriter key = new TupleWriter();
  private final RowReader grantRow = new RowReader(Keyspace.GRANTS);
  private final NativeBytes nativeKey = new NativeBytes();
  private byte[] value = {};
  private @Nullable Keyspace loading;
  private PutFlags[] loadFlags = NO_FLAGS;

  /** Begins a transaction. */
  RowBatch(Database database) {
    this.database = database;
    this.txn = database.beginWrite();
  }

  /** Puts a grant; one that has the same id is replaced. */
  void put(int sync, Grant grant) {
    deleteIfStored(sync, grant.id());
    form.encode(grant);
    rows.grant(grant, form);
    checkKey(Keyspace.BY_ENTITLEMENT.label(), rows.longestKeyBytes());
    added.add(form);
    for (Keyspace keyspace : Keyspace.OF_GRANTS) {
      if (keyspace.includes(grant)) {
        rows.row(keyspace, sync);
        nativeKey.set(rows.key().array(), rows.key().length());
        database
            .keyspace(keyspace)
            .reserve(txn, nativeKey, rows.value().length())
            .fill(rows.value().array(), rows.value().length());
      }
    }
  }

  /** Takes away every row of a grant, and its part of the digest, if it is there. */
  void deleteIfStored(int sync, String grantId) {
    Optional<Grant> found = stored(sync, grantId);
    if (found.isPresent()) {
      Grant stored = found.get();
      form.encode(stored);
      added.remove(form);
      rows.grant(stored, form);
      for (Keyspace keyspace : Keyspace.OF_GRANTS) {
        if (keyspace.includes(stored)) {
          rows.row(keyspace, sync);
          nativeKey.set(rows.key().array(), rows.key().length());
          database.keyspace(keyspace).delete(txn, nativeKey);
        }
      }
    }
  }

  /**
   * Puts a row of a load. Rows come keyspace by keyspace in the order of their keys, and a new sync
   * has the highest number; so, unless a sync was started meanwhile, they go behind the last row.
   */
  @Override
  public void putRow(Keyspace keyspace, byte[] rowKey, byte[] rowValue) {
    Dbi<NativeBytes> dbi = database.keyspace(keyspace);
    nativeKey.set(rowKey, rowKey.length);
    if (loading != keyspace) {
      loading = keyspace;
      loadFlags = isBehindAll(dbi) ? APPEND : NO_FLAGS;
    }
    dbi.reserve(txn, nativeKey, rowValue.length, loadFlags).fill(rowValue, rowValue.length);
  }

  /**
   * Takes away everything stored under a sync's number.
   *
   * @param sync the number
   * @param isOnly whether no other sync has rows
   */
  void deleteSync(int sync, boolean isOnly) {
    byte[] from = KeyPrefix.ofSync(sync);
    byte[] to = KeyPrefix.ofSync(sync + 1);
    for (Keyspace keyspace : Keyspace.OF_GRANTS) {
      if (isOnly) {
        database.keyspace(keyspace).drop(txn);
      } else {
        deleteRange(database.keyspace(keyspace), from, to);
      }
    }
  }

  void putSync(SyncRow row) {
    putMeta(MetaKeys.sync(row.run().id()), row.encode());
  }

  void deleteSyncRow(String syncId) {
    byte[] metaKey = MetaKeys.sync(syncId);
    nativeKey.set(metaKey, metaKey.length);
    database.meta().delete(txn, nativeKey);
  }

  void putMeta(byte[] metaKey, byte[] metaValue) {
    nativeKey.set(metaKey, metaKey.length);
    database.meta().reserve(txn, nativeKey, metaValue.length).fill(metaValue, metaValue.length);
  }

  /** What the grants put and deleted so far add up to. */
  ContentDigest added() {
    return added.digest();
  }

  /** Commits, as durably as the database does by itself. */
  void commit() {
    txn.commit();
  }

  /** Ends the transaction; undoes what was not committed. */
  @Override
  public void close() {
    txn.close();
  }

  private void checkKey(String keyspace, int bytes) {
    if (bytes > Database.LONGEST_KEY_BYTES) {
      throw LmdbErrors.tooLong(keyspace, bytes, Database.LONGEST_KEY_BYTES);
    }
  }

  private Optional<Grant> stored(int sync, String grantId) {
    KeyPrefix.grant(sync, grantId, key);
    if (key.length() > Database.LONGEST_KEY_BYTES) {
      return Optional.empty();
    }
    nativeKey.set(key.array(), key.length());
    @Nullable NativeBytes found = database.keyspace(Keyspace.GRANTS).get(txn, nativeKey);
    if (found == null) {
      return Optional.empty();
    }
    int length = Math.toIntExact(found.length());
    if (value.length < length) {
      value = new byte[length];
    }
    found.copyTo(value);
    try {
      grantRow.read(key.array(), key.length(), value, length);
      return Optional.of(grantRow.grant());
    } catch (MalformedBytesException e) {
      throw new CorruptionException(
          Keyspace.GRANTS.label(),
          dev.grantstore.Bytes.copyOf(key.array(), 0, key.length()),
          "row does not decode: " + e.getMessage(),
          e);
    }
  }

  /** Whether {@link #nativeKey} is behind every key that is there. */
  private boolean isBehindAll(Dbi<NativeBytes> dbi) {
    try (Cursor<NativeBytes> cursor = dbi.openCursor(txn)) {
      return !cursor.get(nativeKey, GetOp.MDB_SET_RANGE);
    }
  }

  private void deleteRange(Dbi<NativeBytes> dbi, byte[] from, byte[] to) {
    try (Cursor<NativeBytes> cursor = dbi.openCursor(txn)) {
      nativeKey.set(from, from.length);
      boolean found = cursor.get(nativeKey, GetOp.MDB_SET_RANGE);
      while (found && isBefore(cursor.key(), to)) {
        cursor.delete();
        // LMDB's cursor then stands before the row that followed.
        found = cursor.seek(SeekOp.MDB_NEXT);
      }
    }
  }

  /** Whether a key's first bytes, which are its sync's number, are before another's. */
  private boolean isBefore(NativeBytes found, byte[] to) {
    int length = Math.toIntExact(found.length());
    if (value.length < length) {
      value = new byte[length];
    }
    found.copyTo(value);
    return java.util.Arrays.compareUnsigned(value, 0, length, to, 0, to.length) < 0;
  }
}
