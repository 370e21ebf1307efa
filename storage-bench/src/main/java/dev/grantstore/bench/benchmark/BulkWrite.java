package dev.grantstore.bench.benchmark;

import dev.grantstore.ContentDigest;
import dev.grantstore.GrantStore;
import dev.grantstore.bench.measure.Halt;
import dev.grantstore.bench.measure.Measurement;
import dev.grantstore.bench.measure.ProcessProbe;
import dev.grantstore.bench.measure.ProcessUse;
import dev.grantstore.bench.measure.Tally;
import dev.grantstore.bench.measure.Ticker;
import dev.grantstore.bench.nullengine.NullStore;
import dev.grantstore.bench.result.CellResult.KeyCount;
import dev.grantstore.bench.result.CellResult.WarmUp;
import dev.grantstore.bench.result.CellSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** G1: a whole sync, from the first grant to sealed and durable, into an empty store. */
final class BulkWrite implements Benchmark {
  @Override
  public String name() {
    return "G1";
  }

  @Override
  public String title() {
    return "bulk write";
  }

  @Override
  public String description() {
    return "the fixture's grants into an empty scratch store; an operation is one whole sync,"
        + " all indexes, sealed and durable";
  }

  @Override
  public boolean canBeCold() {
    return false;
  }

  @Override
  public boolean asksByKey() {
    return false;
  }

  @Override
  public boolean countsRows() {
    return true;
  }

  @Override
  public Figures measure(Subject subject, CellSettings settings, Halt halt) {
    if (subject.slowdownPercent() > 0) {
      throw new IllegalArgumentException("G1 cannot be slowed on purpose");
    }
    GrantFeed feed = HeldFeed.ifItFits(subject.grants(), subject.sync().all().rows(), halt);
    ExecutorService pool = Executors.newFixedThreadPool(settings.threads());
    try {
      Ticker ticker = subject.ticker();
      BulkWriter writer =
          new BulkWriter(feed, subject.sync(), settings.threads(), pool, halt, ticker);
      if (!settings.warmup().isZero()) {
        load(subject, writer, halt);
      }
      Loads loads = new Loads();
      long start = ticker.nanos();
      do {
        load(subject, writer, halt).ifPresent(loads::add);
      } while (!halt.isRequested() && ticker.nanos() - start < settings.duration().toNanos());
      Measurement measurement = loads.measured(subject.sync().all().rows());
      double harness =
          halt.isRequested() || subject.isNull()
              ? 0
              : harnessNanosPerOp(writer, settings.threads());
      return new Figures(
          KeyCount.NONE,
          false,
          measurement,
          harness,
          loads.more(subject),
          notes(subject, feed.source(), settings.threads()));
    } finally {
      pool.shutdown();
    }
  }

  private static SortedMap<String, String> notes(Subject subject, FeedSource source, int threads) {
    SortedMap<String, String> notes = new TreeMap<>();
    notes.put("feed", source.words());
    notes.put("feeding threads", String.valueOf(source.threads(threads)));
    notes.put("durability", subject.scratch().durability());
    return notes;
  }

  /**
   * One load, checked, with what the process used until it was loaded and settled, how long it took
   * to settle, and its bytes on disk.
   */
  private record CheckedLoad(
      BulkWriter.Load load, ProcessUse process, long settleNanos, long diskBytes) {}

  private Optional<CheckedLoad> load(Subject subject, BulkWriter writer, Halt halt) {
    GrantStore store = subject.scratch().open();
    Optional<BulkWriter.Load> load;
    ProcessUse process;
    long settleNanos;
    try {
      ProcessProbe probe = ProcessProbe.start();
      load = writer.write(store);
      long loaded = subject.ticker().nanos();
      if (load.isPresent()) {
        Cell.settle(store);
      }
      settleNanos = subject.ticker().nanos() - loaded;
      process = probe.read();
      if (load.isPresent() && !subject.isNull()) {
        check(subject, store, load.get().digest(), halt);
      }
    } catch (RuntimeException | Error e) {
      subject.scratch().discard();
      throw e;
    }
    long diskBytes = subject.scratch().discard();
    return load.map(l -> new CheckedLoad(l, process, settleNanos, diskBytes));
  }

  /** The digest the store sealed with, and every row as it reads back. */
  private void check(Subject subject, GrantStore store, ContentDigest sealed, Halt halt) {
    ContentDigest expected = subject.sync().all().digest();
    if (!sealed.equals(expected)) {
      throw new WrongAnswerException(
          name(), "digest of the sealed sync", expected.toString(), sealed.toString());
    }
    ListQuestions.verify(name(), store, SyncCheck.scan(subject), halt);
  }

  private static double harnessNanosPerOp(BulkWriter writer, int threads) {
    NullStore nothing = new NullStore(0);
    writer.write(nothing);
    return writer.write(nothing).map(load -> (double) load.cpuNanos() / threads).orElse(0.0);
  }

  /** The loads of one cell. */
  private static final class Loads {
    private final List<CheckedLoad> loads = new ArrayList<>();

    void add(CheckedLoad load) {
      loads.add(load);
    }

    Measurement measured(long rows) {
      Tally tally = new Tally();
      List<Double> rates = new ArrayList<>();
      long allocatedBytes = 0;
      long cpuNanos = 0;
      for (CheckedLoad checked : loads) {
        BulkWriter.Load load = checked.load();
        tally.record(load.nanos(), rows);
        rates.add(rows * 1e9 / load.nanos());
        allocatedBytes += load.allocatedBytes();
        cpuNanos += load.cpuNanos();
      }
      return new Measurement(
          tally,
          new Tally(),
          WarmUp.NONE,
          null,
          rates,
          1,
          allocatedBytes,
          cpuNanos,
          ProcessUse.joined(loads.stream().map(CheckedLoad::process).toList()));
    }

    /**
     * All that was written until the store had settled, logs and files that were merged away
     * included. An operation's time ends before, when the sync is sealed and durable.
     */
    private void addDeviceWrites(Subject subject, SortedMap<String, Double> more) {
      double written =
          loads.stream().mapToLong(load -> load.process().diskWriteBytes()).average().orElse(-1);
      if (written > 0) {
        more.put("deviceWriteBytesPerGrant", written / subject.sync().all().rows());
        if (subject.sync().canonicalBytes() > 0) {
          more.put("writeAmplificationOfDevice", written / subject.sync().canonicalBytes());
        }
      }
    }

    SortedMap<String, Double> more(Subject subject) {
      SortedMap<String, Double> more = new TreeMap<>();
      if (!loads.isEmpty()) {
        double bytes = loads.get(loads.size() - 1).diskBytes();
        boolean isKnown = bytes != ScratchStores.NOT_KNOWN;
        if (isKnown) {
          more.put("diskBytesPerGrant", bytes / Math.max(1, subject.sync().all().rows()));
        }
        if (isKnown && subject.sync().canonicalBytes() > 0) {
          more.put("spaceAmplification", bytes / subject.sync().canonicalBytes());
        }
        if (!subject.scratch().isElsewhere()) {
          more.put(
              "settleSeconds",
              loads.stream().mapToLong(CheckedLoad::settleNanos).average().orElse(0) / 1e9);
          addDeviceWrites(subject, more);
        }
      }
      return more;
    }
  }
}
