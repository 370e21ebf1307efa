package dev.grantstore.lmdb;

import dev.grantstore.Durability;
import dev.grantstore.keyvalue.Batch;
import dev.grantstore.keyvalue.RowBytes;
import dev.grantstore.layout.KeyPrefix;
import dev.grantstore.layout.Keyspace;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.lmdbjava.Cursor;
import org.lmdbjava.Dbi;
import org.lmdbjava.GetOp;
import org.lmdbjava.LmdbException;
import org.lmdbjava.PutFlags;
import org.lmdbjava.SeekOp;
import org.lmdbjava.Txn;

/** One write transaction, in which rows are put and deleted at once. */
final class LmdbBatch implements Batch {
  private static final PutFlags[] NO_FLAGS = {};
  private static final PutFlags[] APPEND = {PutFlags.MDB_APPEND};

  private final LmdbFile file;
  private final Txn<NativeBytes> txn;
  private final NativeBytes asked = new NativeBytes();
  private final RowBytes found = new RowBytes();
  private @Nullable Keyspace loading;
  private PutFlags[] loadFlags = NO_FLAGS;

  /** Begins a transaction. */
  LmdbBatch(LmdbFile file) {
    this.file = file;
    this.txn = file.beginWrite();
  }

  @Override
  public boolean get(Keyspace keyspace, byte[] key, int keyLength, RowBytes value) {
    if (keyLength > LmdbFile.LONGEST_KEY_BYTES) {
      return false;
    }
    asked.set(key, keyLength);
    NativeBytes stored = file.keyspace(keyspace).get(txn, asked);
    if (stored == null) {
      return false;
    }
    stored.copyTo(value);
    return true;
  }

  @Override
  public void put(Keyspace keyspace, byte[] key, int keyLength, byte[] value, int valueLength) {
    asked.set(key, keyLength);
    file.keyspace(keyspace).reserve(txn, asked, valueLength).fill(value, valueLength);
  }

  @Override
  public void delete(Keyspace keyspace, byte[] key, int keyLength) {
    asked.set(key, keyLength);
    file.keyspace(keyspace).delete(txn, asked);
  }

  /**
   * Takes away everything stored under a sync's number; with one call where no other sync has rows.
   */
  @Override
  public void deleteSync(int sync) {
    byte[] from = KeyPrefix.ofSync(sync);
    byte[] to = KeyPrefix.ofSync(sync + 1);
    for (Keyspace keyspace : Keyspace.OF_GRANTS) {
      Dbi<NativeBytes> dbi = file.keyspace(keyspace);
      if (isOnly(dbi, from, to)) {
        dbi.drop(txn);
      } else {
        deleteRange(dbi, from, to);
      }
    }
  }

  /**
   * A new sync has the highest number; so, unless one was started meanwhile, rows go to the end.
   */
  @Override
  public void load(Keyspace keyspace, byte[] key, byte[] value) {
    Dbi<NativeBytes> dbi = file.keyspace(keyspace);
    asked.set(key, key.length);
    if (loading != keyspace) {
      loading = keyspace;
      loadFlags = isBehindAll(dbi) ? APPEND : NO_FLAGS;
    }
    dbi.reserve(txn, asked, value.length, loadFlags).fill(value, value.length);
  }

  /** A commit that fails on a disk that is full, and works, has taken nothing of it. */
  @Override
  public boolean commit() {
    try {
      txn.commit();
    } catch (LmdbException | IllegalArgumentException e) {
      if (!LmdbErrors.isFull(e, file.path()) || !file.canSync()) {
        file.setFailed();
      }
      throw e;
    }
    return file.options().durability() == Durability.SYNC;
  }

  /** Ends the transaction; undoes what was not committed. */
  @Override
  public void close() {
    txn.close();
  }

  private boolean isOnly(Dbi<NativeBytes> dbi, byte[] from, byte[] to) {
    try (Cursor<NativeBytes> cursor = dbi.openCursor(txn)) {
      return cursor.seek(SeekOp.MDB_FIRST)
          && compare(cursor.key(), from) >= 0
          && cursor.seek(SeekOp.MDB_LAST)
          && compare(cursor.key(), to) < 0;
    }
  }

  /** Whether {@link #asked} is behind every key that is there. */
  private boolean isBehindAll(Dbi<NativeBytes> dbi) {
    try (Cursor<NativeBytes> cursor = dbi.openCursor(txn)) {
      return !cursor.get(asked, GetOp.MDB_SET_RANGE);
    }
  }

  private void deleteRange(Dbi<NativeBytes> dbi, byte[] from, byte[] to) {
    try (Cursor<NativeBytes> cursor = dbi.openCursor(txn)) {
      asked.set(from, from.length);
      boolean more = cursor.get(asked, GetOp.MDB_SET_RANGE);
      while (more && compare(cursor.key(), to) < 0) {
        cursor.delete();
        // LMDB's cursor then stands before the row that followed.
        more = cursor.seek(SeekOp.MDB_NEXT);
      }
    }
  }

  private int compare(NativeBytes key, byte[] other) {
    key.copyTo(found);
    return Arrays.compareUnsigned(found.array(), 0, found.length(), other, 0, other.length);
  }
}
