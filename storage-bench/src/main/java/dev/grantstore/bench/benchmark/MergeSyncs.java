package dev.grantstore.bench.benchmark;

import dev.grantstore.BulkLoadOptions;
import dev.grantstore.GrantQuery;
import dev.grantstore.GrantStore;
import dev.grantstore.bench.measure.Halt;
import dev.grantstore.bench.measure.Ticker;
import dev.grantstore.bench.result.CellSettings;
import dev.grantstore.diff.MergePolicy;
import dev.grantstore.diff.MergeReport;
import dev.grantstore.diff.SyncMerge;
import dev.grantstore.diff.SyncMerge.Source;
import java.util.List;
import java.util.Locale;

/**
 * G7: several syncs of one store become a new one of it, of each id the newest row. The sources are
 * the fixture's grants, dealt out, and of every tenth an older row besides, in the source after its
 * own or before it by turns; so the merged sync holds what the fixture's does.
 *
 * <p>A merge reads at most 64 of them by cursors of their own. An engine that is told to give fewer
 * refuses it, in its own words, and the cell is said to be not available.
 */
final class MergeSyncs implements StagedBenchmark {
  private static final String STAGE = "all";

  private static final String MERGED = "merged";

  private final int sources;
  private final SourceSizes sizes;
  private final MergePolicy policy;

  MergeSyncs(int sources, SourceSizes sizes, MergePolicy policy) {
    this.sources = sources;
    this.sizes = sizes;
    this.policy = policy;
  }

  @Override
  public String name() {
    return (sources == 10 ? "G7" : "G7x" + sources)
        + (policy == MergePolicy.REBUILD ? "rebuild" : sizes.suffix());
  }

  @Override
  public String title() {
    return String.format(
        Locale.ROOT,
        "merge of %d %s%s",
        sources,
        sizes.words(),
        policy == MergePolicy.REBUILD ? ", rebuilt" : "");
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
      if (!settings.warmup().isZero() && !halt.isRequested()) {
        merge(subject, store, dealt, new StagedCell(cell.ticker()), halt);
      }
      Ticker ticker = cell.ticker();
      long start = ticker.nanos();
      while (!halt.isRequested()) {
        merge(subject, store, dealt, cell, halt);
        if (ticker.nanos() - start >= settings.duration().toNanos()) {
          break;
        }
      }
      addWrites(subject, cell);
    } finally {
      subject.scratch().discard();
    }
  }

  /** Until the merged sync is sealed; then it is compared, and dropped. */
  private void merge(
      Subject subject, GrantStore store, SourceSyncs dealt, StagedCell cell, Halt halt) {
    List<Source> from = dealt.syncIds().stream().map(id -> new Source(store, id)).toList();
    Ticker ticker = cell.ticker();
    StagedCell.Use use = cell.use();
    long start = ticker.nanos();
    MergeReport report =
        SyncMerge.newestWins(from, store, MERGED, policy, BulkLoadOptions.defaults());
    long nanos = ticker.nanos() - start;
    use.end();
    check(subject, store, report, halt);
    cell.record(STAGE, nanos, dealt.rows());
    cell.rate(dealt.rows() * 1e9 / Math.max(1, nanos));
    cell.note("merged by", report.policy().name().toLowerCase(Locale.ROOT));
    store.drop(MERGED);
    Cell.settle(store);
  }

  /** What it was sealed with, what was told of it, and every row as it reads back. */
  private void check(Subject subject, GrantStore store, MergeReport report, Halt halt) {
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
