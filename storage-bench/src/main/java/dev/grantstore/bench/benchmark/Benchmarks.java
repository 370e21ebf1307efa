package dev.grantstore.bench.benchmark;

import dev.grantstore.Excerpt;
import dev.grantstore.Suggestion;
import dev.grantstore.diff.MergePolicy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Every benchmark there is. */
public final class Benchmarks {
  /** All of them, in the order they are run and printed. */
  public static final List<Benchmark> ALL =
      List.of(
          new BulkWrite(),
          RandomGet.ofValues(),
          RandomGet.intoAView(),
          new ListByEntitlement(LookedAt.GRANT_ID),
          new ListByEntitlements(),
          new ListByEntitlement(LookedAt.ALL_FIELDS),
          new ListByEntitlement(LookedAt.BATCHES),
          new ListByPrincipal(LookedAt.GRANT_ID),
          new ListByPrincipal(LookedAt.ALL_FIELDS),
          new ListByPrincipal(LookedAt.BATCHES),
          new FullScan(LookedAt.GRANT_ID),
          new FullScan(LookedAt.ALL_FIELDS),
          new FullScan(LookedAt.BATCHES),
          new ColdOpen(),
          new MergeSyncs(10, SourceSizes.SAME, MergePolicy.AUTO),
          new MergeSyncs(50, SourceSizes.SAME, MergePolicy.AUTO),
          new MergeSyncs(500, SourceSizes.SAME, MergePolicy.AUTO),
          new MergeSyncs(10, SourceSizes.SKEWED, MergePolicy.AUTO),
          new MergeSyncs(50, SourceSizes.SKEWED, MergePolicy.AUTO),
          new MergeSyncs(500, SourceSizes.SKEWED, MergePolicy.AUTO),
          new MergeSyncs(10, SourceSizes.FULL_AND_SMALL, MergePolicy.AUTO),
          new MergeSyncs(10, SourceSizes.FULL_AND_SMALL, MergePolicy.REBUILD),
          new MemoryCeiling(List.of(1024, 512, 256, 128, 64)),
          new SaveAndRead(),
          new ManyStores(1),
          new ManyStores(10),
          new ManyStores(100),
          new ManyStores(1_000),
          new CheckHolds(),
          new GetWhileWriting());

  /** Those that one process can do one after the other, each within seconds. */
  public static final List<Benchmark> QUICK =
      ALL.stream().filter(benchmark -> !(benchmark instanceof StagedBenchmark)).toList();

  /** Parts of others, in JVMs that those start; nobody else asks for them. */
  private static final List<Benchmark> INNER = List.of(new Burst());

  private Benchmarks() {}

  /**
   * {@return the benchmarks of those names, each once, in the order given}
   *
   * @param names case does not matter
   * @throws IllegalArgumentException for an unknown name; the message lists the known ones
   */
  public static List<Benchmark> named(List<String> names) {
    Map<String, Benchmark> known = new LinkedHashMap<>();
    ALL.forEach(b -> known.put(b.name().toLowerCase(Locale.ROOT), b));
    INNER.forEach(b -> known.put(b.name().toLowerCase(Locale.ROOT), b));
    Map<String, Benchmark> chosen = new LinkedHashMap<>();
    for (String name : names) {
      String lower = name.strip().toLowerCase(Locale.ROOT);
      Benchmark benchmark = known.get(lower);
      if (benchmark == null) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "unknown benchmark: %s known=%s%s",
                Excerpt.of(name),
                names(),
                Suggestion.of(name, names())));
      }
      chosen.put(lower, benchmark);
    }
    return new ArrayList<>(chosen.values());
  }

  private static List<String> names() {
    return ALL.stream().map(Benchmark::name).toList();
  }
}
