package dev.grantstore.equivalence.workload;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;

/** Makes workloads from seeds: the same seed and bounds give the same workload. Immutable. */
public final class WorkloadGenerator {
  /** Seeds that follow each other begin with the same settings, so a store can serve them all. */
  public static final int SEEDS_PER_SETTINGS = 25;

  private static final int ANY_BYTES = Integer.MAX_VALUE;

  /** The longest workload is so many times as long as the shortest, which is not tiny. */
  private static final int LONGEST_OVER_SHORTEST = 12;

  /** How far before a boundary the syncs of a store begin: one workload crosses it. */
  private static final int MOST_BEFORE_BOUNDARY = 4;

  /** Where a number needs another byte, of eight bits or of seven; the last is near the limit. */
  private static final List<Integer> BOUNDARIES =
      List.of(
          1 << 7, 1 << 8, 1 << 14, 1 << 16, 1 << 21, 1 << 24, 1 << 28, Integer.MAX_VALUE - 10_000);

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
   * {@return a generator of workloads whose length is spread evenly over its logarithm, down to a
   * twelfth of the longest: what a handful of operations do is tried whole, by {@link
   * BoundedSequences}}
   *
   * @param mostOps the longest
   */
  public static WorkloadGenerator upTo(int mostOps) {
    int leastOps = Math.max(1, mostOps / LONGEST_OVER_SHORTEST);
    return new WorkloadGenerator(leastOps, mostOps, SettingsAxes.ALL, List.of(), ANY_BYTES);
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
   * @param kinds names as {@link Op#kind} gives them; {@value ResumeTokens#KIND} for the tokens of
   *     batches
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
    Workload all =
        CheckpointOps.mixInto(
            SyncOps.mixInto(
                new WorkloadDraft(seed, random, settings(seed), mostIdBytes).write(ops)));
    if (!without.contains(ResumeTokens.KIND)) {
      all = ResumeTokens.mixInto(all);
    }
    return all.withOps(all.ops().stream().filter(op -> !without.contains(op.kind())).toList());
  }

  private List<Settings> settings(long seed) {
    List<Settings> settings = new ArrayList<>();
    long block = Math.floorDiv(seed, SEEDS_PER_SETTINGS);
    Settings first = axes.draw(new SplittableRandom(block).split());
    SplittableRandom random = new SplittableRandom(seed).split();
    boolean isNumbered = !axes.axes().isEmpty() && random.nextInt(10) == 0;
    settings.add(isNumbered ? numbered(first, random) : first);
    for (int i = 0; i < MORE_SETTINGS; i++) {
      settings.add(axes.draw(random));
    }
    return settings;
  }

  private static Settings numbered(Settings settings, SplittableRandom random) {
    int boundary = BOUNDARIES.get(random.nextInt(BOUNDARIES.size()));
    int first = boundary - random.nextInt(MOST_BEFORE_BOUNDARY);
    return settings.with(Map.of(Settings.FIRST_SYNC, Integer.toString(first)));
  }
}
