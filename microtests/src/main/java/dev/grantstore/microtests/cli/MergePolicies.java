package dev.grantstore.microtests.cli;

import dev.grantstore.BulkLoad;
import dev.grantstore.BulkLoadOptions;
import dev.grantstore.BulkPart;
import dev.grantstore.ContentDigest;
import dev.grantstore.Durability;
import dev.grantstore.EntitlementRef;
import dev.grantstore.Grant;
import dev.grantstore.GrantStore;
import dev.grantstore.GrantStores;
import dev.grantstore.OpenMode;
import dev.grantstore.PrincipalRef;
import dev.grantstore.StoreOptions;
import dev.grantstore.diff.MergePolicy;
import dev.grantstore.diff.MergeReport;
import dev.grantstore.diff.SyncMerge;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Merges by rebuilding and by folding, in turns, in one RocksDB store, and prints what each took of
 * the processor and of time. The first third of the rounds is warm-up.
 */
public final class MergePolicies {
  private static final Instant DAY = Instant.parse("2026-11-01T00:00:00Z");
  private static final double[] SHARES = {0.001, 0.01, 0.05, 0.1, 0.2, 0.5};
  private static final int ENTITLEMENTS_OF = 200;
  private static final int PRINCIPALS_OF = 20;
  private static final int SPREAD = 7_919;
  private static final long MILLION = 1_000_000;

  private final GrantStore store;
  private final int rounds;

  private MergePolicies(GrantStore store, int rounds) {
    this.store = store;
    this.rounds = rounds;
  }

  /**
   * Prints one line for each merge.
   *
   * @param arguments the folder of a new store; how many rounds; and either {@code spread} or
   *     {@code clustered} with the size of the base, of which partial syncs of several shares are
   *     spread over all entitlements or in as few as they fill; or {@code equal} or {@code skewed}
   *     with the number of sources and their rows, which in a skewed one are all in the first
   *     source, and a fiftieth of them in each other
   */
  public static void main(String[] arguments) {
    StoreOptions options = StoreOptions.of(OpenMode.CREATE).withDurability(Durability.BULK);
    try (GrantStore store = GrantStores.open("rocksdb:" + Path.of(arguments[0]), options)) {
      MergePolicies study = new MergePolicies(store, Integer.parseInt(arguments[1]));
      int size = Integer.parseInt(arguments[3]);
      switch (arguments[2]) {
        case "spread" -> study.crossover(size, false);
        case "clustered" -> study.crossover(size, true);
        case "equal" -> study.many(size, Integer.parseInt(arguments[4]), false);
        case "skewed" -> study.many(size, Integer.parseInt(arguments[4]), true);
        default -> throw new IllegalArgumentException("no such study: " + arguments[2]);
      }
    }
  }

  /** Half of each partial replaces rows of the base, the other half is new. */
  private void crossover(int base, boolean isClustered) {
    load("base", IntStream.range(0, base).mapToObj(n -> grant(n, 0, base)));
    for (double share : SHARES) {
      String partial = "partial-" + share;
      load(
          partial,
          IntStream.range(0, (int) (base * share))
              .mapToObj(i -> grant(place(i, base, isClustered) + base * (i & 1), 1, base)));
      merge(String.format(Locale.ROOT, "share %.3f", share), List.of("base", partial));
    }
  }

  private static int place(int i, int base, boolean isClustered) {
    return isClustered
        ? i / ENTITLEMENTS_OF + i % ENTITLEMENTS_OF * (base / ENTITLEMENTS_OF)
        : (int) ((long) i * SPREAD % base);
  }

  private void many(int sources, int rows, boolean isSkewed) {
    int all = sources * rows;
    List<String> names = new ArrayList<>();
    for (int i = 0; i < sources; i++) {
      int source = i;
      int first = source * (rows * 9 / 10);
      IntStream numbers = IntStream.range(first, first + rows);
      if (isSkewed) {
        numbers =
            source == 0
                ? IntStream.range(0, all)
                : IntStream.range(0, rows / 50).map(j -> (source * 2_477 + j * 17) % all);
      }
      names.add("source-" + source);
      load("source-" + source, numbers.mapToObj(n -> grant(n, source, all)));
    }
    merge(sources + " sources", names);
  }

  private static Grant grant(int number, int day, int all) {
    int entitlement = number % Math.max(1, all / ENTITLEMENTS_OF);
    int principal = (int) (((number * 2_654_435_761L) >>> 8) % Math.max(1, all / PRINCIPALS_OF));
    String resource = "group-" + entitlement / 4;
    String held = "group:" + resource + ":member-" + entitlement;
    String holder = "user-" + principal;
    return Grant.of(
        held + ":user:" + holder + ":" + number,
        new EntitlementRef("group", resource, held),
        new PrincipalRef("user", holder),
        DAY.plus(Duration.ofDays(day)).plusSeconds(number % 3_600));
  }

  private void load(String sync, Stream<Grant> grants) {
    BulkLoadOptions options = new BulkLoadOptions(64 << 20, 2);
    try (BulkLoad load = store.bulkLoad(sync, "full", DAY, options)) {
      try (BulkPart part = load.openPart()) {
        grants.forEach(part::add);
      }
      load.commit(DAY.plus(Duration.ofDays(1)));
    }
  }

  private void merge(String label, List<String> syncs) {
    List<SyncMerge.Source> sources =
        syncs.stream().map(sync -> new SyncMerge.Source(store, sync)).toList();
    List<long[]> rebuilt = new ArrayList<>();
    List<long[]> folded = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      ContentDigest one = merge(sources, MergePolicy.REBUILD, rebuilt);
      ContentDigest other = merge(sources, MergePolicy.FOLD, folded);
      if (!one.equals(other)) {
        throw new IllegalStateException("policies differ: " + one + " and " + other);
      }
    }
    System.out.printf(
        Locale.ROOT,
        "%s  rebuild: %s  fold: %s\n",
        label,
        text(rebuilt.subList(rounds / 3, rounds)),
        text(folded.subList(rounds / 3, rounds)));
  }

  private ContentDigest merge(
      List<SyncMerge.Source> sources, MergePolicy policy, List<long[]> times) {
    long processor = processorNanos();
    long start = System.nanoTime();
    MergeReport report =
        SyncMerge.newestWins(sources, store, "merged", policy, BulkLoadOptions.defaults());
    times.add(new long[] {processorNanos() - processor, System.nanoTime() - start});
    store.drop("merged");
    return report.sync().digest().orElseThrow();
  }

  private static String text(List<long[]> times) {
    return String.format(
        Locale.ROOT,
        "cpu ms %d to %d, wall ms %d to %d",
        times.stream().mapToLong(t -> t[0]).min().orElse(0) / MILLION,
        times.stream().mapToLong(t -> t[0]).max().orElse(0) / MILLION,
        times.stream().mapToLong(t -> t[1]).min().orElse(0) / MILLION,
        times.stream().mapToLong(t -> t[1]).max().orElse(0) / MILLION);
  }

  private static long processorNanos() {
    return ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class)
        .getProcessCpuTime();
  }
}
