package dev.grantstore.rocksdb;

import dev.grantstore.BulkLoad;
import dev.grantstore.BulkLoadOptions;
import dev.grantstore.Grant;
import dev.grantstore.GrantSnapshot;
import dev.grantstore.GrantStore;
import dev.grantstore.GrantStoreException;
import dev.grantstore.OpenMode;
import dev.grantstore.Reason;
import dev.grantstore.StoreStats;
import dev.grantstore.SyncRun;
import dev.grantstore.keyvalue.Batches;
import dev.grantstore.keyvalue.Children;
import dev.grantstore.keyvalue.Closing;
import dev.grantstore.keyvalue.GatedReader;
import dev.grantstore.keyvalue.OperationGate;
import dev.grantstore.keyvalue.StoreFolder;
import dev.grantstore.keyvalue.SyncLoad;
import dev.grantstore.layout.KeyPrefix;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.FlushOptions;
import org.rocksdb.RocksDBException;

/** The RocksDB engine behind the contract: lets calls in, and gives them to reads and writes. */
final class RocksGrantStore extends GatedReader implements GrantStore {
  private final OperationGate gate;
  private final RocksHandles handles;
  private final RocksWrites writes;
  private final RocksReads reads;
  private final Children children;
  private final ThreadLocal<Scratch> scratch;
  private final StoreFolder folder;
  private final UUID identity;
  private boolean closed;

  private RocksGrantStore(
      OperationGate gate,
      RocksHandles handles,
      RocksWrites writes,
      RocksReads reads,
      Children children,
      ThreadLocal<Scratch> scratch,
      StoreFolder folder,
      UUID identity) {
    super(gate, reads);
    this.gate = gate;
    this.handles = handles;
    this.writes = writes;
    this.reads = reads;
    this.children = children;
    this.scratch = scratch;
    this.folder = folder;
    this.identity = identity;
  }

  /** Takes ownership of the handles and the writes. */
  static RocksGrantStore over(
      RocksHandles handles, RocksWrites writes, StoreFolder folder, UUID identity) {
    Children children = new Children();
    ThreadLocal<Scratch> scratch = ThreadLocal.withInitial(Scratch::new);
    RocksReads reads =
        new RocksReads(
            handles, handles.readOptions(), identity, writes::catalog, children, scratch);
    return new RocksGrantStore(
        new OperationGate("store"), handles, writes, reads, children, scratch, folder, identity);
  }

  @Override
  public SyncRun startSync(String syncId, String type, Instant startedAt) {
    return writing(() -> writes.startSync(SyncRun.open(syncId, type, startedAt)));
  }

  @Override
  public void putAll(String syncId, Collection<Grant> grants) {
    Objects.requireNonNull(grants, "grants");
    // Before the gate: the caller's collection may do anything, also close the store.
    Collection<Grant> last = Batches.lastOfEach(grants);
    writing(() -> writes.putAll(syncId, last, reads));
  }

  @Override
  public void deleteAll(String syncId, Collection<String> grantIds) {
    Objects.requireNonNull(grantIds, "grant ids");
    Set<String> distinct = Batches.distinct(grantIds);
    writing(() -> writes.deleteAll(syncId, distinct, reads));
  }

  @Override
  public SyncRun seal(String syncId, Instant endedAt) {
    return writing(() -> writes.seal(syncId, endedAt));
  }

  @Override
  public void drop(String syncId) {
    writing(() -> writes.drop(syncId));
  }

  @Override
  public BulkLoad bulkLoad(String syncId, String type, Instant startedAt, BulkLoadOptions options) {
    Objects.requireNonNull(options, "options");
    SyncRun run = SyncRun.open(syncId, type, startedAt);
    return writing(
        () ->
            SyncLoad.begin(
                run, options, gate, new RocksIngest(handles, writes), folder.path(), children));
  }

  @Override
  public GrantSnapshot snapshot() {
    gate.enter();
    try {
      return writes.locked(
          "snapshot failed",
          () -> RocksSnapshot.take(handles, writes.catalog(), identity, children, scratch));
    } finally {
      gate.exit();
    }
  }

  @Override
  public void flush() {
    writing(writes::flush);
  }

  @Override
  public void settle(Duration timeout) {
    Objects.requireNonNull(timeout, "timeout");
    gate.enter();
    try (FlushOptions wait = new FlushOptions().setWaitForFlush(true)) {
      if (!isWritable()) {
        return;
      }
      long start = System.nanoTime();
      handles.db().flush(wait, handles.all());
      writes.flush();
      for (int number : writes.takeDropped()) {
        for (ColumnFamilyHandle keyspace : handles.all()) {
          handles
              .db()
              .compactRange(keyspace, KeyPrefix.ofSync(number), KeyPrefix.ofSync(number + 1));
        }
      }
      new RocksFigures(handles).awaitIdle(start, timeout);
      flushLast();
    } catch (RocksDBException e) {
      throw RocksErrors.wrap("settle failed", e);
    } finally {
      gate.exit();
    }
  }

  @Override
  public StoreStats stats() {
    gate.enter();
    try {
      return new RocksFigures(handles).read();
    } catch (RocksDBException e) {
      throw RocksErrors.wrap("statistics failed", e);
    } finally {
      gate.exit();
    }
  }

  /** A second closer waits for the first, so that a store that looks closed is. */
  @Override
  public void close() {
    synchronized (children) {
      if (closed) {
        return;
      }
      closed = true;
      gate.shut();
      // In this order, each also when the one before failed.
      Closing.all(
          List.of(children::closeAll, this::end, writes, handles, folder), "store did not close");
    }
  }

  private void end() {
    if (isWritable() && !writes.hasFailed()) {
      writes.end();
    }
  }

  private void flushLast() {
    if (isWritable() && !writes.hasFailed()) {
      writes.flush();
    }
  }

  private boolean isWritable() {
    return handles.options().mode() != OpenMode.READ_ONLY;
  }

  private void writing(Runnable action) {
    writing(
        () -> {
          action.run();
          return identity;
        });
  }

  private <T> T writing(Supplier<T> action) {
    gate.enter();
    try {
      if (!isWritable()) {
        throw new GrantStoreException(
            Reason.READ_ONLY, "store is open read-only: " + folder.path());
      }
      return action.get();
    } finally {
      gate.exit();
    }
  }
}
