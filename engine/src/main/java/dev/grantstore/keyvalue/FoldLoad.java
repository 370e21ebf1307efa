package dev.grantstore.keyvalue;

import dev.grantstore.BulkPart;
import dev.grantstore.ContentDigest;
import dev.grantstore.DigestAccumulator;
import dev.grantstore.Grant;
import dev.grantstore.SyncRun;
import dev.grantstore.codec.SyncRow;
import dev.grantstore.packed.PackedSync;
import dev.grantstore.packed.PagesGoneException;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/**
 * Loads a sync that holds what a packed sync holds, but for some grants: a bulk load of those
 * alone, whose rows are sorted and then merged into the pages of the other sync. What that sync's
 * row says of it is believed, and so is that its lists hold the same grants. One thread.
 */
public final class FoldLoad implements AutoCloseable {
  private final SyncLoad load;
  private final Target target;
  private final BulkPart gone;
  private final BulkPart come;

  private FoldLoad(SyncLoad load, Target target) {
    this.load = load;
    this.target = target;
    // Rows of the part that is opened first come first among equal keys.
    gone = load.openPart();
    come = load.openPart();
  }

  /**
   * {@return a load, if the pages of the other sync can be taken}
   *
   * @param from has the other sync; open until the load ends
   * @param baseId the other sync
   * @param begin begins a load that goes to a target
   */
  static Optional<FoldLoad> begin(
      KeyValueDatabase database,
      KeyValueWrites writes,
      StoredSyncs from,
      String baseId,
      Function<LoadTarget, SyncLoad> begin) {
    boolean isBase =
        from.stored(
            baseId,
            (row, view, requireOpen) ->
                row.packed().isPresent() && !view.packed(row).source().isForeign());
    if (!isBase) {
      return Optional.empty();
    }
    Target target = new Target(database, writes, from, baseId);
    return Optional.of(new FoldLoad(begin.apply(target), target));
  }

  /**
   * Says that a grant of the other sync is not in this one.
   *
   * @param grant as it is there; each once
   */
  public void leaveOut(Grant grant) {
    gone.add(grant);
    target.gone.add(grant);
    target.expanding -= grant.needsExpansion() ? 1 : 0;
  }

  /**
   * Adds a grant.
   *
   * @param grant whose id is not in the other sync, or is left out; each once
   */
  public void add(Grant grant) {
    come.add(grant);
    target.expanding += grant.needsExpansion() ? 1 : 0;
  }

  /**
   * Makes the sync: whole, sealed and durable, or not at all.
   *
   * @param endedAt when the run ended
   * @return the sealed sync
   * @throws dev.grantstore.GrantStoreException as from a bulk load; with {@link
   *     dev.grantstore.Reason#CORRUPTION} also if the other sync has not what is left out, or has
   *     what is added
   */
  public SyncRun commit(Instant endedAt) {
    gone.close();
    come.close();
    return load.commit(endedAt);
  }

  /** Gives up, if not committed. Closing twice does nothing. */
  @Override
  public void close() {
    // First: what is given up need not be sorted.
    load.close();
    gone.close();
    come.close();
  }

  /** The writer, to whom pages are given instead of rows. */
  private static final class Target implements LoadTarget {
    private final KeyValueDatabase database;
    private final KeyValueWrites writes;
    private final StoredSyncs from;
    private final String baseId;
    private final DigestAccumulator gone = new DigestAccumulator();
    private long expanding;

    Target(KeyValueDatabase database, KeyValueWrites writes, StoredSyncs from, String baseId) {
      this.database = database;
      this.writes = writes;
      this.from = from;
      this.baseId = baseId;
    }

    @Override
    public int longestKeyBytes() {
      return writes.longestKeyBytes();
    }

    @Override
    public SyncRow reserve(SyncRun run) {
      return writes.reserve(run);
    }

    @Override
    public void unreserve(String syncId) {
      writes.unreserve(syncId);
    }

    @Override
    public SyncRun takeIn(SortedSync changes, Instant endedAt) {
      KeyValueDatabase.Ingest ingest =
          from.stored(
              baseId,
              (base, view, requireOpen) -> {
                try {
                  return prepare(changes, base, view.packed(base), requireOpen);
                } catch (Exception e) {
                  throw Failures.of(database, "load failed", e);
                }
              });
      YieldPoint.reached("pages prepared");
      return writes.takeIn(changes.row(), ingest, endedAt);
    }

    private KeyValueDatabase.Ingest prepare(
        SortedSync changes, SyncRow base, PackedSync pages, Runnable requireOpen) throws Exception {
      if (!pages.source().retain()) {
        throw new PagesGoneException();
      }
      try {
        // What goes was loaded like what comes, so it is in there once too often.
        ContentDigest left = base.content().minus(gone.digest()).minus(gone.digest());
        SyncRow as =
            new SyncRow(
                base.number(),
                base.run(),
                left.plus(changes.content()),
                false,
                base.needingExpansion() + expanding,
                Optional.of(FoldedPages.FORM));
        return database.preparePages(
            changes.row(),
            as,
            new FoldedPages(changes, as, pages, database.pageBytes(), requireOpen),
            changes.folder());
      } finally {
        pages.source().release();
      }
    }
  }
}
