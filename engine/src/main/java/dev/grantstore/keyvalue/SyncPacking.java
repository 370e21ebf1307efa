package dev.grantstore.keyvalue;

import dev.grantstore.codec.MalformedBytesException;
import dev.grantstore.codec.PackedForm;
import dev.grantstore.codec.SyncRow;
import dev.grantstore.layout.KeyPrefix;
import dev.grantstore.layout.Keyspace;
import dev.grantstore.packed.RowPacker;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Makes pages of the rows of a sealed sync, a few megabytes at a time, beside whatever else is read
 * and written. Pages are under keys that nobody reads until the sync's row says so; those of one
 * that was broken off are written over by the next. Of use once, by one thread.
 */
final class SyncPacking {
  /** A page or directory as it is stored. */
  @SuppressWarnings("ArrayRecordComponent") // handed over once, never compared
  record Stored(byte[] key, byte[] value) {}

  /** So many pages are written at once, if they are as large as they are to be. */
  private static final int CHUNK_PAGES = 1_024;

  private final KeyValueDatabase database;
  private final SyncRow row;
  private final Consumer<List<Stored>> written;
  private final BiConsumer<SyncRow, List<Stored>> last;
  private List<Stored> pages = new ArrayList<>();
  private long bytes;

  /**
   * Prepares it.
   *
   * @param row the sync's, sealed
   * @param written takes pages that are to be stored
   * @param last takes the last ones, and the sync's row that says that they are there
   */
  SyncPacking(
      KeyValueDatabase database,
      SyncRow row,
      Consumer<List<Stored>> written,
      BiConsumer<SyncRow, List<Stored>> last) {
    this.database = database;
    this.row = row;
    this.written = written;
    this.last = last;
  }

  void run() {
    long needingExpansion = 0;
    for (Keyspace keyspace : Keyspace.OF_GRANTS) {
      long packed = pack(keyspace);
      if (keyspace == Keyspace.NEEDS_EXPANSION) {
        needingExpansion = packed;
      } else if (packed != row.content().count()) {
        // Dropped meanwhile, or damaged: then the rows stay, as they are, and whoever reads them
        // is told.
        return;
      }
      YieldPoint.reached("keyspace packed");
    }
    PackedForm form = new PackedForm(List.of(1, 1, 1, 1), true);
    last.accept(row.packedAs(form, needingExpansion), pages);
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
    if (bytes > CHUNK_PAGES * (long) database.pageBytes()) {
      written.accept(pages);
      pages = new ArrayList<>();
      bytes = 0;
    }
  }
}
