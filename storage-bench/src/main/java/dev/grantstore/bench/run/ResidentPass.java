package dev.grantstore.bench.run;

import dev.grantstore.GrantCursor;
import dev.grantstore.GrantQuery;
import dev.grantstore.GrantStore;
import dev.grantstore.bench.benchmark.AskedGrants;
import dev.grantstore.bench.benchmark.Cell;
import dev.grantstore.bench.benchmark.ReadAgain;
import dev.grantstore.bench.benchmark.Subject;
import dev.grantstore.bench.measure.Halt;
import dev.grantstore.bench.measure.ResidentMemory;
import dev.grantstore.bench.result.RunResult.ResidentUse;
import dev.grantstore.bench.run.CellRequest.AskedCell;
import dev.grantstore.fixture.Fixture;
import dev.grantstore.fixture.manifest.Manifest.SyncEntry;
import dev.grantstore.fixture.progress.Progress;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds out what a store takes in memory, in a process of its own: looks at the process before the
 * store is opened, and again when it is warm. What is asked for is there at both looks. One thread.
 */
final class ResidentPass {
  /** What is freed the allocator may keep, and give to the store that is measured. */
  static final long SMALL_CACHE_BYTES = 1 << 20;

  /** Brings in the engine's libraries, and has what reads rows compiled, before the first look. */
  private static final int MOST_REHEARSED = 100_000;

  /** Rehearsing more would leave behind too much of what is to be measured. */
  private static final int REHEARSED_SHARE = 10;

  private final AskedGrants asked;
  private final Optional<ResidentMemory> empty;

  private ResidentPass(AskedGrants asked, Optional<ResidentMemory> empty) {
    this.asked = asked;
    this.empty = empty;
  }

  /**
   * {@return the first look; the store is not open yet}
   *
   * @param fixture whose store is opened once and closed again, also where it only fills another
   * @param asked what is asked for before the second look
   */
  static ResidentPass beforeOpening(
      Fixture fixture, SyncEntry sync, AskedGrants asked, Progress progress) {
    progress.phase("looking at memory before and after", -1);
    try (GrantStore store = fixture.openStore(SMALL_CACHE_BYTES);
        GrantCursor cursor = store.cursor(new GrantQuery.Scan(sync.id()))) {
      long rows = Math.min(MOST_REHEARSED, sync.all().rows() / REHEARSED_SHARE);
      for (long i = 0; i < rows && cursor.next(); i++) {
        cursor.grant();
      }
    }
    return new ResidentPass(asked, ResidentMemory.now());
  }

  /**
   * {@return what the store takes, every row of which was read; null where it is not known}
   *
   * @param subject whose store it is
   * @param inHeap whether all of the store is in the Java heap
   * @param cells whose questions are asked first
   */
  @Nullable ResidentUse whenWarm(
      Subject subject, boolean inHeap, List<AskedCell> cells, Halt halt) {
    Subject asking = subject.asking((seed, ended) -> asked);
    for (AskedCell cell : cells) {
      if (ReadAgain.isPossible(cell.named()) && !halt.isRequested()) {
        ReadAgain.run(cell.named(), asking, cell.settings(), halt);
      }
    }
    Cell.settle(subject.store());
    Optional<ResidentMemory> warm = ResidentMemory.now();
    if (empty.isEmpty() || warm.isEmpty() || halt.isRequested()) {
      return null;
    }
    return use(empty.get(), warm.get(), inHeap, subject.sync().all().rows());
  }

  /**
   * {@return the difference, part by part, none below 0; of a store in the heap that part alone,
   * for outside of it is only what the engine left that filled it}
   */
  static ResidentUse use(ResidentMemory before, ResidentMemory after, boolean inHeap, long rows) {
    long heap = Math.max(0, after.heapBytes() - before.heapBytes());
    long files = inHeap ? 0 : Math.max(0, after.mappedFileBytes() - before.mappedFileBytes());
    long outside = inHeap ? 0 : Math.max(0, after.nativeBytes() - before.nativeBytes());
    long bytes = heap + files + outside;
    return new ResidentUse(bytes, heap, files, (double) bytes / Math.max(1, rows));
  }
}
