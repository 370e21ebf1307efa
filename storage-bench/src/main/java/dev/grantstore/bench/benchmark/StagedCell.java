package dev.grantstore.bench.benchmark;

import dev.grantstore.bench.measure.Measurement;
import dev.grantstore.bench.measure.ProcessProbe;
import dev.grantstore.bench.measure.ProcessUse;
import dev.grantstore.bench.measure.Tally;
import dev.grantstore.bench.measure.Ticker;
import dev.grantstore.bench.result.CellResult.KeyCount;
import dev.grantstore.bench.result.CellResult.Steadiness;
import dev.grantstore.bench.result.CellResult.WarmUp;
import dev.grantstore.bench.result.StageNotes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** What a {@link StagedBenchmark} measured so far. One thread. */
final class StagedCell {
  private final Ticker ticker;
  private final Map<String, Tally> stages = new LinkedHashMap<>();
  private final List<Double> rates = new ArrayList<>();
  private final List<ProcessUse> uses = new ArrayList<>();
  private final SortedMap<String, Double> more = new TreeMap<>();
  private final SortedMap<String, String> notes = new TreeMap<>();
  private long cpuNanos;
  private long allocatedBytes;
  private WarmUp warmup = WarmUp.NONE;

  StagedCell(Ticker ticker) {
    this.ticker = ticker;
  }

  /** {@return the clock} */
  Ticker ticker() {
    return ticker;
  }

  /**
   * Counts a stage that ended. The first that is named is the one that the cell's memory, CPU time
   * and figures for each operation are divided by.
   */
  void record(String stage, long nanos, long rows) {
    stages.computeIfAbsent(stage, any -> new Tally()).record(nanos, rows);
  }

  /** Adds to the rate over time. */
  void rate(double perSecond) {
    rates.add(perSecond);
  }

  /** Says in words how it is measured: what goes before, and how often it is done. */
  void how(String words) {
    note(StageNotes.HOW, words);
  }

  /** Takes how long operations took that were done before, and left out. */
  void warmedUp(long nanos) {
    warmup = new WarmUp(nanos / 1e9, new Steadiness(Steadiness.Verdict.TOO_SHORT, 0, 0));
  }

  void figure(String name, double value) {
    more.put(name, value);
  }

  void note(String name, String words) {
    notes.put(name, words);
  }

  /** {@return what was used from now until it is ended} */
  Use use() {
    return new Use();
  }

  /** Takes the place of what this process used: another one did the work. */
  void used(ProcessUse other) {
    uses.clear();
    uses.add(other);
  }

  Figures figures() {
    Tally first = stages.isEmpty() ? new Tally() : stages.values().iterator().next();
    Measurement measurement =
        new Measurement(
            first,
            new Tally(),
            warmup,
            null,
            rates,
            1,
            allocatedBytes,
            cpuNanos,
            ProcessUse.joined(uses));
    return new Figures(KeyCount.NONE, false, measurement, 0, more, notes, stages);
  }

  /** What is used from one moment to another. */
  final class Use {
    private final ProcessProbe probe = ProcessProbe.start();
    private final long cpu = ticker.cpuNanos();
    private final long allocated = ticker.allocatedBytes();

    private Use() {}

    /** Counts it. */
    void end() {
      cpuNanos += ticker.cpuNanos() - cpu;
      allocatedBytes += ticker.allocatedBytes() - allocated;
      uses.add(probe.read());
    }
  }
}
