package dev.grantstore.mvstore;

import dev.grantstore.CanonicalForm;
import dev.grantstore.ContentDigest;
import dev.grantstore.DigestAccumulator;
import dev.grantstore.Grant;
import dev.grantstore.codec.SyncRow;
import dev.grantstore.layout.Keyspace;
import dev.grantstore.layout.MetaKeys;
import dev.grantstore.layout.RowWriter;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import org.h2.mvstore.MVMap;

/**
 * The changes of one write to the trees, made at once, and how to take them back: MVStore itself
 * only goes back to what was committed last, which with {@code BULK} may be many writes ago. One
 * thread; used again for the next write.
 */
final class TreeChanges {
  private final MvDatabase database;
  private final RowWriter rows = new RowWriter();
  private final CanonicalForm form = new CanonicalForm();
  private final Deque<Runnable> undos = new ArrayDeque<>();
  private DigestAccumulator added = new DigestAccumulator();

  TreeChanges(MvDatabase database) {
    this.database = database;
  }

  /** Puts every row of a grant that is not stored. */
  void put(int sync, Grant grant) {
    form.encode(grant);
    added.add(form);
    rows.grant(grant, form);
    for (Keyspace keyspace : Keyspace.OF_GRANTS) {
      if (keyspace.includes(grant)) {
        rows.row(keyspace, sync);
        byte[] value = Arrays.copyOf(rows.value().array(), rows.value().length());
        put(database.map(keyspace, sync), rows.key().toByteArray(), value);
      }
    }
  }

  /** Takes away every row of a grant that is stored, and its part of the digest. */
  void delete(int sync, Grant stored) {
    form.encode(stored);
    added.remove(form);
    rows.grant(stored, form);
    for (Keyspace keyspace : Keyspace.OF_GRANTS) {
      if (keyspace.includes(stored)) {
        rows.row(keyspace, sync);
        delete(database.map(keyspace, sync), rows.key().toByteArray());
      }
    }
  }

  /** What the grants put and deleted so far add up to. */
  ContentDigest added() {
    return added.digest();
  }

  /** Makes the trees of a new sync. */
  void makeTrees(int sync) {
    undos.push(() -> database.removeTrees(sync));
    database.trees(sync);
  }

  void putSync(SyncRow row) {
    putMeta(MetaKeys.sync(row.run().id()), row.encode());
  }

  void deleteSyncRow(String syncId) {
    delete(database.meta(), MetaKeys.sync(syncId));
  }

  void putMeta(byte[] key, byte[] value) {
    put(database.meta(), key, value);
  }

  /** Takes all changes back. */
  void undo() {
    while (!undos.isEmpty()) {
      undos.pop().run();
    }
  }

  /** Forgets the changes, and starts over for the next write. */
  void clear() {
    undos.clear();
    added = new DigestAccumulator();
  }

  private void put(MVMap<byte[], byte[]> map, byte[] key, byte[] value) {
    byte[] before = map.put(key, value);
    undos.push(before == null ? () -> map.remove(key) : () -> map.put(key, before));
  }

  private void delete(MVMap<byte[], byte[]> map, byte[] key) {
    byte[] before = map.remove(key);
    if (before != null) {
      undos.push(() -> map.put(key, before));
    }
  }
}
