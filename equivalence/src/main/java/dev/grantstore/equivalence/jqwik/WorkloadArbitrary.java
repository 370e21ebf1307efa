package dev.grantstore.equivalence.jqwik;

import dev.grantstore.equivalence.run.Reducer;
import dev.grantstore.equivalence.workload.NamedWorkloads;
import dev.grantstore.equivalence.workload.Op;
import dev.grantstore.equivalence.workload.Workload;
import dev.grantstore.equivalence.workload.WorkloadGenerator;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCases;
import net.jqwik.api.RandomGenerator;
import net.jqwik.api.Shrinkable;
import net.jqwik.api.ShrinkingDistance;

/**
 * Draws workloads for jqwik's properties. They shrink by what the reducer tries: fewer operations,
 * shorter batches, plainer rows, ids and settings; edge cases are the named workloads and those of
 * no operation and of one. Immutable.
 *
 * <p>As many workloads in a row as a store is meant to serve ({@link
 * WorkloadGenerator#SEEDS_PER_SETTINGS}) begin with the same settings; a property's seed repeats
 * them all.
 */
public final class WorkloadArbitrary implements Arbitrary<Workload> {
  private final WorkloadGenerator generator;

  private WorkloadArbitrary(WorkloadGenerator generator) {
    this.generator = generator;
  }

  /**
   * {@return workloads whose length is spread evenly over its logarithm}
   *
   * @param ops the longest
   */
  public static WorkloadArbitrary upTo(int ops) {
    return of(WorkloadGenerator.upTo(ops));
  }

  /**
   * {@return what a generator makes}
   *
   * @param generator of any bounds
   */
  public static WorkloadArbitrary of(WorkloadGenerator generator) {
    return new WorkloadArbitrary(generator);
  }

  @Override
  public RandomGenerator<Workload> generator(int genSize) {
    return new Seeds();
  }

  /** {@return false} It counts how many began with the same settings. */
  @Override
  public boolean isGeneratorMemoizable() {
    return false;
  }

  @Override
  public EdgeCases<Workload> edgeCases(int maxEdgeCases) {
    List<Supplier<Shrinkable<Workload>>> cases = new ArrayList<>();
    for (Workload workload : edges()) {
      cases.add(() -> new Shrunk(workload, 0));
    }
    return EdgeCases.fromSuppliers(cases.subList(0, Math.min(maxEdgeCases, cases.size())));
  }

  private List<Workload> edges() {
    List<Workload> edges = new ArrayList<>();
    Workload drawn = generator.generate(0);
    edges.add(drawn.withOps(List.of()));
    for (Op op : drawn.ops()) {
      if (edges.stream().noneMatch(edge -> isOf(edge, op))) {
        edges.add(drawn.withOps(List.of(op)));
      }
    }
    edges.add(NamedWorkloads.empty());
    edges.add(NamedWorkloads.single());
    edges.add(NamedWorkloads.overwrite());
    edges.add(NamedWorkloads.standard());
    return edges;
  }

  private static boolean isOf(Workload edge, Op op) {
    return edge.ops().size() == 1 && edge.ops().get(0).kind().equals(op.kind());
  }

  /** One thread, as jqwik's properties have. */
  private final class Seeds implements RandomGenerator<Workload> {
    private long block;
    private int used = WorkloadGenerator.SEEDS_PER_SETTINGS;

    @Override
    public Shrinkable<Workload> next(Random random) {
      // From jqwik's random each time, so that what comes after does not hang on how many came.
      long drawn = random.nextInt();
      if (used == WorkloadGenerator.SEEDS_PER_SETTINGS) {
        block = drawn * WorkloadGenerator.SEEDS_PER_SETTINGS;
        used = 0;
      }
      return new Shrunk(generator.generate(block + used++), 0);
    }
  }

  /**
   * @param steps how many changes it is away from what was drawn: of two with as many operations
   *     and rows, the later is the plainer
   */
  private record Shrunk(Workload value, int steps) implements Shrinkable<Workload> {
    @Override
    public Stream<Shrinkable<Workload>> shrink() {
      return Reducer.candidates(value).map(smaller -> new Shrunk(smaller, steps + 1));
    }

    @Override
    public ShrinkingDistance distance() {
      return ShrinkingDistance.of(
          value.ops().size(), value.rows().size(), Integer.MAX_VALUE - steps);
    }
  }
}
