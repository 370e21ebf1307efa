package dev.grantstore.mvstore;

import dev.grantstore.CheckpointFiles;
import dev.grantstore.StoreStats;
import dev.grantstore.keyvalue.Batch;
import dev.grantstore.keyvalue.DurableMark;
import dev.grantstore.keyvalue.KeyValueDatabase;
import dev.grantstore.keyvalue.SyncCatalog;
import dev.grantstore.keyvalue.View;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import org.h2.mvstore.MVStoreException;
import org.pcollections.IntTreePMap;

/**
 * MVStore under a store: readers are given the view that a write leaves.
 *
 * <p>What a commit gives to the system survives a kill; a sync of the file makes it survive power
 * loss. {@link LiveView} keeps what the last sync left, and {@link Compaction} syncs from time to
 * time where nothing else does, so that it is not kept for ever.
 *
 * <p>After an error in a commit no write is taken any more; reads go on.
 */
final class MvDatabase implements KeyValueDatabase {
  /** Begins the note of a mark; the version as of which everything was synced follows. */
  static final String SYNCED = "version ";

  private final MvFile file;
  private final DurableMark mark;
  private final UUID identity;
  private final LiveView live;
  private final Compaction compaction;
  private boolean ended;

  /** Takes ownership of the file; shows what is not a grant. */
  MvDatabase(MvFile file, DurableMark mark, UUID identity) {
    this.file = file;
    this.mark = mark;
    this.identity = identity;
    live = new LiveView(file.view(IntTreePMap.empty()));
    compaction = new Compaction(file, live);
  }

  /**
   * {@return the version as of which everything was synced, as far as the mark says}
   *
   * @param mark read
   */
  static long syncedVersion(DurableMark mark) {
    String note = mark.note().orElse("");
    return note.matches(SYNCED + "\\d{1,18}") ? Long.parseLong(note.substring(SYNCED.length())) : 0;
  }

  /**
   * Makes what was found the newest for good, and lets go of what loads left.
   *
   * @param catalog as found
   */
  void settle(SyncCatalog catalog) throws IOException {
    file.settleNewest();
    if (file.removeAbandoned(catalog)) {
      file.commit();
    }
  }

  /** Shows the trees of all syncs; nothing was written yet by a store. */
  void showTrees(SyncCatalog catalog) {
    live.show(file.view(catalog));
    live.shownIsDurable();
  }

  @Override
  public View live() {
    return live;
  }

  /** Costs nothing; holding it keeps in the file whatever is replaced meanwhile. */
  @Override
  public TreeView snapshot() {
    return live.hold();
  }

  @Override
  public Batch begin(boolean durably) {
    return new MvBatch(file, live, durably);
  }

  @Override
  public void sync() throws IOException {
    file.whole(
        () -> {
          file.commit();
          file.force();
        });
    live.show(file.view(live.shown().trees()));
    live.shownIsDurable();
  }

  @Override
  public boolean isWhole() {
    return !file.hasFailed();
  }

  @Override
  public void mark(long commit) throws IOException {
    // Not the last one: a load that was undone, or an upkeep that failed, may have made more.
    mark.write(identity, commit, SYNCED + Math.max(file.forcedVersion(), syncedVersion(mark)));
  }

  /** A failure is none of the write before, which stands: the next write tells. */
  @Override
  public void afterCommit(long commit) {
    if (compaction.isDue()) {
      try {
        file.whole(compaction::runOnce);
      } catch (IOException | MVStoreException e) {
        // The next write tells that this store takes no more.
      }
    }
  }

  /** Makes the file smaller, which open cursors and snapshots may keep it from. */
  @Override
  public void compact(Duration timeout) throws IOException {
    file.whole(() -> compaction.run(timeout));
  }

  @Override
  public boolean keepsFiles() {
    return true;
  }

  @Override
  public StoreStats stats() throws IOException {
    TreeView view = live.hold();
    try {
      return MvFigures.read(file, view);
    } finally {
      view.release();
    }
  }

  @Override
  public Checkpoint checkpoint(Path folder, CheckpointFiles files) {
    return new MvCheckpoint(file, folder);
  }

  @Override
  public void end() throws IOException {
    mark.end();
    ended = true;
  }

  /** Leaves the file as it is, unless all went well. */
  @Override
  public void close() {
    live.close();
    if (ended || file.store().isReadOnly()) {
      file.close();
    } else {
      file.abandon();
    }
  }

  @Override
  public RuntimeException wrap(String doing, Exception e) {
    return e instanceof MVStoreException failed
        ? MvErrors.wrap(doing, failed)
        : KeyValueDatabase.super.wrap(doing, e);
  }
}
