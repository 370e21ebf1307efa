package dev.grantstore.bench.benchmark;

import dev.grantstore.bench.measure.Halt;
import dev.grantstore.bench.measure.ProcessUse;
import dev.grantstore.bench.result.CellResult;
import dev.grantstore.bench.result.CellResult.Outcome;
import dev.grantstore.bench.result.CellResult.Resources;
import dev.grantstore.bench.result.CellSettings;
import dev.grantstore.bench.result.StageNotes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * G8: one {@link Burst} after the other, each in a new JVM with less memory than the one before,
 * until one dies. That is no failure, but what was to be found: the smallest limit that passes. The
 * stage {@code all} is one way down the ladder, whatever came of it, and has no time to speak of; a
 * limit that was passed is a stage of its own, and has the time of the burst.
 *
 * <p>Each burst is the first of its JVM. So the slow-down of a limit is one cold JVM's time by
 * another's, and only that over many forks says anything.
 */
final class MemoryCeiling implements StagedBenchmark {
  /** A burst that takes so many times as long as with the most memory has not passed. */
  private static final int PATIENCE = 20;

  private static final Duration LEAST_PATIENCE = Duration.ofMinutes(2);

  /** Whoever started this process ends it before. */
  private static final Duration ENDLESS = Duration.ofDays(7);

  private final List<Integer> limitsMib;

  /** With limits in MiB, the largest first. */
  MemoryCeiling(List<Integer> limitsMib) {
    this.limitsMib = List.copyOf(limitsMib);
  }

  @Override
  public String name() {
    return "G8";
  }

  @Override
  public String title() {
    return "memory ceiling";
  }

  @Override
  public String description() {
    return String.format(
        Locale.ROOT,
        "load, scans and held snapshots with %s MiB, a JVM each, until one dies: the least limit"
            + " that passes",
        String.join(", ", limitsMib.stream().map(String::valueOf).toList()));
  }

  @Override
  public boolean opensStores() {
    return true;
  }

  @Override
  public boolean needsNewProcess() {
    return true;
  }

  @Override
  public boolean limitsMemory() {
    return true;
  }

  @Override
  public boolean warmsUp() {
    return false;
  }

  @Override
  public boolean countsRows() {
    return true;
  }

  @Override
  public void run(Subject subject, CellSettings settings, StagedCell cell, Halt halt) {
    int largest = limitsMib.get(0);
    cell.how("once down the limits, each in a new JVM, which has done nothing before");
    cell.note(StageNotes.LIMITED, subject.limited().covers());
    cell.note(
        "slowdown", "time of one JVM's first burst by that of another with the largest limit");
    long start = cell.ticker().nanos();
    OptionalInt smallest = OptionalInt.empty();
    double longest = 0;
    Optional<CellResult> first = Optional.empty();
    Stages passed = new Stages();
    for (int limit : limitsMib) {
      Duration patience =
          first.isEmpty()
              ? ENDLESS
              : max(LEAST_PATIENCE, Duration.ofNanos((long) (longest * PATIENCE)));
      Optional<LimitedJvms.Ended> ended =
          subject.limited().run(limit, Burst.NAME, settings, patience);
      if (ended.isEmpty()) {
        return;
      }
      CellResult burst = ended.get().cell();
      if (burst == null) {
        if (ended.get().isTooSlow()) {
          cell.note("too slow at", limit + " MiB");
          cell.note(
              "too slow", "not ended by want of memory, which may be why: " + ended.get().death());
        } else {
          cell.note(StageNotes.DIED_AT, limit + " MiB");
          cell.note("died of", ended.get().death());
        }
        break;
      }
      Outcome all = burst.outcomes().get(0);
      if (first.isEmpty()) {
        first = Optional.of(burst);
        longest = all.nanosPerOp();
      }
      smallest = OptionalInt.of(limit);
      passed.add(limit, all);
      cell.figure(figure("peakRssMiB", limit), burst.resources().peakRssBytes() / 1048576.0);
      cell.figure(figure("slowdown", limit), all.nanosPerOp() / longest);
    }
    cell.record("all", cell.ticker().nanos() - start, 0);
    passed.recordIn(cell);
    if (smallest.isPresent()) {
      cell.figure(CellResult.SMALLEST_LIMIT, smallest.getAsInt());
    }
    if (smallest.isEmpty()) {
      cell.figure(CellResult.MORE_THAN, largest);
      cell.note("passed", "none of the limits: more than " + largest + " MiB is needed");
    } else if (smallest.getAsInt() == limitsMib.get(limitsMib.size() - 1)) {
      cell.note("passed", "all limits: less than " + smallest.getAsInt() + " MiB may be enough");
    }
    first.map(CellResult::resources).ifPresent(used -> cell.used(use(used)));
  }

  private static String figure(String name, int limit) {
    return String.format(Locale.ROOT, "%s.%d", name, limit);
  }

  private static Duration max(Duration a, Duration b) {
    return a.compareTo(b) > 0 ? a : b;
  }

  /** What the JVM with the most memory used: this one only waited. */
  private static ProcessUse use(Resources used) {
    return new ProcessUse(
        Math.round(used.processCpuNanosPerOp()),
        used.gcCount(),
        used.gcMillis(),
        used.peakRssBytes(),
        used.peakRssIsOfCell(),
        used.diskReadBytes(),
        used.diskWriteBytes(),
        used.otherCpuCores());
  }

  /** The bursts that passed, kept until the way down is over, which is told first. */
  private static final class Stages {
    private record Passed(int limit, long nanos, long rows) {}

    private final List<Passed> all = new ArrayList<>();

    void add(int limit, Outcome burst) {
      all.add(new Passed(limit, Math.round(burst.nanosPerOp()), burst.rows()));
    }

    void recordIn(StagedCell cell) {
      all.forEach(one -> cell.record(one.limit() + "MiB", one.nanos(), one.rows()));
    }
  }
}
