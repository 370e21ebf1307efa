package dev.grantstore.microtests.cli;

import dev.grantstore.BulkLoad;
import dev.grantstore.BulkLoadOptions;
import dev.grantstore.BulkPart;
import dev.grantstore.Closing;
import dev.grantstore.Durability;
import dev.grantstore.EntitlementRef;
import dev.grantstore.Grant;
import dev.grantstore.GrantCursor;
import dev.grantstore.GrantQuery;
import dev.grantstore.GrantStore;
import dev.grantstore.GrantStores;
import dev.grantstore.GrantView;
import dev.grantstore.IdField;
import dev.grantstore.OpenMode;
import dev.grantstore.PrincipalRef;
import dev.grantstore.StoreOptions;
import dev.grantstore.fixture.generate.GrantGenerator;
import dev.grantstore.fixture.spec.FixtureSpec;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Reads a sync of reference grants from several stores in turns, in one JVM on one thread, and
 * prints what each read took of the processor: for ratios on a machine that others use too. What is
 * asked for, and what answers are compared with, lies in memory in the order of the questions, so
 * that the processor fetches it ahead and what is left is the stores'.
 */
public final class PackedReads {
  private static final int ENTITLEMENTS = 10_000;
  private static final int PRINCIPALS = 50_000;
  private static final int GETS = 60_000;
  private static final int LISTS = 400;
  private static final int WARM_ROUNDS = 4;
  private static final long CACHE_BYTES = 256L << 20;
  private static final String SYNC = FixtureSpec.DEFAULT_SYNC_ID;
  private static final IdField[] IDS = IdField.values();
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  /** One way to read. */
  private interface Read {
    /** Asks questions from one on; how many rows there were, or questions. */
    long run(GrantStore store, int from);
  }

  private record Cell(String name, Read read) {}

  private final int count;
  private final String[] ids;
  private final String[] missing;
  private final PrincipalRef[] principals;
  private final EntitlementRef[] entitlements;
  private final GrantView view = new GrantView();
  private long sum;

  private PackedReads(GrantGenerator generator) {
    count = (int) generator.spec().grants();
    int[] order = shuffled(count);
    ids = new String[count];
    missing = new String[count];
    principals = new PrincipalRef[count];
    entitlements = new EntitlementRef[count];
    for (int i = 0; i < count; i++) {
      Grant grant = generator.grant(order[i]);
      ids[i] = grant.id();
      missing[i] = grant.id() + "\u0000missing";
      principals[i] = grant.principal();
      entitlements[i] = grant.entitlement();
    }
  }

  /**
   * Prints a line for each read.
   *
   * @param arguments a folder, in which the stores are made unless they are there; how many grants;
   *     how many rounds; the engines, such as {@code rocksdb,rocksdb?packed=0,lmdb,mvstore}, of
   *     which the first is compared with the others; and perhaps which reads
   * @throws IOException if the folder cannot be written
   */
  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    long grants = Long.parseLong(arguments[1]);
    int rounds = Integer.parseInt(arguments[2]);
    List<String> engines = List.of(arguments[3].split(",", -1));
    List<String> wanted =
        arguments.length > 4 ? List.of(arguments[4].split(",", -1)) : List.<String>of();
    GrantGenerator generator =
        GrantGenerator.of(FixtureSpec.reference(grants, ENTITLEMENTS, PRINCIPALS, 1));
    List<GrantStore> stores = new ArrayList<>();
    try (Closing.Together closing = Closing.together(stores, "a store did not close")) {
      for (String engine : engines) {
        stores.add(open(folder, engine, generator));
      }
      PackedReads reads = new PackedReads(generator);
      for (Cell cell : reads.cells()) {
        if (wanted.isEmpty() || wanted.contains(cell.name())) {
          reads.measure(cell, stores, engines, rounds);
        }
      }
      System.out.println("sum of what was looked at: " + reads.sum);
    }
  }

  private static GrantStore open(Path folder, String engine, GrantGenerator generator)
      throws IOException {
    String[] parts = engine.split("[?=]", -1);
    Path place = folder.resolve(String.join("-", parts));
    boolean isNew = Files.notExists(place);
    Files.createDirectories(folder);
    StoreOptions options =
        StoreOptions.of(isNew ? OpenMode.CREATE : OpenMode.READ_ONLY)
            .withDurability(Durability.BULK)
            .withCacheBytes(CACHE_BYTES);
    if (parts.length == 3) {
      options = options.withEngineOption(parts[1], parts[2]);
    }
    GrantStore store = GrantStores.open(parts[0] + ":" + place, options);
    if (isNew) {
      BulkLoadOptions loading = new BulkLoadOptions(64 << 20, 2);
      try (BulkLoad load = store.bulkLoad(SYNC, "full", generator.startedAt(), loading)) {
        try (BulkPart part = load.openPart()) {
          for (long i = 0; i < generator.spec().grants(); i++) {
            part.add(generator.grant(i));
          }
        }
        load.commit(generator.endedAt());
      }
      store.settle(Duration.ofMinutes(10));
    }
    return store;
  }

  private List<Cell> cells() {
    return List.of(
        new Cell("get", this::gets),
        new Cell("view", this::views),
        new Cell("miss", this::misses),
        new Cell("holds", this::holds),
        new Cell("holdsNot", this::holdsNot),
        new Cell("byE", (store, from) -> byEntitlement(store, false)),
        new Cell("byEall", (store, from) -> byEntitlement(store, true)),
        new Cell("byP", (store, from) -> byPrincipal(store, false)),
        new Cell("byPall", (store, from) -> byPrincipal(store, true)),
        new Cell("scan", (store, from) -> walk(store, new GrantQuery.Scan(SYNC), false)),
        new Cell("scanAll", (store, from) -> walk(store, new GrantQuery.Scan(SYNC), true)));
  }

  private void measure(Cell cell, List<GrantStore> stores, List<String> engines, int rounds) {
    double[][] nanos = new double[stores.size()][rounds];
    int from = 0;
    for (int round = -WARM_ROUNDS; round < rounds; round++) {
      for (int i = 0; i < stores.size(); i++) {
        long start = THREADS.getCurrentThreadCpuTime();
        long done = cell.read().run(stores.get(i), from);
        if (round >= 0) {
          nanos[i][round] = (THREADS.getCurrentThreadCpuTime() - start) / (double) done;
        }
      }
      from = (from + GETS) % count;
    }
    StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "%-9s", cell.name()));
    for (int i = 0; i < stores.size(); i++) {
      double[] ratios = new double[rounds];
      for (int round = 0; round < rounds; round++) {
        ratios[round] = nanos[i][round] / nanos[0][round];
      }
      line.append(
          String.format(
              Locale.ROOT,
              "  %s %.1f [%.1f] ns%s",
              engines.get(i),
              median(nanos[i]),
              Arrays.stream(nanos[i]).min().orElse(0),
              i == 0 ? "" : String.format(Locale.ROOT, " (%.2f)", median(ratios))));
    }
    System.out.println(line);
  }

  private long gets(GrantStore store, int from) {
    for (int i = 0; i < GETS; i++) {
      int question = at(from, i);
      Grant grant = store.get(SYNC, ids[question]).orElseThrow();
      require(grant.id().equals(ids[question]) && grant.principal().equals(principals[question]));
    }
    return GETS;
  }

  private long views(GrantStore store, int from) {
    for (int i = 0; i < GETS; i++) {
      int question = at(from, i);
      require(store.get(SYNC, ids[question], view));
      require(view.id(IdField.GRANT_ID).length() == ids[question].length());
      sum += view.id(IdField.PRINCIPAL_ID).hash64();
    }
    return GETS;
  }

  private long misses(GrantStore store, int from) {
    for (int i = 0; i < GETS; i++) {
      require(store.get(SYNC, missing[at(from, i)]).isEmpty());
    }
    return GETS;
  }

  private long holds(GrantStore store, int from) {
    for (int i = 0; i < GETS; i++) {
      int question = at(from, i);
      require(store.holds(SYNC, principals[question], entitlements[question]));
    }
    return GETS;
  }

  /** Of a pair drawn at random hardly any is held, the same in every store. */
  private long holdsNot(GrantStore store, int from) {
    int held = 0;
    for (int i = 0; i < GETS; i++) {
      int question = at(from, i);
      held += store.holds(SYNC, principals[question], entitlements[at(question, 1)]) ? 1 : 0;
    }
    require(held < GETS / 100);
    return GETS;
  }

  private long byEntitlement(GrantStore store, boolean all) {
    long rows = 0;
    for (int i = 0; i < LISTS; i++) {
      rows += walk(store, new GrantQuery.ByEntitlement(SYNC, entitlements[i]), all);
    }
    return rows;
  }

  private long byPrincipal(GrantStore store, boolean all) {
    long rows = 0;
    for (int i = 0; i < LISTS; i++) {
      rows += walk(store, new GrantQuery.ByPrincipal(SYNC, principals[i]), all);
    }
    return rows;
  }

  private long walk(GrantStore store, GrantQuery query, boolean all) {
    long rows = 0;
    long hash = 0;
    try (GrantCursor cursor = store.cursor(query)) {
      while (cursor.next()) {
        rows++;
        if (all) {
          for (IdField id : IDS) {
            hash = 31 * hash + cursor.id(id).hash64();
          }
          hash += cursor.discoveredSeconds() + cursor.discoveredNanos();
          hash += cursor.needsExpansion() ? 1 : 0;
        } else {
          hash += cursor.id(IdField.GRANT_ID).hash64();
        }
      }
    }
    sum += hash;
    require(rows > 0);
    return rows;
  }

  private int at(int from, int step) {
    int question = from + step;
    return question < count ? question : question - count;
  }

  private static void require(boolean isRight) {
    if (!isRight) {
      throw new IllegalStateException("wrong answer");
    }
  }

  private static int[] shuffled(int count) {
    int[] order = new int[count];
    SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; i < count; i++) {
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
