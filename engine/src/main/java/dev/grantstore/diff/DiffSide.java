package dev.grantstore.diff;

import dev.grantstore.ContentDigest;
import dev.grantstore.EntitlementDigests;
import dev.grantstore.EntitlementRef;
import dev.grantstore.Excerpt;
import dev.grantstore.GrantCursor;
import dev.grantstore.GrantQuery;
import dev.grantstore.GrantReader;
import dev.grantstore.GrantStoreException;
import dev.grantstore.SyncRun;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One of the two syncs, and how much of it was read. One thread. */
final class DiffSide implements AutoCloseable {
  /** Rows that are counted as they are read. */
  interface Rows extends AutoCloseable {
    /** No rows. */
    Rows NONE =
        new Rows() {
          @Override
          public boolean next() {
            return false;
          }

          @Override
          public GrantCursor row() {
            throw new IllegalStateException("not on a row");
          }

          @Override
          public void close() {}
        };

    boolean next();

    /** The cursor, on the row. */
    GrantCursor row();

    @Override
    void close();
  }

  private final GrantReader reader;
  private final SyncRun run;
  private final boolean isWhole;
  private @Nullable EntitlementDigests digests;
  private boolean keepsDigests;
  private long digestsRead;
  private long rowsRead;

  /** With only those grants that have not ended by an instant, if there is one. */
  DiffSide(GrantReader reader, String syncId, Optional<Instant> asOf) {
    this.reader = asOf.map(reader::asOf).orElse(reader);
    isWhole = asOf.isEmpty();
    run = reader.sync(syncId).orElseThrow(() -> GrantStoreException.syncUnknown(syncId));
  }

  String name() {
    return Excerpt.of(run.id());
  }

  boolean isSealed() {
    return run.state() == SyncRun.State.SEALED;
  }

  /** What the grants add up to, if the sync is sealed and they are all of it. */
  Optional<ContentDigest> digest() {
    return isWhole ? run.digest() : Optional.empty();
  }

  /** Whether the store keeps digests of the entitlements, over which it walks then. */
  boolean openDigests() {
    digests = reader.entitlementDigests(run.id()).orElse(null);
    keepsDigests = digests != null;
    return keepsDigests;
  }

  boolean nextDigest() {
    boolean moved = opened().next();
    digestsRead += moved ? 1 : 0;
    return moved;
  }

  EntitlementRef entitlement() {
    return opened().entitlement();
  }

  ContentDigest entitlementDigest() {
    return opened().digest();
  }

  /** All rows; the caller closes them. */
  Rows all() {
    return rows(new GrantQuery.ScanByEntitlement(run.id()));
  }

  /** The rows of an entitlement; the caller closes them. */
  Rows of(EntitlementRef entitlement) {
    return rows(new GrantQuery.ByEntitlement(run.id(), entitlement));
  }

  DiffReport.SideReport report() {
    return new DiffReport.SideReport(isSealed(), keepsDigests, digestsRead, rowsRead);
  }

  @Override
  public void close() {
    EntitlementDigests open = digests;
    if (open != null) {
      open.close();
    }
  }

  private EntitlementDigests opened() {
    EntitlementDigests open = digests;
    if (open == null) {
      throw new IllegalStateException("digests are not open");
    }
    return open;
  }

  private Rows rows(GrantQuery query) {
    GrantCursor cursor = reader.cursor(query);
    return new Rows() {
      @Override
      public boolean next() {
        boolean moved = cursor.next();
        rowsRead += moved ? 1 : 0;
        return moved;
      }

      @Override
      public GrantCursor row() {
        return cursor;
      }

      @Override
      public void close() {
        cursor.close();
      }
    };
  }
}
