package dev.grantstore;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Holds syncs of grants. Open one with {@link GrantStores#open}. Thread-safe; writes are made one
 * after the other.
 *
 * <p>A call that is refused changes nothing. Besides the errors of {@link GrantReader}, writes
 * throw {@link GrantStoreException} with {@link Reason#READ_ONLY}, {@link Reason#SYNC_SEALED},
 * {@link Reason#IO} or {@link Reason#NO_SPACE}. After an I/O error the store may refuse further
 * writes; what was acknowledged before is there after reopening.
 */
public interface GrantStore extends GrantReader, AutoCloseable {
  /**
   * The most grants or ids in one {@link #putAll} or {@link #deleteAll}; bulk load has no limit.
   */
  int MAX_BATCH_ROWS = 1_000_000;

  /** The most grants that {@link #expire} deletes in one write. */
  int EXPIRY_BATCH_ROWS = 1_000;

  /**
   * Starts an empty sync.
   *
   * @param syncId its id
   * @param type what kind of run it is; may be empty
   * @param startedAt when it started
   * @return the open sync
   * @throws GrantStoreException with {@link Reason#SYNC_EXISTS} if there is one of that id, or one
   *     is being loaded
   */
  SyncRun startSync(String syncId, String type, Instant startedAt);

  /**
   * Inserts a grant, or replaces the one with its id.
   *
   * @param syncId an open sync
   * @param grant written
   */
  default void put(String syncId, Grant grant) {
    putAll(syncId, List.of(Objects.requireNonNull(grant, "grant")));
  }

  /**
   * Puts all or none; the last of two equal ids wins. An empty batch is checked like any other.
   *
   * @param syncId an open sync
   * @param grants written; at most {@link #MAX_BATCH_ROWS}
   */
  void putAll(String syncId, Collection<Grant> grants);

  /**
   * As {@link #putAll(String, Collection)}, and in the same write stores a resume token with the
   * sync, in the place of the one before: where to go on, once what led to these grants need not be
   * fetched again. {@link #sync} and {@link #syncs} show it as {@link SyncRun#resumeToken}. What
   * the token says is the caller's, and no store looks into it; an empty one is one, too, and a
   * token without grants can be stored.
   *
   * <p>Grants and token are there together or not at all: for readers, after a failure, and after a
   * crash, whatever the store's {@link Durability} lets survive. So a sync that was left open holds
   * everything that was written up to the write of its token; and of what was written after it
   * without one, a prefix. Writes without a token leave it as it is; the seal takes it away.
   *
   * @param syncId an open sync
   * @param grants written; at most {@link #MAX_BATCH_ROWS}
   * @param resumeToken at most {@link SyncRun#MAX_RESUME_TOKEN_BYTES}
   * @throws GrantStoreException with {@link Reason#UNSUPPORTED} if the engine keeps no resume
   *     tokens
   */
  default void putAll(String syncId, Collection<Grant> grants, Bytes resumeToken) {
    throw new GrantStoreException(Reason.UNSUPPORTED, "engine keeps no resume tokens");
  }

  /**
   * Puts those that are newer than what is there, all of them or none: a grant whose id is not
   * there, or whose {@link Grant#discoveredAt} is later than that of the one with its id. Equally
   * new ones are passed over. Of equal ids in the batch the newest counts, and of equally new ones
   * the first: as if each were put alone, in order.
   *
   * <p>Unless a store says otherwise, what is there is looked at before the write, and another
   * write in between is not noticed. The engines of this library do both in one write.
   *
   * @param syncId an open sync
   * @param grants at most {@link #MAX_BATCH_ROWS}
   * @return how many ids were put; the other grants of the batch were passed over
   */
  default long putAllIfNewer(String syncId, Collection<Grant> grants) {
    if (grants.size() > MAX_BATCH_ROWS) {
      throw new IllegalArgumentException(
          "batch is too large: rows=" + grants.size() + " limit=" + MAX_BATCH_ROWS);
    }
    Map<String, Grant> newest = new LinkedHashMap<>();
    int index = 0;
    for (Grant grant : grants) {
      Objects.requireNonNull(grant, "grant is null: index=" + index++);
      newest.merge(grant.id(), grant, (a, b) -> b.isNewerThan(a) ? b : a);
    }
    List<Grant> newer = new ArrayList<>();
    Iterator<Optional<Grant>> stored = getAll(syncId, List.copyOf(newest.keySet())).iterator();
    for (Grant grant : newest.values()) {
      if (stored.next().map(grant::isNewerThan).orElse(true)) {
        newer.add(grant);
      }
    }
    putAll(syncId, newer);
    return newer.size();
  }

  /**
   * Deletes a grant; one that is not there is left so, without an error.
   *
   * @param syncId an open sync
   * @param grantId the grant
   */
  default void delete(String syncId, String grantId) {
    deleteAll(syncId, List.of(Objects.requireNonNull(grantId, "grant id")));
  }

  /**
   * Deletes all of them or none, in one write.
   *
   * @param syncId an open sync
   * @param grantIds at most {@link #MAX_BATCH_ROWS}; absent ones are passed over
   */
  void deleteAll(String syncId, Collection<String> grantIds);

  /**
   * Deletes the grants of an open sync that have ended by an instant, those that end at it
   * included: what {@link #asOf} leaves out. No store asks a clock, and none deletes what has ended
   * unless it is told so.
   *
   * <p>It goes in the order of grant ids, in writes of at most {@value #EXPIRY_BATCH_ROWS} grants,
   * each of them whole or not at all. So the whole is not one write: others may be made in between,
   * readers may see some of the grants gone, and if this fails, or the process dies, those that
   * come first are. Calling it again goes on. What is put after it has begun may stay.
   *
   * <p>Unless a store says otherwise, a grant is looked at before the write that deletes it, and
   * one that is put in its place in between goes too. The engines of this library look within the
   * write: what has been replaced by a grant that has not ended stays, and a sync that has been
   * dropped and started again meanwhile is another, of which nothing goes.
   *
   * @param syncId an open sync
   * @param asOf when the grants are taken to be looked at
   * @return how many were deleted
   * @throws GrantStoreException with {@link Reason#TIMEOUT} if this thread is interrupted; some may
   *     be deleted then
   */
  default long expire(String syncId, Instant asOf) {
    Objects.requireNonNull(asOf, "asOf");
    // Refused like any write, also if nothing has ended.
    deleteAll(syncId, List.of());
    long deleted = 0;
    List<String> ended = new ArrayList<>();
    try (GrantCursor cursor = cursor(new GrantQuery.Scan(syncId))) {
      for (long rows = 1; cursor.next(); rows++) {
        if (cursor.hasExpiry() && cursor.grant().isExpired(asOf)) {
          ended.add(cursor.id(IdField.GRANT_ID).toString());
        }
        boolean isFull = ended.size() == EXPIRY_BATCH_ROWS;
        if (isFull || rows % EXPIRY_BATCH_ROWS == 0) {
          requireNoInterrupt();
        }
        if (isFull) {
          deleteAll(syncId, ended);
          deleted += ended.size();
          ended.clear();
        }
      }
    }
    requireNoInterrupt();
    deleteAll(syncId, ended);
    return deleted + ended.size();
  }

  private static void requireNoInterrupt() {
    if (Thread.currentThread().isInterrupted()) {
      throw GrantStoreException.expiryInterrupted();
    }
  }

  /**
   * Makes a sync durable and immutable, whatever the store's {@link Durability}, fixes its count
   * and digest, and takes its resume token away: there is nothing to go on with. An engine may
   * bring it into another form before this returns, which takes time for each grant; other calls go
   * on meanwhile, and the sync is sealed for them already.
   *
   * @param syncId an open sync
   * @param endedAt when the run ended
   * @return the sealed sync
   */
  SyncRun seal(String syncId, Instant endedAt);

  /**
   * Removes a sync, open or sealed, from every keyspace, durably. Snapshots and cursors that are
   * open still see it.
   *
   * @param syncId the sync
   */
  void drop(String syncId);

  /**
   * Starts loading a whole sync at once; nothing of it is seen before {@link BulkLoad#commit}.
   *
   * @param syncId a sync that does not exist
   * @param type what kind of run it is
   * @param startedAt when it started
   * @param options how to load
   * @return the load, which the caller closes
   * @throws GrantStoreException with {@link Reason#SYNC_EXISTS} if there is one of that id, or one
   *     is being loaded
   */
  BulkLoad bulkLoad(String syncId, String type, Instant startedAt, BulkLoadOptions options);

  /** {@return all reads as of now; the caller closes it} */
  GrantSnapshot snapshot();

  /** Makes every write that has returned survive power loss. */
  void flush();

  /**
   * Flushes, then waits until the engine has no background work left. What is left of the time then
   * goes into {@link GrantReader#entitlementDigests digests} that sealed syncs lack, or that are
   * damaged: to have no time for all of them is no timeout, and another call goes on with them.
   *
   * @param timeout the longest wait
   * @throws GrantStoreException with {@link Reason#TIMEOUT} if it takes longer, or this thread is
   *     interrupted; with {@link Reason#CORRUPTION} if rows do not add up to what was sealed
   */
  void settle(Duration timeout);

  /** {@return sizes and engine figures as of now} */
  StoreStats stats();

  /**
   * Reads everything that is stored, as of this moment and beside writes, and compares it with
   * itself: each row and page, the grants of each sealed sync with what it was sealed with, each
   * index with the grants, rows and pages with the syncs that there are, and the digests of
   * entitlements that are kept with theirs. Takes about as long as three scans, and a few MiB, or
   * at most about 30 MiB where an index differs from its grants; damaged places are told in the
   * answer and do not end it.
   *
   * @return what was found
   * @throws GrantStoreException with {@link Reason#UNSUPPORTED} if the engine stores nothing that
   *     could be compared; with {@link Reason#IO} if it cannot be read; with {@link Reason#TIMEOUT}
   *     if this thread is interrupted
   */
  default Verification verify() {
    throw new GrantStoreException(Reason.UNSUPPORTED, "engine cannot verify what it stores");
  }

  /**
   * As {@link #checkpoint(Path, CheckpointFiles)}, with {@link CheckpointFiles#LINKED}.
   *
   * @param folder the new store's; nothing is there yet
   */
  default void checkpoint(Path folder) {
    checkpoint(folder, CheckpointFiles.LINKED);
  }

  /**
   * Makes another store of the same engine, in a folder of its own, that holds what this one held
   * at one moment of the call: all writes that returned before, and of those beside it each whole
   * or not at all. Open syncs come along and can be written there; of bulk loads that were going on
   * nothing does. It is a store of its own: what is written to one is not in the other, and neither
   * takes the other's page tokens.
   *
   * <p>Other calls go on meanwhile; the engine says whether writes wait for a part of it. The
   * folder is there whole, closed and durable when this returns, and before that not at all: it is
   * made beside it under another name, {@code .NAME.checkpoint-NUMBER}, which a process that is
   * killed leaves and the next checkpoint of that name clears away.
   *
   * @param folder the new store's; the folder above it is there
   * @param files whether it may share files with this store, if the engine can
   * @throws GrantStoreException with {@link Reason#UNSUPPORTED} if the engine cannot do this, or
   *     files were to be linked and the folder is on another file system; with {@link
   *     Reason#STORE_EXISTS} if anything is in the folder's place, be it empty, and it stays as it
   *     is; with {@link Reason#STORE_MISSING} if there is no folder above it; with {@link
   *     Reason#NOT_A_STORE} if it would be in a store's folder, this one's or another's; with
   *     {@link Reason#TIMEOUT} if this thread is interrupted before it is in its place
   * @throws IllegalStateException if the store is closed meanwhile
   */
  default void checkpoint(Path folder, CheckpointFiles files) {
    throw new GrantStoreException(Reason.UNSUPPORTED, "engine cannot make checkpoints");
  }

  /**
   * Refuses new calls, waits for running ones, ends open cursors, snapshots and bulk loads, and
   * releases the store. Closing twice does nothing.
   */
  @Override
  void close();
}
