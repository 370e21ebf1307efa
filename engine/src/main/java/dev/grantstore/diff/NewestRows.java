package dev.grantstore.diff;

import dev.grantstore.BulkPart;
import dev.grantstore.Grant;
import dev.grantstore.GrantCursor;
import dev.grantstore.GrantQuery;
import dev.grantstore.GrantStoreException;
import dev.grantstore.IdField;
import dev.grantstore.Reason;
import dev.grantstore.SyncRun;
import dev.grantstore.Utf8View;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * The rows of several syncs merged by grant id, of each id the newest. Of use once, by one thread.
 */
final class NewestRows implements AutoCloseable {
  /** After so many ids it is looked whether the thread was interrupted. */
  private static final int INTERRUPT_IDS = 1 << 12;

  /**
   * One source, on its next row.
   *
   * @param place its place among the sources
   * @param deletes whether its rows are deletions
   * @param cursor in the order of ids
   */
  private record Head(int place, boolean deletes, GrantCursor cursor) {
    Utf8View id() {
      return cursor.id(IdField.GRANT_ID);
    }

    /** Whether its row is as new as another one, or newer (above 0). */
    int compareAge(Head other) {
      int seconds = Long.compare(cursor.discoveredSeconds(), other.cursor.discoveredSeconds());
      return seconds != 0
          ? seconds
          : Integer.compare(cursor.discoveredNanos(), other.cursor.discoveredNanos());
    }
  }

  private static final Comparator<Head> BY_ID =
      (a, b) -> {
        int order = a.id().compareBytes(b.id());
        return order != 0 ? order : Integer.compare(a.place(), b.place());
      };

  private final List<Head> sources = new ArrayList<>();
  private final PriorityQueue<Head> heads = new PriorityQueue<>(BY_ID);

  /** The sources that stand on the least id, in their order. */
  private final List<Head> rivals = new ArrayList<>();

  private final List<String> firstTies = new ArrayList<>();
  private long rowsRead;
  private long written;
  private long replaced;
  private long deleted;
  private long deletions;
  private long ties;

  private NewestRows() {}

  /** Opens a cursor on each source. */
  static NewestRows of(List<SyncMerge.Source> sources, List<SyncRun> runs) {
    NewestRows rows = new NewestRows();
    boolean opened = false;
    try {
      for (int i = 0; i < sources.size(); i++) {
        String syncId = runs.get(i).id();
        GrantCursor cursor = sources.get(i).reader().cursor(new GrantQuery.Scan(syncId));
        rows.sources.add(new Head(i, runs.get(i).type().equals(SyncMerge.DELETIONS), cursor));
      }
      opened = true;
      return rows;
    } finally {
      if (!opened) {
        rows.close();
      }
    }
  }

  /** Adds the newest row of each id to a part, in the order of ids. */
  void writeTo(BulkPart part) {
    sources.forEach(this::advance);
    for (long ids = 0; !heads.isEmpty(); ids++) {
      if (ids % INTERRUPT_IDS == 0 && Thread.currentThread().isInterrupted()) {
        throw new GrantStoreException(Reason.TIMEOUT, "merge was interrupted");
      }
      takeRivals();
      Head winner = winner();
      count(winner);
      if (!winner.deletes()) {
        part.add(winner.cursor().grant());
      }
      rivals.forEach(this::advance);
    }
  }

  /** What was read and written, once all of it is in a sync. */
  MergeReport report(SyncRun sync) {
    return new MergeReport(sync, rowsRead, written, replaced, deleted, deletions, ties, firstTies);
  }

  @Override
  public void close() {
    sources.forEach(source -> source.cursor().close());
  }

  private void advance(Head source) {
    if (source.cursor().next()) {
      rowsRead++;
      heads.add(source);
    }
  }

  private void takeRivals() {
    rivals.clear();
    Head first = heads.remove();
    rivals.add(first);
    while (!heads.isEmpty() && heads.element().id().compareBytes(first.id()) == 0) {
      rivals.add(heads.remove());
    }
  }

  /** The newest, and of equally new ones the last. */
  private Head winner() {
    Head winner = rivals.get(0);
    for (int i = 1; i < rivals.size(); i++) {
      if (rivals.get(i).compareAge(winner) >= 0) {
        winner = rivals.get(i);
      }
    }
    return winner;
  }

  private void count(Head winner) {
    int deleting = 0;
    for (Head rival : rivals) {
      deleting += rival.deletes() ? 1 : 0;
    }
    int grants = rivals.size() - deleting;
    deletions += deleting;
    if (winner.deletes()) {
      deleted += grants;
    } else {
      written++;
      replaced += grants - 1L;
    }
    if (isTie(winner)) {
      ties++;
      if (firstTies.size() < MergeReport.MOST_TIES) {
        firstTies.add(winner.id().toString());
      }
    }
  }

  /** Whether another row is as new as the one that won, and not the same. */
  private boolean isTie(Head winner) {
    for (Head rival : rivals) {
      if (rival.place() != winner.place()
          && rival.compareAge(winner) == 0
          && isOther(rival, winner)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isOther(Head a, Head b) {
    if (a.deletes() || b.deletes()) {
      return a.deletes() != b.deletes();
    }
    Grant one = a.cursor().grant();
    return !one.equals(b.cursor().grant());
  }
}
