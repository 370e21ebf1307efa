package dev.grantstore.sqlite;

import dev.grantstore.BulkLoad;
import dev.grantstore.BulkLoadOptions;
import dev.grantstore.BulkPart;
import dev.grantstore.ContentDigest;
import dev.grantstore.SyncRun;
import dev.grantstore.codec.SyncRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Objects;

/**
 * Loads one sync: parts fill buffers and sort them into runs, outside the database, and commit
 * writes all of them in one transaction, in the order of their keys. Other writes wait meanwhile,
 * reads do not. Sorting is done on the threads that fill the parts, writing on the one that
 * commits: SQLite has one writer.
 */
final class SqliteBulkLoad implements BulkLoad {
  private final SyncRow row;
  private final Lifetime lifetime;
  private final SqliteWrites writes;
  private final Path folder;
  private final Children siblings;
  private final BulkRuns runs;
  private ContentDigest added = ContentDigest.EMPTY;
  private int partsOpened;
  private int partsOpen;
  private boolean partFailed;
  private volatile boolean filling = true;

  private SqliteBulkLoad(
      SyncRow row,
      BulkLoadOptions options,
      Lifetime lifetime,
      SqliteWrites writes,
      Path folder,
      Children siblings) {
    this.row = row;
    this.lifetime = lifetime;
    this.writes = writes;
    this.folder = folder;
    this.siblings = siblings;
    runs = new BulkRuns(folder, options);
  }

  /** Reserves the sync's id and number and makes the load's folder. */
  static SqliteBulkLoad begin(
      SyncRun run,
      BulkLoadOptions options,
      Lifetime lifetime,
      SqliteWrites writes,
      StoreFolder store,
      Children siblings) {
    SyncRow row = writes.reserve(run);
    Path folder = store.bulk(row.number());
    try {
      Files.createDirectory(folder);
    } catch (IOException e) {
      writes.unreserve(run.id());
      throw SqliteErrors.wrap("load failed", e);
    }
    SqliteBulkLoad load = new SqliteBulkLoad(row, options, lifetime, writes, folder, siblings);
    siblings.add(load);
    return load;
  }

  @Override
  public synchronized BulkPart openPart() {
    requireFilling();
    partsOpen++;
    return new SqliteBulkPart(this, runs, row.number(), partsOpened++);
  }

  @Override
  public SyncRun commit(Instant endedAt) {
    Objects.requireNonNull(endedAt, "endedAt");
    return lifetime.call(() -> commitNow(endedAt));
  }

  /** Gives up what was not committed; waits for a commit that is under way. */
  @Override
  public synchronized void close() {
    if (filling) {
      end();
    }
  }

  void requireFilling() {
    if (!filling) {
      throw new IllegalStateException("load is closed or committed");
    }
  }

  synchronized void partClosed(ContentDigest content, boolean whole) {
    partsOpen--;
    added = added.plus(content);
    partFailed |= !whole;
  }

  private synchronized SyncRun commitNow(Instant endedAt) {
    requireFilling();
    if (partsOpen > 0) {
      throw new IllegalStateException("parts are still open: " + partsOpen);
    }
    if (partFailed) {
      throw new IllegalStateException("a part failed; the load cannot be committed");
    }
    try {
      return writes.finishLoad(row, endedAt, new BulkMerge(runs, added));
    } finally {
      end();
    }
  }

  private void end() {
    filling = false;
    try {
      runs.close();
      StoreFolder.deleteTree(folder);
    } catch (IOException e) {
      throw SqliteErrors.wrap("load's files could not be removed", e);
    } finally {
      writes.unreserve(row.run().id());
      siblings.remove(this);
    }
  }
}
