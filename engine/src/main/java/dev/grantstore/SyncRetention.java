package dev.grantstore;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Keeps the newest sealed syncs of a store and drops the others. Immutable.
 *
 * <p>Newer is what ended later; of syncs that ended at the same time, what started later; and of
 * those, what comes last by id. Syncs that are open are neither counted nor dropped.
 *
 * @param keep how many stay, at least 1
 * @param type of which type those are that are counted and dropped; if empty, all types count
 *     together
 */
public record SyncRetention(int keep, Optional<String> type) {
  private static final Comparator<SyncRun> OLDEST_FIRST =
      Comparator.comparing((SyncRun run) -> run.endedAt().orElseThrow())
          .thenComparing(SyncRun::startedAt)
          .thenComparing(SyncRun::id, Ids.ORDER);

  /** Checks the number and the type. */
  public SyncRetention {
    if (keep < 1) {
      throw new IllegalArgumentException("syncs to keep must be at least 1: " + keep);
    }
    type.ifPresent(given -> Ids.check("sync type", given));
  }

  /**
   * {@return the syncs that are not kept, oldest first}
   *
   * @param reader looked at
   */
  public List<SyncRun> old(GrantReader reader) {
    List<SyncRun> sealed =
        reader.syncs().stream()
            .filter(run -> run.state() == SyncRun.State.SEALED)
            .filter(run -> type.isEmpty() || type.get().equals(run.type()))
            .sorted(OLDEST_FIRST)
            .toList();
    return sealed.subList(0, Math.max(0, sealed.size() - keep));
  }

  /**
   * Drops the syncs that are not kept, one after the other, oldest first: each durably, so that
   * whenever this ends, of whatever cause, each sync is whole or gone, and the newest stay. What
   * somebody else drops meanwhile is passed over.
   *
   * @param store loses them
   * @return what this dropped, in that order
   * @throws GrantStoreException as from {@link GrantStore#drop}, and with {@link Reason#TIMEOUT} if
   *     the thread is interrupted: some may be dropped then
   */
  public List<SyncRun> apply(GrantStore store) {
    Objects.requireNonNull(store, "store");
    List<SyncRun> dropped = new ArrayList<>();
    for (SyncRun run : old(store)) {
      if (Thread.currentThread().isInterrupted()) {
        throw new GrantStoreException(
            Reason.TIMEOUT, "interrupted while old syncs were dropped: dropped=" + dropped.size());
      }
      // Another may have its id by now.
      if (store.sync(run.id()).equals(Optional.of(run)) && drop(store, run)) {
        dropped.add(run);
      }
    }
    return dropped;
  }

  private static boolean drop(GrantStore store, SyncRun run) {
    try {
      store.drop(run.id());
      return true;
    } catch (GrantStoreException e) {
      if (e.reason() != Reason.SYNC_UNKNOWN) {
        throw e;
      }
      return false;
    }
  }
}
