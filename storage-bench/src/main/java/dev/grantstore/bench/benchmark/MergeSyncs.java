package dev.grantstore.bench.benchmark;

import dev.grantstore.BulkLoadOptions;
import dev.grantstore.GrantQuery;
import dev.grantstore.GrantStore;
import dev.grantstore.bench.measure.Halt;
import dev.grantstore.bench.measure.Ticker;
import dev.grantstore.bench.result.CellSettings;
import dev.grantstore.diff.MergeReport;
import dev.grantstore.diff.SyncMerge;
import dev.grantstore.diff.SyncMerge.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * G7: several syncs of one store become a new one of it, of each id the newest row. The sources are
 * the fixture's grants, dealt out, and of every tenth an older row besides, in the source after its
 * own or before it by turns; so the merged sync holds what the fixture's does.
 *
 * <p>An engine that has fewer cursors at a time than there are sources gets them in rounds, which a
 * note says.
 */
final class MergeSyncs implements StagedBenchmark {
  private static final String STAGE = "all";

  /** The engine's figure that says how many cursors and snapshots there may be. */
  private static final String CURSORS = "option.max_readers";

  /** What else of the store's may be open. */
  private static final int OTHER_CURSORS = 4;

  private static final String MERGED = "merged";

  private final int sources;
  private final SourceSizes sizes;

  MergeSyncs(int sources, SourceSizes sizes) {
    this.sources = sources;
    this.sizes = sizes;
  }

  @Override
  public String name() {
    return (sources == 10 ? "G7" : "G7x" + sources) + (sizes == SourceSizes.SAME ? "" : "skew");
  }

  @Override
  public String title() {
    return String.format(Locale.ROOT, "merge of %d %s syncs", sources, sizes.words());
  }

  @Override
  public String description() {
    return "newest row of each id into a new sync of the same store; an operation is one merge,"
        + " sealed and durable; rows are those of the sources";
  }

  @Override
  public boolean countsRows() {
    return true;
  }

  @Override
  public void run(Subject subject, CellSettings settings, StagedCell cell, Halt halt) {
    GrantStore store = subject.scratch().open();
    try {
      SourceSyncs dealt = SourceSyncs.deal(subject, store, sources, sizes, halt);
      Cell.settle(store);
      int atOnce = atOnce(store, cell);
      if (!settings.warmup().isZero() && !halt.isRequested()) {
        merge(subject, store, dealt, atOnce, halt);
      }
      Ticker ticker = cell.ticker();
      long start = ticker.nanos();
      while (!halt.isRequested()) {
        StagedCell.Use use = cell.use();
        long nanos = merge(subject, store, dealt, atOnce, halt);
        use.end();
        cell.record(STAGE, nanos, dealt.rows());
        cell.rate(dealt.rows() * 1e9 / Math.max(1, nanos));
        if (ticker.nanos() - start >= settings.duration().toNanos()) {
          break;
        }
      }
      addWrites(subject, cell);
    } finally {
      subject.scratch().discard();
    }
  }

  private int atOnce(GrantStore store, StagedCell cell) {
    String most = store.stats().engine().get(CURSORS);
    int atOnce = most == null ? sources : Math.min(sources, Integer.parseInt(most) - OTHER_CURSORS);
    if (atOnce < sources) {
      atOnce = Math.max(2, atOnce);
      cell.note(
          "merged in rounds",
          String.format(
              Locale.ROOT,
              "of at most %d of the %d syncs, for the store gives %s cursors at a time (max_readers)",
              atOnce,
              sources,
              most));
    }
    return atOnce;
  }

  /** {@return how long it took until the merged sync was sealed; it is compared, and dropped} */
  private long merge(Subject subject, GrantStore store, SourceSyncs dealt, int atOnce, Halt halt) {
    List<String> made = new ArrayList<>();
    Ticker ticker = subject.ticker();
    long start = ticker.nanos();
    List<String> left = dealt.syncIds();
    while (left.size() > atOnce) {
      List<String> next = new ArrayList<>();
      for (int i = 0; i < left.size(); i += atOnce) {
        String id = "round-" + made.size();
        merge(store, left.subList(i, Math.min(left.size(), i + atOnce)), id);
        made.add(id);
        next.add(id);
      }
      left = next;
    }
    MergeReport report = merge(store, left, MERGED);
    long nanos = ticker.nanos() - start;
    made.add(MERGED);
    check(subject, store, report, dealt, halt);
    made.forEach(store::drop);
    Cell.settle(store);
    return nanos;
  }

  private static MergeReport merge(GrantStore store, List<String> syncIds, String into) {
    List<Source> from = syncIds.stream().map(id -> new Source(store, id)).toList();
    return SyncMerge.newestWins(from, store, into, BulkLoadOptions.defaults());
  }

  /** What it was sealed with, what was told of it, and every row as it reads back. */
  private void check(
      Subject subject, GrantStore store, MergeReport report, SourceSyncs dealt, Halt halt) {
    String expected = String.format(Locale.ROOT, "%s, ties=0", subject.sync().all().digest());
    String found =
        String.format(
            Locale.ROOT, "%s, ties=%d", report.sync().digest().orElseThrow(), report.ties());
    if (!found.equals(expected)) {
      throw new WrongAnswerException(name(), "merged sync", expected, found);
    }
    ListKey scan =
        new ListKey("scan of merged sync", new GrantQuery.Scan(MERGED), subject.sync().all());
    ListQuestions.verify(name(), store, scan, halt);
  }

  /** As of G1: against what the merged rows are without any store. */
  private static void addWrites(Subject subject, StagedCell cell) {
    double written = cell.deviceWriteBytes();
    if (written > 0) {
      cell.figure("deviceWriteBytesPerGrant", written / subject.sync().all().rows());
      if (subject.sync().canonicalBytes() > 0) {
        cell.figure("writeAmplificationOfDevice", written / subject.sync().canonicalBytes());
      }
    }
  }
}
