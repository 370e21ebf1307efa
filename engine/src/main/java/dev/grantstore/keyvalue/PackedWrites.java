package dev.grantstore.keyvalue;

import dev.grantstore.GrantStoreException;
import dev.grantstore.Reason;
import dev.grantstore.SyncRun;
import dev.grantstore.codec.SyncRow;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The writes by which sealed syncs become pages. Each is one of {@link KeyValueWrites}, with others
 * between them. Thread-safe.
 */
final class PackedWrites {
  private final KeyValueDatabase database;
  private final KeyValueWrites writes;
  private final GrantBatch rows;
  private final SyncLedger syncs;

  PackedWrites(
      KeyValueDatabase database, KeyValueWrites writes, GrantBatch rows, SyncLedger syncs) {
    this.database = database;
    this.writes = writes;
    this.rows = rows;
    this.syncs = syncs;
  }

  /**
   * Packs every sealed sync that is rows.
   *
   * @param timeout after which no other is begun
   */
  void packAll(Duration timeout) {
    long start = System.nanoTime();
    for (SyncRow row : syncs.catalog().rows().values()) {
      boolean isRows = row.run().state() == SyncRun.State.SEALED && row.packed().isEmpty();
      Duration passed = Duration.ofNanos(System.nanoTime() - start);
      if (database.pageBytes() > 0 && isRows && passed.compareTo(timeout) > 0) {
        throw new GrantStoreException(
            Reason.TIMEOUT, "store did not settle in time: timeout=" + timeout);
      }
      pack(row.run().id());
    }
  }

  /**
   * Stores a sealed sync as pages instead of rows, if the database has such; readers go on
   * meanwhile, and other writes. What is not sealed, or is packed by somebody else, is left so.
   */
  void pack(String syncId) {
    Optional<SyncRow> row =
        database.pageBytes() > 0
            ? writes.locked("pack failed", () -> syncs.beginPacking(syncId))
            : Optional.empty();
    if (row.isEmpty()) {
      return;
    }
    try {
      new SyncPacking(database, row.get(), pages -> put(row.get(), pages), this::show).run();
    } finally {
      writes.locked(
          "pack failed",
          () -> {
            syncs.endPacking(row.get());
            return syncId;
          });
    }
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
