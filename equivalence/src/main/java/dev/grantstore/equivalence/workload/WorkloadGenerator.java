package dev.grantstore.equivalence.workload;

import java.util.SplittableRandom;

/** Makes workloads from seeds: the same seed and bounds give the same workload. Immutable. */
public final class WorkloadGenerator {
  private final int leastOps;
  private final int mostOps;

  private WorkloadGenerator(int leastOps, int mostOps) {
    if (leastOps < 1 || mostOps < leastOps) {
      throw new IllegalArgumentException(
          "number of operations is out of range: least=%d most=%d".formatted(leastOps, mostOps));
    }
    this.leastOps = leastOps;
    this.mostOps = mostOps;
  }

  /**
   * {@return a generator of workloads whose length is spread evenly over its logarithm}
   *
   * @param mostOps the longest
   */
  public static WorkloadGenerator upTo(int mostOps) {
    return new WorkloadGenerator(1, mostOps);
  }

  /**
   * {@return a generator of workloads of one length}
   *
   * @param ops the length
   */
  public static WorkloadGenerator exactly(int ops) {
    return new WorkloadGenerator(ops, ops);
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
    return new WorkloadDraft(seed, random).write(ops);
  }
}
