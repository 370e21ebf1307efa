package dev.grantstore.microtests.store;

import dev.grantstore.Durability;
import dev.grantstore.Grant;
import dev.grantstore.GrantStore;
import dev.grantstore.GrantStores;
import dev.grantstore.OpenMode;
import dev.grantstore.StoreOptions;
import dev.grantstore.fixture.generate.GrantGenerator;
import dev.grantstore.fixture.spec.FixtureSpec;
import dev.grantstore.folder.FolderTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Putting and getting 10,000 grants in batches of different sizes, per grant. Puts go to a new sync
 * each time, logged but not forced to disk ({@link Durability#WAL}).
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 2, time = 400, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 200, timeUnit = TimeUnit.MILLISECONDS)
@Fork(2)
@State(Scope.Benchmark)
public class BatchBenchmark {
  private static final int GRANTS = 10_000;
  private static final String FILLED = "filled";
  private static final int SYNCS_BEFORE_DROP = 20;

  private final List<Grant> grants = new ArrayList<>();
  private final List<String> ids = new ArrayList<>();
  private Path folder;
  private GrantStore store;
  private int syncs;

  /** For JMH. */
  @SuppressWarnings("NullAway.Init") // by open, before any benchmark
  public BatchBenchmark() {}

  /** How much is in one call. */
  @State(Scope.Benchmark)
  public static class Batch {
    /** Grants or ids. */
    @Param({"1", "10", "100", "1000", "10000"})
    public int rows;

    /** For JMH. */
    public Batch() {}
  }

  /**
   * Opens a store with one filled sync.
   *
   * @throws IOException if there is no place for it
   */
  @Setup(Level.Trial)
  public void open() throws IOException {
    GrantGenerator generator = GrantGenerator.of(FixtureSpec.reference(GRANTS, 100, 500, 1));
    for (int i = 0; i < GRANTS; i++) {
      grants.add(generator.grant(i));
      ids.add(grants.get(i).id());
    }
    folder = Files.createTempDirectory("batch");
    store =
        GrantStores.open(
            "rocksdb:" + folder.resolve("store"),
            StoreOptions.of(OpenMode.CREATE).withDurability(Durability.WAL));
    store.startSync(FILLED, "", Instant.EPOCH);
    store.putAll(FILLED, grants);
    store.seal(FILLED, Instant.EPOCH);
    // What is asked for is in files, not in a write buffer.
    store.flush();
  }

  /**
   * Removes it.
   *
   * @throws IOException if it cannot be removed
   */
  @TearDown(Level.Trial)
  public void remove() throws IOException {
    store.close();
    FolderTree.delete(folder);
  }

  /** Keeps the store from growing without end; between iterations, so it is not measured. */
  @TearDown(Level.Iteration)
  public void dropOldSyncs() {
    for (; syncs > SYNCS_BEFORE_DROP; syncs--) {
      store.drop("sync " + syncs);
    }
  }

  /** {@return the sync that was filled} */
  @Benchmark
  @OperationsPerInvocation(GRANTS)
  public String put(Batch batch) {
    syncs++;
    String sync = "sync " + syncs;
    store.startSync(sync, "", Instant.EPOCH);
    for (int from = 0; from < GRANTS; from += batch.rows) {
      store.putAll(sync, grants.subList(from, from + batch.rows));
    }
    return sync;
  }

  /** {@return how many were found: all} */
  @Benchmark
  @OperationsPerInvocation(GRANTS)
  public int getAll(Batch batch) {
    int found = 0;
    for (int from = 0; from < GRANTS; from += batch.rows) {
      for (Optional<Grant> grant : store.getAll(FILLED, ids.subList(from, from + batch.rows))) {
        found += grant.isPresent() ? 1 : 0;
      }
    }
    if (found != GRANTS) {
      throw new IllegalStateException("wrong answer: found=" + found);
    }
    return found;
  }

  /** {@return how many were found by single gets: all} */
  @Benchmark
  @OperationsPerInvocation(GRANTS)
  public int getOneByOne() {
    int found = 0;
    for (String id : ids) {
      found += store.get(FILLED, id).isPresent() ? 1 : 0;
    }
    if (found != GRANTS) {
      throw new IllegalStateException("wrong answer: found=" + found);
    }
    return found;
  }
}
