package dev.grantstore.keyvalue;

import dev.grantstore.Bytes;
import dev.grantstore.CorruptionException;
import dev.grantstore.codec.MalformedBytesException;
import dev.grantstore.codec.PackedForm;
import dev.grantstore.codec.SyncRow;
import dev.grantstore.layout.KeyPrefix;
import dev.grantstore.layout.Keyspace;
import dev.grantstore.packed.RowPacker;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Makes pages of the rows of a sealed sync, a few megabytes at a time, beside whatever else is read
 * and written. Pages are under keys that nobody reads until the sync's row says so. Of use once, by
 * one thread.
 */
final class SyncPacking {
  /** A page or directory as it is stored. */
  @SuppressWarnings("ArrayRecordComponent") // handed over once, never compared
  record Stored(byte[] key, byte[] value) {}

  /** Where pages go. */
  interface Target {
    /** Throws if packing is to be broken off. */
    void requireTime();

    /** {@return whether the sync is still there} */
    boolean isStored();

    /** Stores pages. */
    void put(List<Stored> pages);

    /** Stores the last pages, and the sync's row that says that they are there. */
    void show(SyncRow packed, List<Stored> pages);
  }

  /** So many pages are written at once, if they are as large as they are to be. */
  private static final int CHUNK_PAGES = 1_024;

  private static final long MOST_CHUNK_BYTES = 32L << 20;

  private final KeyValueDatabase database;
  private final SyncRow row;
  private final Target target;
  private final long chunkBytes;
  private List<Stored> pages = new ArrayList<>();
  private long bytes;

  /**
   * Prepares it.
   *
   * @param row the sync's, sealed
   * @param target takes the pages
   */
  SyncPacking(KeyValueDatabase database, SyncRow row, Target target) {
    this.database = database;
    this.row = row;
    this.target = target;
    chunkBytes = Math.min(MOST_CHUNK_BYTES, CHUNK_PAGES * (long) database.pageBytes());
  }

  /**
   * Packs it, or leaves it as it is if it is dropped meanwhile.
   *
   * @throws CorruptionException if the keyspaces do not hold as many rows as they must; the rows
   *     stay, and with them what tells of the damage
   */
  void run() {
    long needingExpansion = 0;
    for (Keyspace keyspace : Keyspace.OF_GRANTS) {
      long packed = pack(keyspace);
      needingExpansion = keyspace == Keyspace.NEEDS_EXPANSION ? packed : needingExpansion;
      long expected = expectedRows(keyspace);
      if (expected != SyncRow.UNKNOWN && packed != expected) {
        if (target.isStored()) {
          throw new CorruptionException(
              keyspace.label(),
              Bytes.copyOf(KeyPrefix.ofSync(row.number())),
              String.format(Locale.ROOT, "rows are missing: rows=%d expected=%d", packed, expected),
              null);
        }
        return;
      }
      YieldPoint.reached("keyspace packed");
    }
    PackedForm form = new PackedForm(List.of(1, 1, 1, 1), true);
    target.show(row.packedAs(form, needingExpansion), pages);
  }

  private long expectedRows(Keyspace keyspace) {
    return keyspace == Keyspace.NEEDS_EXPANSION ? row.needingExpansion() : row.content().count();
  }

  private long pack(Keyspace keyspace) {
    byte[] prefix = KeyPrefix.ofSync(row.number());
    RowBytes key = new RowBytes();
    RowBytes value = new RowBytes();
    RowPacker<RuntimeException> packer =
        new RowPacker<>(row.number(), keyspace, 0, database.pageBytes(), this::put);
    key.point(prefix);
    try (Rows rows = database.live().rows(keyspace, prefix, prefix)) {
      while (rows.next(key, value)) {
        packer.add(key.array(), key.length(), value.array(), value.length());
      }
    } catch (MalformedBytesException e) {
      throw Failures.malformed(keyspace, key.array(), key.length(), e);
    } catch (Exception e) {
      throw Failures.ofRead(database, keyspace, key.array(), key.length(), e);
    }
    return packer.finish();
  }

  private void put(byte[] key, byte[] value) {
    pages.add(new Stored(key, value));
    bytes += key.length + (long) value.length;
    target.requireTime();
    if (bytes > chunkBytes) {
      target.put(pages);
      pages = new ArrayList<>();
      bytes = 0;
    }
  }
}
