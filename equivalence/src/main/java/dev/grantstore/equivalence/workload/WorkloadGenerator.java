package dev.grantstore.equivalence.workload;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/** Makes workloads from seeds: the same seed and bounds give the same workload. Immutable. */
public final class WorkloadGenerator {
  /** Seeds that follow each other begin with the same settings, so a store can serve them all. */
  public static final int SEEDS_PER_SETTINGS = 25;

  private static final int ANY_BYTES = Integer.MAX_VALUE;

  /** Further settings, for opening again. */
  private static final int MORE_SETTINGS = 2;

  private final int leastOps;
  private final int mostOps;
  private final SettingsAxes axes;
  private final List<String> without;
  private final int mostIdBytes;

  private WorkloadGenerator(
      int leastOps, int mostOps, SettingsAxes axes, List<String> without, int mostIdBytes) {
    if (leastOps < 1 || mostOps < leastOps) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "number of operations is out of range: least=%d most=%d",
              leastOps,
              mostOps));
    }
    this.leastOps = leastOps;
    this.mostOps = mostOps;
    this.axes = axes;
    this.without = List.copyOf(without);
    this.mostIdBytes = mostIdBytes;
  }

  /**
   * {@return a generator of workloads whose length is spread evenly over its logarithm}
   *
   * @param mostOps the longest
   */
  public static WorkloadGenerator upTo(int mostOps) {
    return new WorkloadGenerator(1, mostOps, SettingsAxes.ALL, List.of(), ANY_BYTES);
  }

  /**
   * {@return a generator of workloads of one length}
   *
   * @param ops the length
   */
  public static WorkloadGenerator exactly(int ops) {
    return new WorkloadGenerator(ops, ops, SettingsAxes.ALL, List.of(), ANY_BYTES);
  }

  /**
   * {@return this, drawing settings from other axes}
   *
   * @param other the axes
   */
  public WorkloadGenerator withSettings(SettingsAxes other) {
    return new WorkloadGenerator(leastOps, mostOps, other, without, mostIdBytes);
  }

  /**
   * {@return this, leaving operations out of what it makes; everything else stays as it was}
   *
   * @param kinds names as {@link Op#kind} gives them
   */
  public WorkloadGenerator without(List<String> kinds) {
    List<String> all = new ArrayList<>(without);
    all.addAll(kinds);
    return new WorkloadGenerator(leastOps, mostOps, axes, all, mostIdBytes);
  }

  /** {@return this, for engines that do not take long ids: drawing others instead} */
  public WorkloadGenerator withShortIds() {
    return new WorkloadGenerator(leastOps, mostOps, axes, without, IdPool.SHORT_BYTES);
  }

  /** {@return how many operations the longest workload has, or one more} */
  public int mostOps() {
    return mostOps;
  }

  /**
   * {@return the workload of that seed}
   *
   * @param seed any number
   */
  public Workload generate(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double spread = Math.log((double) mostOps / leastOps) * random.nextDouble();
    int ops = Math.min(mostOps, (int) Math.round(leastOps * Math.exp(spread)));
    Workload all = new WorkloadDraft(seed, random, settings(seed), mostIdBytes).write(ops);
    return all.withOps(all.ops().stream().filter(op -> !without.contains(op.kind())).toList());
  }

  private List<Settings> settings(long seed) {
    List<Settings> settings = new ArrayList<>();
    long block = Math.floorDiv(seed, SEEDS_PER_SETTINGS);
    settings.add(axes.draw(new SplittableRandom(block).split()));
    SplittableRandom random = new SplittableRandom(seed).split();
    for (int i = 0; i < MORE_SETTINGS; i++) {
      settings.add(axes.draw(random));
    }
    return settings;
  }
}
