package dev.grantstore.keyvalue;

import dev.grantstore.BulkLoad;
import dev.grantstore.BulkLoadOptions;
import dev.grantstore.BulkPart;
import dev.grantstore.ContentDigest;
import dev.grantstore.GrantStoreException;
import dev.grantstore.Reason;
import dev.grantstore.SyncRun;
import dev.grantstore.codec.SyncRow;
import dev.grantstore.codec.ValueForm;
import dev.grantstore.folder.FolderTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * Loads one sync: parts fill buffers, workers sort them into runs, and commit gives the runs to the
 * engine, which takes them in and shows the sync. Thread-safe.
 */
final class SyncLoad implements BulkLoad {
  private enum State {
    FILLING,
    COMMITTING,
    ENDED
  }

  private final SyncRow row;
  private final OperationGate gate;
  private final LoadTarget target;
  private final int longestKeyBytes;
  private final ValueForm valueForm;
  private final Path folder;
  private final Children siblings;
  private final LoadWorkers workers;
  private final RunCollector collector;
  private ContentDigest content = ContentDigest.EMPTY;
  private int partsOpened;
  private int partsOpen;
  private boolean partFailed;
  private boolean taken;
  private volatile State state = State.FILLING;

  private SyncLoad(
      SyncRow row,
      BulkLoadOptions options,
      OperationGate gate,
      LoadTarget target,
      Path folder,
      Children siblings) {
    this.row = row;
    this.gate = gate;
    this.target = target;
    this.longestKeyBytes = target.longestKeyBytes();
    this.valueForm = target.valueForm();
    this.folder = folder;
    this.siblings = siblings;
    workers = new LoadWorkers(options.threads());
    collector = new RunCollector(folder, options, workers);
  }

  /**
   * {@return a load} Reserves the sync's id and number and makes the load's folder; the store ends
   * the load, if nobody else does, before it closes.
   *
   * @param run the sync, open
   * @param options how to use the machine
   * @param gate the store's; commit enters it
   * @param target where the sync goes
   * @param store the store's folder
   * @param siblings those whom the store ends
   * @throws GrantStoreException if the sync is there, or the folder cannot be made
   */
  public static SyncLoad begin(
      SyncRun run,
      BulkLoadOptions options,
      OperationGate gate,
      LoadTarget target,
      Path store,
      Children siblings) {
    SyncRow row = target.reserve(run);
    YieldPoint.reached("load reserved");
    Path folder = LoadFolder.of(store, row.number());
    try {
      Files.createDirectory(folder);
    } catch (IOException e) {
      target.unreserve(run.id());
      throw FileErrors.wrap("load failed", e, folder);
    }
    SyncLoad load = new SyncLoad(row, options, gate, target, folder, siblings);
    siblings.add(load);
    return load;
  }

  @Override
  public synchronized BulkPart openPart() {
    requireFilling();
    if (partsOpened > SyncLoadPart.MAX_ORDINAL) {
      throw new IllegalStateException("too many parts: " + partsOpened);
    }
    partsOpen++;
    return new SyncLoadPart(this, collector, row.number(), partsOpened++);
  }

  @Override
  public SyncRun commit(Instant endedAt) {
    Objects.requireNonNull(endedAt, "endedAt");
    gate.enter();
    try {
      startCommitting();
      YieldPoint.reached("committing");
      SyncRun sealed;
      try {
        sealed = take(endedAt);
        taken = true;
      } catch (RuntimeException | Error e) {
        end().ifPresent(e::addSuppressed);
        throw e;
      }
      YieldPoint.reached("load taken in");
      // The sync is there, and that is the answer: files that stay now go on the next opening.
      end();
      return sealed;
    } finally {
      gate.exit();
    }
  }

  /** Gives up what was not committed; waits for a commit that is under way. */
  @Override
  public synchronized void close() {
    Uninterrupted.await(
        () -> {
          while (state == State.COMMITTING) {
            wait();
          }
        });
    if (state == State.FILLING) {
      state = State.ENDED;
      Optional<RuntimeException> failed = end();
      if (failed.isPresent()) {
        throw failed.get();
      }
    }
  }

  void requireFilling() {
    if (state != State.FILLING) {
      throw new IllegalStateException("load is closed or committed");
    }
  }

  void checkKey(int bytes) {
    if (bytes > longestKeyBytes) {
      throw new GrantStoreException(
          Reason.UNSUPPORTED,
          String.format(
              Locale.ROOT,
              "key is longer than the engine takes: bytes=%d limit=%d",
              bytes,
              longestKeyBytes));
    }
  }

  ValueForm valueForm() {
    return valueForm;
  }

  boolean isFilling() {
    return state == State.FILLING;
  }

  synchronized void partClosed(ContentDigest added, boolean whole) {
    partsOpen--;
    content = content.plus(added);
    partFailed |= !whole;
  }

  private synchronized void startCommitting() {
    requireFilling();
    if (partsOpen > 0) {
      throw new IllegalStateException("parts are still open: " + partsOpen);
    }
    if (partFailed) {
      throw new IllegalStateException("a part failed; the load cannot be committed");
    }
    state = State.COMMITTING;
  }

  private SyncRun take(Instant endedAt) {
    try {
      collector.awaitSorted();
      YieldPoint.reached("parts sorted");
      return target.takeIn(new SortedSync(row, content, collector, folder, workers), endedAt);
    } catch (IOException e) {
      throw FileErrors.wrap("load failed", e, folder);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new GrantStoreException(Reason.TIMEOUT, "load was interrupted", e);
    }
  }

  /** Ends the load in any case; what kept its files from being removed, if anything did. */
  private synchronized Optional<RuntimeException> end() {
    try {
      try {
        collector.giveUp();
        workers.stop();
        collector.close();
        CrashPoint.reached();
        FolderTree.delete(folder);
      } finally {
        if (!taken) {
          target.unreserve(row.run().id());
        }
      }
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(FileErrors.wrap("load's files could not be removed", e));
    } catch (RuntimeException e) {
      return Optional.of(e);
    } finally {
      siblings.remove(this);
      state = State.ENDED;
      notifyAll();
    }
  }
}
