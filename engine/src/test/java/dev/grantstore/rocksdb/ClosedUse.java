package dev.grantstore.rocksdb;

import static dev.grantstore.rocksdb.Misuse.OPEN;
import static dev.grantstore.rocksdb.Misuse.SEALED;
import static dev.grantstore.rocksdb.Misuse.check;
import static dev.grantstore.rocksdb.Misuse.filledStore;
import static dev.grantstore.rocksdb.Misuse.refuseReads;
import static dev.grantstore.rocksdb.Misuse.refuseRows;
import static dev.grantstore.rocksdb.Misuse.refused;
import static dev.grantstore.rocksdb.Misuse.scan;

import dev.grantstore.BulkLoad;
import dev.grantstore.BulkPart;
import dev.grantstore.CorruptionException;
import dev.grantstore.GrantCursor;
import dev.grantstore.GrantSnapshot;
import dev.grantstore.GrantStore;
import dev.grantstore.OpenMode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Use after close, and closing in every order. */
final class ClosedUse {
  private static final int ORDERS = Boolean.getBoolean("tests.deep") ? 40 : 10;

  private ClosedUse() {}

  static void everyCallOnAClosedStore(Path folder) {
    GrantStore store = filledStore(folder);
    Misuse.readAll(store);
    store.close();
    store.close();

    refuseReads(store);
    refused(() -> store.startSync("s", "full", SampleGrants.STARTED));
    refused(() -> store.put(OPEN, SampleGrants.grant(1, 1)));
    refused(() -> store.putAll(OPEN, List.of()));
    refused(() -> store.delete(OPEN, "grant-0000001"));
    refused(() -> store.deleteAll(OPEN, List.of()));
    refused(() -> store.seal(OPEN, SampleGrants.ENDED));
    refused(() -> store.drop(SEALED));
    refused(() -> store.bulkLoad("s", "full", SampleGrants.STARTED, Misuse.LOAD));
    refused(store::snapshot);
    refused(store::flush);
    refused(() -> store.settle(Duration.ofSeconds(1)));
    refused(store::stats);
    store.close();
  }

  static void cursorsOfAClosedStore(Path folder) {
    GrantStore store = filledStore(folder);
    GrantCursor unread = scan(store);
    GrantCursor onRow = scan(store);
    GrantCursor atEnd = scan(store);
    check(onRow.next(), "no row");
    while (atEnd.next()) {
      check(!atEnd.grant().id().isEmpty(), "no id");
    }
    store.close();

    for (GrantCursor cursor : List.of(unread, onRow, atEnd)) {
      refuseRows(cursor);
      cursor.close();
    }
  }

  static void cursorsOfAClosedSnapshot(Path folder) {
    try (GrantStore store = filledStore(folder)) {
      GrantSnapshot snapshot = store.snapshot();
      GrantCursor unread = scan(snapshot);
      GrantCursor onRow = scan(snapshot);
      check(onRow.next(), "no row");
      snapshot.close();

      refuseRows(unread);
      refuseRows(onRow);
      refuseReads(snapshot);
      snapshot.close();
      Misuse.readAll(store);
    }
  }

  static void closedCursors(Path folder) {
    try (GrantStore store = filledStore(folder)) {
      GrantCursor cursor = scan(store);
      check(cursor.next(), "no row");
      cursor.close();
      refuseRows(cursor);
    }
  }

  static void snapshotsOfAClosedStore(Path folder) {
    GrantStore store = filledStore(folder);
    GrantSnapshot snapshot = store.snapshot();
    GrantCursor cursor = scan(snapshot);
    check(cursor.next(), "no row");
    store.close();

    refuseReads(snapshot);
    refuseRows(cursor);
    snapshot.close();
    snapshot.close();
  }

  static void loadsOfAClosedStore(Path folder) {
    GrantStore store = filledStore(folder);
    BulkLoad load = load(store);
    BulkPart part = load.openPart();
    part.add(SampleGrants.grant(1, 0));
    store.close();

    refused(() -> part.add(SampleGrants.grant(2, 0)));
    refused(load::openPart);
    part.close();
    refused(() -> load.commit(SampleGrants.ENDED));
    load.close();
    load.close();
    try (GrantStore again = Misuse.open(folder, OpenMode.OPEN)) {
      check(again.sync("loaded").isEmpty(), "load left a sync");
    }
  }

  static void closingInAnyOrderTwice(Path folder) {
    filledStore(folder).close();
    Random random = new Random(11);
    for (int i = 0; i < ORDERS; i++) {
      GrantStore store = Misuse.open(folder, OpenMode.OPEN);
      GrantSnapshot snapshot = store.snapshot();
      GrantCursor cursor = scan(store);
      GrantCursor snapshotCursor = scan(snapshot);
      check(cursor.next() && snapshotCursor.next(), "no row");
      BulkLoad load = load(store);
      BulkPart part = load.openPart();
      part.add(SampleGrants.grant(1, 0));
      List<Runnable> once =
          List.of(
              store::close,
              snapshot::close,
              cursor::close,
              snapshotCursor::close,
              load::close,
              part::close);
      List<Runnable> closes = new ArrayList<>(once);
      closes.addAll(once);
      Collections.shuffle(closes, random);
      closes.forEach(Runnable::run);
      refuseReads(store);
      refuseRows(snapshotCursor);
    }
  }

  /** The iterator is not valid after a damaged block; moving on would reach beyond its block. */
  static void nextAfterDamage(Path folder) throws Exception {
    filledStore(folder).close();
    Damage.flipGrantBlocks(folder);
    try (GrantStore store = Misuse.open(folder, OpenMode.OPEN);
        GrantCursor cursor = scan(store)) {
      int damaged = 0;
      for (int i = 0; i < 10 * Misuse.ROWS; i++) {
        try {
          check(cursor.next(), "damage passed for the end of the list");
        } catch (CorruptionException e) {
          damaged++;
        }
      }
      check(damaged > 0, "damage was not noticed");
    }
  }

  static void whatIsNeverClosed(Path folder) {
    GrantStore store = filledStore(folder);
    for (int i = 0; i < 50; i++) {
      check(scan(store).next(), "no row");
      check(scan(store.snapshot()).next(), "no row");
    }
    System.gc();
    store.close();
  }

  private static BulkLoad load(GrantStore store) {
    return store.bulkLoad("loaded", "full", SampleGrants.STARTED, Misuse.LOAD);
  }
}
