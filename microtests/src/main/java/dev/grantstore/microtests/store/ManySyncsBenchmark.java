package dev.grantstore.microtests.store;

import dev.grantstore.EntitlementRef;
import dev.grantstore.Grant;
import dev.grantstore.GrantStore;
import dev.grantstore.GrantStores;
import dev.grantstore.OpenMode;
import dev.grantstore.PrincipalRef;
import dev.grantstore.StoreOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One more sync in a store that has many: started, filled with three grants, read from, sealed and
 * dropped. It should take as long beside 10,000 as beside 1,000, so most of its time is the disk's.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
@State(Scope.Benchmark)
public class ManySyncsBenchmark {
  private static final List<Grant> GRANTS =
      IntStream.range(0, 3).mapToObj(ManySyncsBenchmark::grant).toList();

  /** By the scheme of its addresses. */
  @Param({"rocksdb", "sqlite", "mvstore", "lmdb"})
  public String engine;

  /** How many there are. */
  @Param({"1000", "10000"})
  public int syncs;

  private Path folder;
  private GrantStore store;
  private int made;

  /** For JMH. */
  @SuppressWarnings("NullAway.Init") // by fill, before any benchmark
  public ManySyncsBenchmark() {}

  /**
   * Makes a store with so many syncs.
   *
   * @throws IOException if there is no place for it
   */
  @Setup(Level.Trial)
  public void fill() throws IOException {
    folder = Files.createTempDirectory("syncs");
    store =
        GrantStores.open(engine + ":" + folder.resolve("store"), StoreOptions.of(OpenMode.CREATE));
    while (made < syncs) {
      make();
    }
  }

  /**
   * Removes it.
   *
   * @throws IOException if it cannot be removed
   */
  @TearDown(Level.Trial)
  public void remove() throws IOException {
    store.close();
    try (Stream<Path> found = Files.walk(folder)) {
      for (Path path : found.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  /** {@return what was read of it} */
  @Benchmark
  public Optional<Grant> oneMore() {
    String sync = make();
    Optional<Grant> found = store.get(sync, "g1");
    if (found.isEmpty()) {
      throw new IllegalStateException("wrong answer: grant is missing");
    }
    store.drop(sync);
    return found;
  }

  private String make() {
    String sync = "sync " + made++;
    store.startSync(sync, "", Instant.EPOCH);
    store.putAll(sync, GRANTS);
    store.seal(sync, Instant.EPOCH);
    return sync;
  }

  private static Grant grant(int number) {
    return Grant.of(
        "g" + number,
        new EntitlementRef("app", "app-" + number, "member"),
        new PrincipalRef("user", "u" + number),
        Instant.EPOCH);
  }
}
