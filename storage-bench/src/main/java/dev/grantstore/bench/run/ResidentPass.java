package dev.grantstore.bench.run;

import dev.grantstore.GrantCursor;
import dev.grantstore.GrantQuery;
import dev.grantstore.GrantStore;
import dev.grantstore.bench.benchmark.Cell;
import dev.grantstore.bench.benchmark.ReadAgain;
import dev.grantstore.bench.benchmark.Subject;
import dev.grantstore.bench.measure.Halt;
import dev.grantstore.bench.measure.ResidentMemory;
import dev.grantstore.bench.result.ResidentUse;
import dev.grantstore.fixture.manifest.SyncEntry;
import dev.grantstore.fixture.progress.Progress;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds out what a store takes in memory, in a process of its own: looks at the process before the
 * store is opened, and again when it is warm. One thread.
 */
final class ResidentPass {
  /** Brings in the engine's libraries, and has what reads rows compiled, before the first look. */
  private static final int MOST_REHEARSED = 100_000;

  /** Rehearsing more would leave behind too much of what is to be measured. */
  private static final int REHEARSED_SHARE = 10;

  private final Optional<ResidentMemory> empty;

  private ResidentPass(Optional<ResidentMemory> empty) {
    this.empty = empty;
  }

  /** {@return the first look; the store is not open yet} */
  static ResidentPass beforeOpening(Answering answering, SyncEntry sync, Progress progress) {
    progress.phase("looking at memory before and after", -1);
    if (answering.isOnDisk()) {
      try (GrantStore store = answering.open(progress);
          GrantCursor cursor = store.cursor(new GrantQuery.Scan(sync.id()))) {
        long rows = Math.min(MOST_REHEARSED, sync.all().rows() / REHEARSED_SHARE);
        for (long i = 0; i < rows && cursor.next(); i++) {
          cursor.grant();
        }
      }
    }
    return new ResidentPass(ResidentMemory.now());
  }

  /**
   * {@return what the store takes, every row of which was read; null where it is not known}
   *
   * @param cells whose questions are asked first, of a subject whose store it is
   */
  @Nullable ResidentUse whenWarm(Subject subject, List<PlannedCell> cells, Halt halt) {
    for (PlannedCell cell : cells) {
      if (ReadAgain.isPossible(cell.benchmark()) && !halt.isRequested()) {
        ReadAgain.run(cell.benchmark(), subject, cell.settings(), halt);
      }
    }
    Cell.settle(subject.store());
    Optional<ResidentMemory> warm = ResidentMemory.now();
    if (empty.isEmpty() || warm.isEmpty() || halt.isRequested()) {
      return null;
    }
    ResidentMemory before = empty.get();
    ResidentMemory after = warm.get();
    long heap = Math.max(0, after.heapBytes() - before.heapBytes());
    long files = Math.max(0, after.mappedFileBytes() - before.mappedFileBytes());
    long bytes = heap + files + Math.max(0, after.nativeBytes() - before.nativeBytes());
    return new ResidentUse(
        bytes, heap, files, (double) bytes / Math.max(1, subject.sync().all().rows()));
  }
}
