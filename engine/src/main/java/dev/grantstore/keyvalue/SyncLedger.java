package dev.grantstore.keyvalue;

import dev.grantstore.ContentDigest;
import dev.grantstore.GrantStoreException;
import dev.grantstore.Ids;
import dev.grantstore.Reason;
import dev.grantstore.SyncRun;
import dev.grantstore.codec.SyncRow;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * The syncs of a store as its one writer knows them: the catalog that readers see, what each open
 * sync holds now, and which ids are reserved by loads.
 *
 * <p>{@link #catalog} and {@link #catalogOfSyncs} may be called by any thread; all else under the
 * writer's lock. Nothing here is written: the writer makes a row or a catalog, stores it, and then
 * shows it.
 */
final class SyncLedger {
  /** How many numbers there are, from 0: the next one must fit into an int too. */
  static final int MAX_NUMBERS = Integer.MAX_VALUE;

  private final Set<String> reserved = new HashSet<>();

  /** By the sync's number; of open syncs that were written since the store was opened. */
  private final Map<Integer, SyncRow> written = new HashMap<>();

  /** The numbers of syncs that are being packed. */
  private final Set<Integer> packing = new HashSet<>();

  private volatile SyncCatalog catalog;

  /** Of the write that goes on, if its grants may be seen before its resume token is. */
  private volatile @Nullable CountDownLatch comingToken;

  /**
   * Starts from what is stored.
   *
   * @param stored the catalog of a store that nobody else writes
   */
  public SyncLedger(SyncCatalog stored) {
    this.catalog = stored;
  }

  /** {@return the syncs as readers are to see them} */
  public SyncCatalog catalog() {
    return catalog;
  }

  /**
   * {@return the syncs, none without a resume token whose grants could be seen before} Waits for
   * the one write whose token comes, if there is one, and for nothing that comes after it.
   */
  public SyncCatalog catalogOfSyncs() {
    CountDownLatch coming = comingToken;
    if (coming != null) {
      YieldPoint.await(coming);
    }
    return catalog;
  }

  /** Lets who asks for syncs wait, from before grants of a write may be seen until its end. */
  public void tokenComes() {
    comingToken = new CountDownLatch(1);
  }

  /** Lets those who wait go on: a resume token is shown, or its write failed. */
  public void noTokenComes() {
    CountDownLatch coming = comingToken;
    if (coming != null) {
      comingToken = null;
      coming.countDown();
    }
  }

  /**
   * Shows readers another catalog, with a resume token if one came.
   *
   * @param next what is stored now, or what readers are to see until it is
   */
  public void show(SyncCatalog next) {
    YieldPoint.reached("catalog made");
    catalog = next;
    noTokenComes();
    YieldPoint.reached("catalog shown");
  }

  /**
   * {@return the row of a new sync, empty and open}
   *
   * @param run the sync
   * @throws GrantStoreException with {@link Reason#SYNC_EXISTS}, or with {@link Reason#UNSUPPORTED}
   *     when the store has no number left for it
   */
  public SyncRow newRow(SyncRun run) {
    return new SyncRow(freeNumber(run.id()), run, ContentDigest.EMPTY, false, 0, Optional.empty());
  }

  /**
   * {@return the row of a sync that is to be loaded} Its number is taken, and its id kept from
   * being started or loaded by others, until {@link #unreserve}.
   *
   * @param run the sync
   * @throws GrantStoreException as {@link #newRow}
   */
  public SyncRow reserve(SyncRun run) {
    SyncRow row = new SyncRow(freeNumber(run.id()), run, ContentDigest.EMPTY, true);
    YieldPoint.reached("number taken");
    catalog = catalog.reserving();
    reserved.add(run.id());
    return row;
  }

  /**
   * {@return the row of a sync that is to be packed; empty if it is not there, not sealed, or
   * packed already or by somebody else} Nobody else packs it until {@link #endPacking}.
   *
   * @param syncId the sync
   */
  public Optional<SyncRow> beginPacking(String syncId) {
    SyncRow row = catalog.rows().get(syncId);
    return row != null
            && row.run().state() == SyncRun.State.SEALED
            && row.packed().isEmpty()
            && packing.add(row.number())
        ? Optional.of(row)
        : Optional.empty();
  }

  /**
   * Ends what {@link #beginPacking} began.
   *
   * @param row the row it gave
   */
  public void endPacking(SyncRow row) {
    packing.remove(row.number());
  }

  /**
   * {@return whether a sync is still there under its number}
   *
   * @param row any row of it
   */
  public boolean isStored(SyncRow row) {
    SyncRow now = catalog.rows().get(row.run().id());
    return now != null && now.number() == row.number();
  }

  /**
   * Ends a reservation.
   *
   * @param syncId the sync; need not be reserved
   */
  public void unreserve(String syncId) {
    reserved.remove(syncId);
  }

  /**
   * {@return the row of a sync that may be written, with what it holds now}
   *
   * @param syncId the sync
   * @throws GrantStoreException with {@link Reason#SYNC_UNKNOWN} or {@link Reason#SYNC_SEALED}
   */
  public SyncRow requireOpen(String syncId) {
    SyncRow row = catalog.require(syncId);
    if (row.run().state() == SyncRun.State.SEALED) {
      throw GrantStoreException.syncSealed(syncId);
    }
    YieldPoint.reached("row read");
    return now(row);
  }

  /**
   * {@return the row of a sync, open or sealed, with what it holds now}
   *
   * @param syncId the sync
   * @throws GrantStoreException with {@link Reason#SYNC_UNKNOWN}
   */
  public SyncRow require(String syncId) {
    return now(catalog.require(syncId));
  }

  private SyncRow now(SyncRow row) {
    return written.getOrDefault(row.number(), row);
  }

  /**
   * Takes note of what an open sync holds, once it is stored.
   *
   * @param row the row that is stored
   */
  public void stored(SyncRow row) {
    YieldPoint.reached("content stored");
    written.put(row.number(), row);
  }

  /**
   * Forgets what a sync held, once it is sealed or dropped.
   *
   * @param row any row of it
   */
  public void ended(SyncRow row) {
    written.remove(row.number());
  }

  private int freeNumber(String syncId) {
    SyncCatalog now = catalog;
    if (now.rows().containsKey(Ids.checkSyncId(syncId)) || reserved.contains(syncId)) {
      throw GrantStoreException.syncExists(syncId);
    }
    YieldPoint.reached("id free");
    if (now.nextNumber() >= MAX_NUMBERS) {
      throw new GrantStoreException(
          Reason.UNSUPPORTED,
          "store has no sync number left, use a new store: limit=" + MAX_NUMBERS);
    }
    return now.nextNumber();
  }
}
