package dev.grantstore.keyvalue;

import dev.grantstore.Bytes;
import dev.grantstore.CorruptionException;
import dev.grantstore.codec.SyncRow;
import dev.grantstore.layout.KeyPrefix;
import java.util.List;
import java.util.Optional;

/**
 * The writes by which sealed syncs become pages. Each is one of {@link KeyValueWrites}, with others
 * between them. Thread-safe.
 */
final class PackedWrites {
  private final KeyValueDatabase database;
  private final KeyValueWrites writes;
  private final RowWrites rows;
  private final SyncLedger syncs;

  PackedWrites(KeyValueDatabase database, KeyValueWrites writes, RowWrites rows, SyncLedger syncs) {
    this.database = database;
    this.writes = writes;
    this.rows = rows;
    this.syncs = syncs;
  }

  /**
   * Packs every sealed sync that is rows. One that cannot be packed does not keep the others from
   * it.
   *
   * @param timeCheck throws once no more is to be done
   */
  void packAll(Runnable timeCheck) {
    RuntimeException first = null;
    for (SyncRow row : syncs.catalog().rows().values()) {
      try {
        pack(row.run().id(), timeCheck);
      } catch (CorruptionException e) {
        first = first == null ? e : first;
      }
    }
    if (first != null) {
      throw first;
    }
  }

  /**
   * Stores a sealed sync as pages instead of rows, if the database has such; readers go on
   * meanwhile, and other writes. What is not sealed, or is packed by somebody else, is left so.
   *
   * @param timeCheck throws once no more is to be done; then the sync stays rows
   */
  void pack(String syncId, Runnable timeCheck) {
    Optional<SyncRow> begun =
        database.pageBytes() > 0
            ? writes.locked("pack failed", () -> syncs.beginPacking(syncId))
            : Optional.empty();
    if (begun.isEmpty()) {
      return;
    }
    SyncRow row = begun.get();
    try {
      timeCheck.run();
      clear(row);
      new SyncPacking(database, row, target(row, timeCheck)).run();
    } finally {
      writes.locked(
          "pack failed",
          () -> {
            syncs.endPacking(row);
            return syncId;
          });
    }
  }

  private SyncPacking.Target target(SyncRow row, Runnable timeCheck) {
    return new SyncPacking.Target() {
      @Override
      public void requireTime() {
        timeCheck.run();
      }

      @Override
      public boolean isStored() {
        return writes.locked("pack failed", () -> syncs.isStored(row));
      }

      @Override
      public void put(List<SyncPacking.Stored> pages) {
        PackedWrites.this.put(row, pages);
      }

      @Override
      public void show(SyncRow packed, List<SyncPacking.Stored> pages) {
        PackedWrites.this.show(packed, pages);
      }
    };
  }

  /** Deletes rows that pages were made of, where another process died before it did. */
  void deleteRowsLeft() {
    for (SyncRow row : syncs.catalog().rows().values()) {
      if (row.packed().isPresent() && row.packed().get().rowsRemain()) {
        writes.writing(
            "rows could not be deleted",
            () -> {
              deleteRows(row);
              return row;
            });
      }
    }
  }

  /**
   * Deletes what was packed of it before by one who broke off. Pages of another size are not as
   * many, so that some of those would stand behind the new ones for as long as the sync does.
   */
  private void clear(SyncRow row) {
    writes.writing(
        "pack failed",
        () -> {
          Optional<Bytes> page = database.live().nextPage(KeyPrefix.ofSync(row.number()));
          boolean isLeft =
              page.isPresent() && KeyPrefix.syncOf(page.get().toByteArray()) == row.number();
          if (isLeft && syncs.isStored(row)) {
            writes.write(
                () -> {
                  rows.batch().clearPages(row.number());
                  return syncs.catalog().next();
                });
          }
          return row;
        });
  }

  /** Of a sync that was dropped meanwhile nothing is put any more. */
  private void put(SyncRow row, List<SyncPacking.Stored> pages) {
    writes.writing(
        "pack failed",
        () -> {
          if (syncs.isStored(row)) {
            writes.write(
                () -> {
                  put(pages);
                  return syncs.catalog().next();
                });
          }
          return row;
        });
  }

  /**
   * Shows the pages instead of the rows, and deletes those only then: whoever does not find a row
   * looks again, and sees the pages.
   */
  private void show(SyncRow packed, List<SyncPacking.Stored> pages) {
    writes.writing(
        "pack failed",
        () -> {
          if (syncs.isStored(packed)) {
            writes.write(
                () -> {
                  put(pages);
                  return writes.putSync(packed);
                });
            YieldPoint.reached("pages shown");
            deleteRows(packed);
          }
          return packed;
        });
  }

  private void deleteRows(SyncRow packed) throws Exception {
    writes.write(
        () -> {
          rows.batch().deleteRows(packed.number());
          return writes.putSync(packed.withoutRows());
        });
  }

  private void put(List<SyncPacking.Stored> pages) throws Exception {
    for (SyncPacking.Stored page : pages) {
      rows.batch().putPage(page.key(), page.value());
    }
  }
}
