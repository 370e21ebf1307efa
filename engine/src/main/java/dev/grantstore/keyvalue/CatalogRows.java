package dev.grantstore.keyvalue;

import dev.grantstore.Bytes;
import dev.grantstore.CorruptionException;
import dev.grantstore.Ids;
import dev.grantstore.codec.MalformedBytesException;
import dev.grantstore.codec.SyncRow;
import dev.grantstore.codec.ValueForm;
import dev.grantstore.layout.Keyspace;
import dev.grantstore.layout.MetaKeys;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Makes a {@link SyncCatalog} from the stored rows of what is not a grant. Of use once, by one
 * thread.
 */
public final class CatalogRows {
  private final SortedMap<String, SyncRow> rows = new TreeMap<>(Ids.ORDER);

  /** Starts with no sync. */
  public CatalogRows() {}

  /**
   * {@return the syncs that are stored} Reads all of {@link Keyspace#META}, so that damage is found
   * when a store is opened, also where nothing of it is needed: else whatever comes to it later
   * would be the first to fail.
   *
   * @param database a store's
   * @throws CorruptionException if what is stored is no catalog
   * @throws dev.grantstore.GrantStoreException if it cannot be read
   */
  public static SyncCatalog read(KeyValueDatabase database) {
    CatalogRows catalog = new CatalogRows();
    RowBytes key = new RowBytes();
    RowBytes value = new RowBytes();
    byte[] prefix = MetaKeys.syncPrefix();
    byte[] commit = null;
    byte[] next = null;
    byte[] all = {};
    key.point(prefix);
    try (Rows rows = database.live().rows(Keyspace.META, all, all)) {
      while (rows.next(key, value)) {
        byte[] found = key.toByteArray();
        if (key.startsWith(prefix)) {
          catalog.add(found, value.toByteArray());
        } else if (Arrays.equals(found, MetaKeys.commit())) {
          commit = value.toByteArray();
        } else if (Arrays.equals(found, MetaKeys.nextSync())) {
          next = value.toByteArray();
        } else if (database.valueForm() == ValueForm.CHECKED && !MetaKeys.isOfStore(found)) {
          // Else a sync would be missing whose key has another bit.
          throw new CorruptionException(
              Keyspace.META.label(), Bytes.copyOf(found), "row is of no known kind", null);
        }
      }
    } catch (Exception e) {
      throw Failures.ofRead(database, Keyspace.META, key.array(), key.length(), e);
    }
    return catalog.catalog(commit, next);
  }

  /**
   * Takes a row whose key starts with {@link MetaKeys#syncPrefix}.
   *
   * @param key the row's key
   * @param value the row's value
   * @throws CorruptionException if it is no sync's row
   */
  public void add(byte[] key, byte[] value) {
    try {
      String syncId = MetaKeys.syncId(key);
      rows.put(syncId, SyncRow.decode(syncId, value));
    } catch (MalformedBytesException e) {
      throw new CorruptionException(
          Keyspace.META.label(), Bytes.copyOf(key), "sync row does not decode", e);
    }
  }

  /** {@return the rows taken, by id} */
  SortedMap<String, SyncRow> rows() {
    return rows;
  }

  /**
   * {@return the catalog of all rows taken}
   *
   * @param commit the value of {@link MetaKeys#commit}, or null if there is none
   * @param nextNumber the value of {@link MetaKeys#nextSync}, or null if there is none
   * @throws CorruptionException if one is not such a number, or a sync's number was never given out
   *     or is another's too
   */
  public SyncCatalog catalog(byte @Nullable [] commit, byte @Nullable [] nextNumber) {
    long lastCommit = number(MetaKeys.commit(), commit, Long.BYTES).getLong();
    int next =
        nextNumber == null
            ? FirstSyncNumber.get()
            : number(MetaKeys.nextSync(), nextNumber, Integer.BYTES).getInt();
    if (next < 0) {
      throw new CorruptionException(
          Keyspace.META.label(), Bytes.copyOf(MetaKeys.nextSync()), "number is out of range", null);
    }
    checkNumbers(next);
    return SyncCatalog.of(rows, lastCommit, next);
  }

  /** A number that two syncs have would let one's drop take away the other's rows. */
  private void checkNumbers(int next) {
    Set<Integer> taken = new HashSet<>();
    for (Map.Entry<String, SyncRow> entry : rows.entrySet()) {
      int number = entry.getValue().number();
      if (number < 0 || number >= next || !taken.add(number)) {
        throw new CorruptionException(
            Keyspace.META.label(),
            Bytes.copyOf(MetaKeys.sync(entry.getKey())),
            String.format(
                Locale.ROOT,
                "sync number was never given out, or twice: number=%d next=%d",
                number,
                next),
            null);
      }
    }
  }

  private static ByteBuffer number(byte[] key, byte @Nullable [] value, int bytes) {
    if (value == null) {
      return ByteBuffer.allocate(bytes);
    }
    if (value.length != bytes) {
      throw new CorruptionException(
          Keyspace.META.label(), Bytes.copyOf(key), "number has the wrong length", null);
    }
    return ByteBuffer.wrap(value);
  }
}
