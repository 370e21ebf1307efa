package dev.grantstore.mvstore;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/**
 * Gives room in the file back: syncs it, so that older versions need not be kept, and writes anew
 * what is live in chunks that hold little besides, so that they are free. The writer's.
 *
 * <p>MVStore fails on a damaged page that it should copy, and closes itself: an error here ends the
 * store for reads and writes, until it is opened again. What was committed before is in the file.
 */
final class Compaction {
  /** How much is written between two times that the file is looked after. */
  private static final long UPKEEP_BYTES = 32 << 20;

  private static final int REWRITE_BYTES = 8 << 20;

  /** Seldom reached: each round leaves less to write anew. */
  private static final int MOST_ROUNDS = 100;

  /** MVStore frees what is unused some versions later. */
  private static final int VERSIONS_UNTIL_FREE = 5;

  /** How much of the file is used below which more of it is written anew, to its front. */
  private static final int SPARSE_PERCENT = 50;

  /** Fill rates of chunks below which they are written anew. */
  private static final int NOTHING = 0;

  private static final int EVERYTHING = 101;

  private final MvFile file;
  private final LiveView live;
  private long dueAt = UPKEEP_BYTES;

  Compaction(MvFile file, LiveView live) {
    this.file = file;
    this.live = live;
  }

  /** Whether so much was written that {@link #runOnce} should be called. */
  boolean isDue() {
    return file.file().writtenBytes() > dueAt;
  }

  /** Makes everything durable, and writes some of what is live anew if chunks are half empty. */
  void runOnce() throws IOException {
    rewrite(file.value(MvOption.AUTO_COMPACT_FILL_RATE) / 2);
    dueAt = file.file().writtenBytes() + UPKEEP_BYTES;
  }

  /** Goes on until all chunks hold enough or the time is over, and makes the file smaller. */
  void run(Duration timeout) throws IOException {
    long start = System.nanoTime();
    int fillRate = file.value(MvOption.AUTO_COMPACT_FILL_RATE);
    for (int round = 0; round < MOST_ROUNDS; round++) {
      boolean isOver = Duration.ofNanos(System.nanoTime() - start).compareTo(timeout) > 0;
      if (isOver || !rewrite(fillRate)) {
        break;
      }
    }
    freeUnused();
    if (file.store().getFillRate() < SPARSE_PERCENT) {
      rewrite(EVERYTHING);
      freeUnused();
    }
  }

  private void freeUnused() throws IOException {
    for (int i = 0; i < VERSIONS_UNTIL_FREE; i++) {
      rewrite(NOTHING);
    }
  }

  /** Whether there was a chunk to write anew. */
  private boolean rewrite(int fillRate) throws IOException {
    TreeView shown = live.shown();
    Optional<TreeView> moved = file.rewrite(shown, fillRate, REWRITE_BYTES);
    file.force();
    live.show(moved.orElseGet(() -> file.view(shown.trees())));
    live.shownIsDurable();
    return moved.isPresent();
  }
}
