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
      Ticker ticker = cell.ticker();
      boolean warmsUp = !settings.warmup().isZero();
      cell.how(
          (warmsUp ? "one merge before, left out; " : "nothing before; ")
              + "merges until the time is up, one at least");
      if (warmsUp && !halt.isRequested()) {
        long before = ticker.nanos();
        merge(subject, store, dealt, new StagedCell(ticker), new Writes(), halt);
        cell.warmedUp(ticker.nanos() - before);
      }
      Writes writes = new Writes();
      long start = ticker.nanos();
      while (!halt.isRequested()) {
        merge(subject, store, dealt, cell, writes, halt);
        if (ticker.nanos() - start >= settings.duration().toNanos()) {
          break;
        }
      }
      writes.addTo(cell, subject);
    } finally {
      subject.scratch().discard();
    }
  }

  /**
   * The time is until the merged sync is sealed. What is used and written is until the store has
   * settled besides, for a merge may leave to compaction what another does at once. Then the sync
   * is compared, and dropped.
   */
  private void merge(
      Subject subject,
      GrantStore store,
      SourceSyncs dealt,
      StagedCell cell,
      Writes writes,
      Halt halt) {
    List<Source> from = dealt.syncIds().stream().map(id -> new Source(store, id)).toList();
    Ticker ticker = cell.ticker();
    StagedCell.Use use = cell.use();
    long before = ticker.deviceWriteBytes();
    long start = ticker.nanos();
    MergeReport report =
        SyncMerge.newestWins(from, store, MERGED, policy, BulkLoadOptions.defaults());
    long sealed = ticker.nanos();
    long nanos = sealed - start;
    long written = ticker.deviceWriteBytes();
    Cell.settle(store);
    writes.add(before, written, ticker.deviceWriteBytes(), ticker.nanos() - sealed);
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

  /** What merges had to be written to the device, and how long settling took. One thread. */
  private static final class Writes {
    private int merges;
    private long untilSealed;
    private long untilSettled;
    private long settlingNanos;
    private boolean isKnown = true;

    /** Counters before, sealed and settled, each negative where it is not known. */
    void add(long before, long sealed, long settled, long nanos) {
      merges++;
      isKnown &= before >= 0 && sealed >= 0 && settled >= 0;
      untilSealed += sealed - before;
      untilSettled += settled - before;
      settlingNanos += nanos;
    }

    /** As of G1: against what the merged rows are without any store. */
    void addTo(StagedCell cell, Subject subject) {
      if (merges == 0) {
        return;
      }
      cell.figure("settleMillis", settlingNanos / 1e6 / merges);
      double settled = (double) untilSettled / merges;
      if (!isKnown || settled <= 0) {
        return;
      }
      long rows = subject.sync().all().rows();
      cell.note("written", "until the store has settled, compaction after the merge included");
      cell.figure("deviceWriteBytesPerGrant", settled / rows);
      cell.figure("deviceWriteBytesPerGrantUntilSealed", (double) untilSealed / merges / rows);
      if (subject.sync().canonicalBytes() > 0) {
        cell.figure("writeAmplificationOfDevice", settled / subject.sync().canonicalBytes());
      }
    }
  }
}
