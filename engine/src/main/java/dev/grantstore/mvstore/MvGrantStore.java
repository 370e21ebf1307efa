package dev.grantstore.mvstore;

import dev.grantstore.BulkLoad;
import dev.grantstore.BulkLoadOptions;
import dev.grantstore.Grant;
import dev.grantstore.GrantSnapshot;
import dev.grantstore.GrantStore;
import dev.grantstore.GrantStoreException;
import dev.grantstore.Ids;
import dev.grantstore.Reason;
import dev.grantstore.StoreStats;
import dev.grantstore.SyncRun;
import dev.grantstore.keyvalue.Batches;
import dev.grantstore.keyvalue.Children;
import dev.grantstore.keyvalue.Closing;
import dev.grantstore.keyvalue.FileErrors;
import dev.grantstore.keyvalue.GatedReader;
import dev.grantstore.keyvalue.OperationGate;
import dev.grantstore.keyvalue.StoreFolder;
import dev.grantstore.keyvalue.SyncLoad;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import org.h2.mvstore.MVStoreException;
import org.jspecify.annotations.Nullable;

/** The MVStore engine behind the contract: lets calls in, and gives them to reads and writes. */
final class MvGrantStore extends GatedReader implements GrantStore {
  private final OperationGate gate;
  private final MvDatabase database;
  private final ViewSource views;
  private final @Nullable MvWrites writes;
  private final AutoCloseable end;
  private final Children children;
  private final StoreFolder folder;
  private final UUID identity;

  private MvGrantStore(
      OperationGate gate,
      MvDatabase database,
      ViewSource views,
      @Nullable MvWrites writes,
      AutoCloseable end,
      Children children,
      StoreFolder folder,
      UUID identity) {
    super(gate, new MvReads(views, identity, children));
    this.gate = gate;
    this.database = database;
    this.views = views;
    this.writes = writes;
    this.end = end;
    this.children = children;
    this.folder = folder;
    this.identity = identity;
  }

  /** Takes ownership of the writes and the folder. */
  static MvGrantStore forWriting(
      MvDatabase database, MvWrites writes, StoreFolder folder, UUID identity) {
    OperationGate gate = new OperationGate("store");
    return new MvGrantStore(
        gate, database, writes, writes, writes, new Children(), folder, identity);
  }

  /** Takes ownership of the database, its view and the folder. */
  static MvGrantStore forReading(
      MvDatabase database, View view, StoreFolder folder, UUID identity) {
    OperationGate gate = new OperationGate("store");
    ViewSource same =
        () -> {
          if (!view.tryHold()) {
            throw new IllegalStateException("store is closed");
          }
          return view;
        };
    return new MvGrantStore(gate, database, same, null, database, new Children(), folder, identity);
  }

  @Override
  public SyncRun startSync(String syncId, String type, Instant startedAt) {
    SyncRun run = SyncRun.open(syncId, type, startedAt);
    return writing(to -> to.startSync(run));
  }

  @Override
  public void putAll(String syncId, Collection<Grant> grants) {
    Ids.checkSyncId(syncId);
    Collection<Grant> last = Batches.lastOfEach(grants);
    doing(to -> to.putAll(syncId, last));
  }

  @Override
  public void deleteAll(String syncId, Collection<String> grantIds) {
    Ids.checkSyncId(syncId);
    Set<String> distinct = Batches.distinct(grantIds);
    doing(to -> to.deleteAll(syncId, distinct));
  }

  @Override
  public SyncRun seal(String syncId, Instant endedAt) {
    Ids.checkSyncId(syncId);
    Objects.requireNonNull(endedAt, "endedAt");
    return writing(to -> to.seal(syncId, endedAt));
  }

  @Override
  public void drop(String syncId) {
    Ids.checkSyncId(syncId);
    doing(to -> to.drop(syncId));
  }

  @Override
  public BulkLoad bulkLoad(String syncId, String type, Instant startedAt, BulkLoadOptions options) {
    Objects.requireNonNull(options, "options");
    SyncRun run = SyncRun.open(syncId, type, startedAt);
    return writing(to -> SyncLoad.begin(run, options, gate, to, folder.path(), children));
  }

  @Override
  public GrantSnapshot snapshot() {
    return gate.call(() -> MvSnapshot.of(views.hold(), identity, children));
  }

  @Override
  public void flush() {
    doing(MvWrites::flush);
  }

  /**
   * Flushes, and makes the file smaller, which open cursors and snapshots may keep it from. Writes
   * wait meanwhile. Stops when the time is over, which is no error: nothing goes on behind it.
   */
  @Override
  public void settle(Duration timeout) {
    Objects.requireNonNull(timeout, "timeout");
    gate.call(
        () -> {
          MvWrites to = writes;
          if (to != null) {
            to.compact(timeout);
          }
          return identity;
        });
  }

  @Override
  public StoreStats stats() {
    return gate.call(
        () -> {
          View view = views.hold();
          try {
            return MvFigures.read(database, view);
          } catch (MVStoreException e) {
            throw MvErrors.wrap("statistics failed", e);
          } catch (IOException e) {
            throw FileErrors.wrap("statistics failed", e);
          } finally {
            view.release();
          }
        });
  }

  /** A second closer waits for the first, so that a store that looks closed is. */
  @Override
  public void close() {
    synchronized (children) {
      if (gate.shut()) {
        List<AutoCloseable> inOrder = List.of(children::closeAll, this::endDatabase, folder);
        Closing.all(inOrder, "store did not close");
      }
    }
  }

  private void endDatabase() throws Exception {
    try {
      end.close();
    } catch (MVStoreException e) {
      throw MvErrors.wrap("store did not close", e);
    }
  }

  private void doing(Consumer<MvWrites> action) {
    writing(
        to -> {
          action.accept(to);
          return to;
        });
  }

  private <T> T writing(Function<MvWrites, T> action) {
    return gate.call(
        () -> {
          MvWrites to = writes;
          if (to == null) {
            throw new GrantStoreException(
                Reason.READ_ONLY, "store is open read-only: " + folder.path());
          }
          return action.apply(to);
        });
  }
}
