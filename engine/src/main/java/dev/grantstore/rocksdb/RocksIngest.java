package dev.grantstore.rocksdb;

import dev.grantstore.ContentDigest;
import dev.grantstore.SyncRun;
import dev.grantstore.codec.SyncRow;
import dev.grantstore.keyvalue.LoadTarget;
import dev.grantstore.keyvalue.SortedSync;
import dev.grantstore.keyvalue.YieldPoint;
import java.io.IOException;
import java.time.Instant;

/**
 * Takes a loaded sync in: merges its runs into files, ingests them and shows the sync.
 *
 * <p>RocksDB ingests one keyspace at a time. What makes it one step is the sync's row: it says
 * LOADING before the first file goes in, and SEALED after the last; a reader passes over the
 * former, and opening a store removes what stands under it.
 */
final class RocksIngest implements LoadTarget {
  private final RocksHandles handles;
  private final RocksWrites writes;

  RocksIngest(RocksHandles handles, RocksWrites writes) {
    this.handles = handles;
    this.writes = writes;
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
  public SyncRun takeIn(SortedSync sync, Instant endedAt) throws IOException, InterruptedException {
    BulkMerge merge = new BulkMerge(handles, sync);
    merge.write();
    YieldPoint.reached("files written");
    ContentDigest content = sync.content().minus(merge.supersededContent());
    try {
      writes.beginIngest(sync.row());
      YieldPoint.reached("load marked");
      merge.ingest();
      YieldPoint.reached("files ingested");
      return writes.finishIngest(sync.row(), endedAt, content);
    } catch (RuntimeException | Error e) {
      undo(sync.row(), e);
      throw e;
    }
  }

  /** Takes back what was ingested; if the store refuses that too, nobody sees it at least. */
  void undo(SyncRow row, Throwable because) {
    try {
      writes.undoIngest(row);
    } catch (RuntimeException | Error suppressed) {
      because.addSuppressed(suppressed);
      writes.hide(row);
    }
  }
}
