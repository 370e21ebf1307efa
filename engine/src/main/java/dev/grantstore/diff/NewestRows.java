package dev.grantstore.diff;

import dev.grantstore.BulkPart;
import dev.grantstore.Closing;
import dev.grantstore.Grant;
import dev.grantstore.GrantReader;
import dev.grantstore.GrantStoreException;
import dev.grantstore.Reason;
import dev.grantstore.SyncRun;
import dev.grantstore.Utf8View;
import dev.grantstore.keyvalue.FoldLoad;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

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
   * @param rows in the order of ids
   */
  private record Head(int place, boolean deletes, SourceRows rows) {
    Utf8View id() {
      return rows.id();
    }

    Grant grant() {
      return rows.grant();
    }

    /** Whether its row is as new as another one, or newer (above 0). */
    int compareAge(Head other) {
      int seconds = Long.compare(rows.seconds(), other.rows.seconds());
      return seconds != 0 ? seconds : Integer.compare(rows.nanos(), other.rows.nanos());
    }
  }

  /** So many sources are read by a cursor each; stores allow some 250 of them to all readers. */
  private static final int MOST_CURSORS = 64;

  /** So many rows are held of all the sources that are read by pages. */
  private static final int HELD_ROWS = 1 << 16;

  private static final int MOST_PAGE_ROWS = 1_000;

  private static final Comparator<Head> BY_ID =
      (a, b) -> {
        int order = a.id().compareBytes(b.id());
        return order != 0 ? order : Integer.compare(a.place(), b.place());
      };

  private final List<Head> sources = new ArrayList<>();
  private final LeastFirst<Head> heads = new LeastFirst<>(BY_ID);

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

  /**
   * Opens the sources, the largest of them by a cursor each.
   *
   * @param runs what is sealed of each
   */
  static NewestRows of(List<SyncMerge.Source> sources, List<SyncRun> runs) {
    NewestRows rows = new NewestRows();
    boolean opened = false;
    try {
      Set<Integer> byCursor = largest(runs, MOST_CURSORS);
      int paged = Math.max(1, sources.size() - byCursor.size());
      int pageRows = Math.min(MOST_PAGE_ROWS, Math.max(1, HELD_ROWS / paged));
      for (int i = 0; i < sources.size(); i++) {
        GrantReader reader = sources.get(i).reader();
        String syncId = runs.get(i).id();
        SourceRows source =
            byCursor.contains(i)
                ? SourceRows.byCursor(reader, syncId)
                : SourceRows.byPage(reader, syncId, pageRows);
        rows.sources.add(new Head(i, runs.get(i).type().equals(SyncMerge.DELETIONS), source));
      }
      opened = true;
      return rows;
    } finally {
      if (!opened) {
        rows.close();
      }
    }
  }

  private static Set<Integer> largest(List<SyncRun> runs, int most) {
    return IntStream.range(0, runs.size())
        .boxed()
        .sorted(Comparator.comparing(place -> -SyncMerge.count(runs.get(place))))
        .limit(most)
        .collect(Collectors.toSet());
  }

  /** Adds the newest row of each id to a part, in the order of ids. */
  void writeTo(BulkPart part) {
    forEachId(
        winner -> {
          if (!winner.deletes()) {
            part.add(winner.grant());
          }
        });
  }

  /**
   * Says in what the merged sync differs from one of the sources.
   *
   * @param base its place among them
   * @param load takes the differences
   */
  void foldInto(int base, FoldLoad load) {
    forEachId(
        winner -> {
          if (winner.place() == base) {
            return;
          }
          Optional<Grant> before =
              rivals.stream().filter(row -> row.place() == base).findFirst().map(Head::grant);
          Optional<Grant> after = winner.deletes() ? Optional.empty() : Optional.of(winner.grant());
          if (!before.equals(after)) {
            before.ifPresent(load::leaveOut);
            after.ifPresent(load::add);
          }
        });
  }

  private void forEachId(Consumer<Head> winners) {
    sources.forEach(this::advance);
    for (long ids = 0; !heads.isEmpty(); ids++) {
      if (ids % INTERRUPT_IDS == 0 && Thread.currentThread().isInterrupted()) {
        throw new GrantStoreException(Reason.TIMEOUT, "merge was interrupted");
      }
      takeRivals();
      Head winner = winner();
      count(winner);
      winners.accept(winner);
      goOn();
    }
  }

  /** What was read and written, once all of it is in a sync. */
  MergeReport report(SyncRun sync, MergePolicy policy) {
    return new MergeReport(
        sync, policy, rowsRead, written, replaced, deleted, deletions, ties, firstTies);
  }

  @Override
  public void close() {
    Closing.all(sources.stream().map(Head::rows).toList(), "rows of sources cannot be closed");
  }

  private void advance(Head source) {
    if (source.rows().next()) {
      rowsRead++;
      heads.add(source);
    }
  }

  /** One that is alone stays in its place, since most are, and what comes next is often its. */
  private void takeRivals() {
    rivals.clear();
    Head first = heads.first();
    rivals.add(first);
    if (heads.second().filter(second -> isSameId(second, first)).isPresent()) {
      heads.removeFirst();
      while (!heads.isEmpty() && isSameId(heads.first(), first)) {
        rivals.add(heads.removeFirst());
      }
    }
  }

  private static boolean isSameId(Head a, Head b) {
    return a.id().compareBytes(b.id()) == 0;
  }

  private void goOn() {
    if (rivals.size() > 1) {
      rivals.forEach(this::advance);
    } else if (rivals.get(0).rows().next()) {
      rowsRead++;
      heads.firstChanged();
    } else {
      heads.removeFirst();
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
    return !a.grant().equals(b.grant());
  }
}
