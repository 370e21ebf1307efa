package dev.grantstore.keyvalue;

import dev.grantstore.EntitlementRef;
import dev.grantstore.GrantReader;
import dev.grantstore.GrantStoreException;
import dev.grantstore.Reason;
import dev.grantstore.SyncRun;
import dev.grantstore.Verification.Finding;
import dev.grantstore.codec.SyncRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Makes what is derived of a sync's grants what they say: rows of indexes in one write, and then
 * the digests of its entitlements. The grants must be what the sync's row tells, and are not
 * written. Of use once, by one thread.
 */
final class StoreMending {
  private final KeyValueDatabase database;
  private final Supplier<SyncCatalog> catalog;
  private final KeptDigests digests;
  private final Runnable look;
  private final List<Finding> mended = new ArrayList<>();

  /**
   * Names what is mended.
   *
   * @param look called now and then, may break off
   */
  StoreMending(
      KeyValueDatabase database,
      Supplier<SyncCatalog> catalog,
      KeptDigests digests,
      Runnable look) {
    this.database = database;
    this.catalog = catalog;
    this.digests = digests;
    this.look = look;
  }

  /** {@return what was wrong, and is not any more} */
  List<Finding> run(
      String syncId, Optional<EntitlementRef> only, KeyValueWrites writes, GrantReader reads) {
    writes.writing(
        "mending failed",
        () -> {
          SyncRow now = writes.row(syncId);
          IndexChanges changes = examine(now, only);
          mended.addAll(changes.found());
          if (!mended.isEmpty()) {
            writes.mend(now, changes::into);
          }
          return now;
        });
    SyncRow row = catalog.get().require(syncId);
    if (database.keepsFiles() && row.run().state() == SyncRun.State.SEALED) {
      Findings found = new Findings();
      try {
        digests.mend(row, reads, look, catalog, found);
      } catch (GrantStoreException e) {
        if (only.isEmpty() || !Failures.isDamage(e)) {
          throw e;
        }
        // The list of another entitlement is damaged, of which nothing was to be mended.
      }
      mended.addAll(found.all());
    }
    return List.copyOf(mended);
  }

  /** Reads the whole sync; what is to be mended of a sync that is pages is in none of them. */
  private IndexChanges examine(SyncRow row, Optional<EntitlementRef> only) throws Exception {
    String syncId = row.run().id();
    boolean isPacked = row.packed().isPresent();
    IndexChanges changes = new IndexChanges(syncId, row.number(), only);
    Findings others = new Findings();
    try (View view = database.briefSnapshot()) {
      new SyncVerification(database, view, row, others, isPacked ? null : changes, look).run();
    }
    others.all().stream().findFirst().ifPresent(first -> refuse(isPacked, first.toString()));
    if (changes.areTooMany()) {
      refuse(isPacked, "more rows are wrong than one write takes");
    }
    return changes;
  }

  private static void refuse(boolean isPacked, String why) {
    throw new GrantStoreException(
        Reason.CORRUPTION,
        (isPacked
                ? "sync is packed, and pages are not mended where they are: "
                : "sync cannot be mended where it is: ")
            + why);
  }
}
