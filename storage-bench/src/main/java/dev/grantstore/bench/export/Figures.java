package dev.grantstore.bench.export;

import dev.grantstore.bench.result.CellResult;
import dev.grantstore.bench.result.CellResult.Latency;
import dev.grantstore.bench.result.CellResult.Outcome;
import dev.grantstore.bench.result.CellResult.Resources;
import dev.grantstore.bench.result.CellResult.Steadiness;
import dev.grantstore.bench.result.CellSettings.Schedule;
import dev.grantstore.bench.result.ReadCounters;
import dev.grantstore.bench.result.RunResult.DiskUse;
import dev.grantstore.bench.result.RunResult.EngineResult;
import dev.grantstore.bench.result.RunResult.ResidentUse;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Every number of a fork or a store. What is not known is not among them. One thread. */
final class Figures {
  private final List<Figure> figures = new ArrayList<>();
  private String outcome = "";

  private Figures() {}

  /** {@return the numbers of a fork: of each outcome, then of the whole cell} */
  static List<Figure> of(CellResult cell) {
    Figures all = new Figures();
    for (Outcome outcome : cell.outcomes()) {
      // A way down limits of memory has no time to speak of, and others used what it took.
      if (!cell.isOfLimits() || !outcome.name().equals("all")) {
        all.outcome = outcome.name();
        all.outcome(outcome);
      }
    }
    all.outcome = "";
    all.cell(cell);
    if (!cell.isOfLimits()) {
      all.resources(cell.resources());
    }
    all.schedule(cell.schedule());
    all.counters(cell.counters());
    cell.figures().forEach((name, value) -> all.add("figures." + name, "", value));
    return all.figures;
  }

  /** {@return the numbers of a store: what it takes on disk and in memory} */
  static List<Figure> of(EngineResult engine) {
    Figures all = new Figures();
    DiskUse disk = engine.disk();
    if (disk.isKnown()) {
      all.addWhole("disk.bytes", "B", disk.bytes());
      disk.keyspaceBytes()
          .forEach((name, bytes) -> all.addWhole("disk.keyspaceBytes." + name, "B", bytes));
      all.addWhole("disk.otherBytes", "B", disk.otherBytes());
      all.add("disk.bytesPerGrant", "B/grant", disk.bytesPerGrant());
    }
    if (disk.amplification() > 0) {
      all.add("disk.amplification", "B/B", disk.amplification());
    }
    ResidentUse resident = engine.resident();
    if (resident != null) {
      all.addWhole("resident.bytes", "B", resident.bytes());
      all.addWhole("resident.heapBytes", "B", resident.heapBytes());
      all.addWhole("resident.mappedFileBytes", "B", resident.mappedFileBytes());
      all.add("resident.bytesPerGrant", "B/grant", resident.bytesPerGrant());
    }
    return all.figures;
  }

  private void outcome(Outcome o) {
    addWhole("ops", "ops", o.ops());
    addWhole("rows", "rows", o.rows());
    add("opsPerSecond", "ops/s", o.opsPerSecond());
    add("nanosPerOp", "ns/op", o.nanosPerOp());
    if (o.rows() > 0) {
      add("rowsPerSecond", "rows/s", o.rowsPerSecond());
      add("nanosPerRow", "ns/row", o.nanosPerRow());
      addWhole("lengths.p50", "rows", o.lengths().p50());
      addWhole("lengths.p90", "rows", o.lengths().p90());
      addWhole("lengths.p99", "rows", o.lengths().p99());
      addWhole("lengths.max", "rows", o.lengths().max());
    }
    latency("latency.", o.latency());
    latency("response.", o.response());
  }

  private void latency(String prefix, @Nullable Latency latency) {
    if (latency == null) {
      return;
    }
    addKnown(prefix + "p50Nanos", latency.p50Nanos());
    addKnown(prefix + "p90Nanos", latency.p90Nanos());
    addKnown(prefix + "p95Nanos", latency.p95Nanos());
    addKnown(prefix + "p99Nanos", latency.p99Nanos());
    addKnown(prefix + "p999Nanos", latency.p999Nanos());
    addKnown(prefix + "p9999Nanos", latency.p9999Nanos());
    addWhole(prefix + "maxNanos", "ns", latency.maxNanos());
  }

  private void cell(CellResult cell) {
    Steadiness rate = cell.rate().steadiness();
    add("warmup.seconds", "s", cell.warmup().seconds());
    add("rate.driftPercent", "%", rate.driftPercent());
    add("rate.spreadPercent", "%", rate.spreadPercent());
    add("rate.steady", "1=yes", rate.verdict() == Steadiness.Verdict.STEADY ? 1 : 0);
    add("interrupted", "1=yes", cell.interrupted() ? 1 : 0);
    add("harness.nanosPerOp", "ns/op", cell.harness().nanosPerOp());
    add("harness.sharePercent", "%", cell.harness().sharePercent());
    addWhole("keys.asked", "keys", cell.keys().asked());
    addWhole("keys.missesAsked", "keys", cell.keys().missesAsked());
    addWhole("keys.present", "keys", cell.keys().present());
  }

  private void resources(Resources used) {
    add("allocatedBytesPerOp", "B/op", used.allocatedBytesPerOp());
    add("threadCpuNanosPerOp", "ns/op", used.threadCpuNanosPerOp());
    add("processCpuNanosPerOp", "ns/op", used.processCpuNanosPerOp());
    addWhole("gcCount", "collections", used.gcCount());
    addWhole("gcMillis", "ms", used.gcMillis());
    if (used.peakRssBytes() > 0) {
      addWhole("peakRssBytes", "B", used.peakRssBytes());
    }
    addUnlessNegative("diskReadBytes", "B", (double) used.diskReadBytes());
    addUnlessNegative("diskWriteBytes", "B", (double) used.diskWriteBytes());
    addUnlessNegative("otherCpuCores", "cores", used.otherCpuCores());
  }

  private void schedule(@Nullable Schedule schedule) {
    if (schedule == null) {
      return;
    }
    addWhole("schedule.scheduled", "ops", schedule.scheduled());
    addWhole("schedule.late", "ops", schedule.late());
    addWhole("schedule.mostLateNanos", "ns", schedule.mostLateNanos());
    addWhole("schedule.notBegun", "ops", schedule.notBegun());
  }

  private void counters(@Nullable ReadCounters counters) {
    if (counters == null) {
      return;
    }
    addWhole("counters.ops", "ops", counters.ops());
    addWhole("counters.rows", "rows", counters.rows());
    addWhole("counters.blockHits", "blocks", counters.blockHits());
    addWhole("counters.blockMisses", "blocks", counters.blockMisses());
    addWhole("counters.nexts", "steps", counters.nexts());
    counters.perOp().forEach((name, value) -> add("counters.perOp." + name, "1/op", value));
  }

  private void addKnown(String metric, @Nullable Long nanos) {
    if (nanos != null) {
      addWhole(metric, "ns", nanos);
    }
  }

  private void addUnlessNegative(String metric, String unit, double value) {
    if (value >= 0) {
      add(metric, unit, value);
    }
  }

  private void addWhole(String metric, String unit, long value) {
    add(metric, unit, (double) value);
  }

  private void add(String metric, String unit, double value) {
    if (Double.isFinite(value)) {
      figures.add(new Figure(outcome, metric, unit, value));
    }
  }

  /**
   * One number.
   *
   * @param outcome the outcome it belongs to; empty where it belongs to the whole cell, or to a
   *     store
   * @param metric what it is, as the result model calls it
   * @param unit what it counts
   * @param value finite
   */
  record Figure(String outcome, String metric, String unit, double value) {}
}
