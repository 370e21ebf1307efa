package dev.grantstore.microtests.rocksdb;

import dev.grantstore.GrantCursor;
import dev.grantstore.GrantQuery;
import dev.grantstore.IdField;
import dev.grantstore.layout.Keyspace;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;

/**
 * Each read of the store beside the bare loop that does the same on the same files.
 *
 * <p>The store's side decodes every row (a row that does not decode would fail) and looks at the
 * grant id; gets build the grant. The bare side reads bytes into arrays that are used again, which
 * {@link CrossingBenchmark} found to be the cheapest. That both sides give the same rows is checked
 * before. {@code ...OpenIterator} variants reuse one iterator for all operations, which the store
 * does not: a cursor shows the moment it was opened.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 2, time = 400, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 200, timeUnit = TimeUnit.MILLISECONDS)
@Fork(2)
public class ReadBenchmark {
  /** Where a thread is in the keys, and its open iterators. */
  @State(Scope.Thread)
  public static class Position {
    int at;

    @SuppressWarnings("NullAway.Init") // by open, before any benchmark
    RocksIterator entitlements;

    @SuppressWarnings("NullAway.Init") // by open, before any benchmark
    RocksIterator principals;

    /** For JMH. */
    public Position() {}

    /**
     * Opens the iterators that are used again and again.
     *
     * @param fixture opened before
     */
    @Setup(Level.Trial)
    public void open(ReadFixture fixture) {
      entitlements = fixture.bare.iterator(Keyspace.BY_ENTITLEMENT);
      principals = fixture.bare.iterator(Keyspace.BY_PRINCIPAL);
    }

    /** Closes them. */
    @TearDown(Level.Trial)
    public void close() {
      entitlements.close();
      principals.close();
    }

    int next(int keys) {
      at = at + 1 < keys ? at + 1 : 0;
      return at;
    }
  }

  /** For JMH. */
  public ReadBenchmark() {}

  /** {@return G5 through the store, per row} */
  @Benchmark
  @OperationsPerInvocation(ReadFixture.GRANTS)
  public long scanStore(ReadFixture fixture) {
    return list(fixture, new GrantQuery.Scan(fixture.syncId));
  }

  /** {@return G5 bare, per row} */
  @Benchmark
  @OperationsPerInvocation(ReadFixture.GRANTS)
  public long scanBare(ReadFixture fixture) {
    try (RocksIterator it = fixture.bare.iterator(Keyspace.GRANTS)) {
      it.seekToFirst();
      return fixture.bare.readReused(it);
    }
  }

  /** {@return G3 through the store} */
  @Benchmark
  public long byEntitlementStore(ReadFixture fixture, Position position) {
    return list(fixture, fixture.byEntitlement[position.next(fixture.byEntitlement.length)]);
  }

  /** {@return G3 bare} */
  @Benchmark
  public long byEntitlementBare(ReadFixture fixture, Position position) {
    int i = position.next(fixture.entitlementPrefixes.length);
    try (RocksIterator it = fixture.bare.iterator(Keyspace.BY_ENTITLEMENT)) {
      it.seek(fixture.entitlementPrefixes[i]);
      return fixture.bare.readReused(it, fixture.entitlementRows[i]);
    }
  }

  /** {@return G3 bare with an iterator that is open already} */
  @Benchmark
  public long byEntitlementBareOpenIterator(ReadFixture fixture, Position position) {
    int i = position.next(fixture.entitlementPrefixes.length);
    position.entitlements.seek(fixture.entitlementPrefixes[i]);
    return fixture.bare.readReused(position.entitlements, fixture.entitlementRows[i]);
  }

  /** {@return G4 through the store} */
  @Benchmark
  public long byPrincipalStore(ReadFixture fixture, Position position) {
    return list(fixture, fixture.byPrincipal[position.next(fixture.byPrincipal.length)]);
  }

  /** {@return G4 bare} */
  @Benchmark
  public long byPrincipalBare(ReadFixture fixture, Position position) {
    int i = position.next(fixture.principalPrefixes.length);
    try (RocksIterator it = fixture.bare.iterator(Keyspace.BY_PRINCIPAL)) {
      it.seek(fixture.principalPrefixes[i]);
      return fixture.bare.readReused(it, fixture.principalRows[i]);
    }
  }

  /** {@return G4 bare with an iterator that is open already} */
  @Benchmark
  public long byPrincipalBareOpenIterator(ReadFixture fixture, Position position) {
    int i = position.next(fixture.principalPrefixes.length);
    position.principals.seek(fixture.principalPrefixes[i]);
    return fixture.bare.readReused(position.principals, fixture.principalRows[i]);
  }

  /** {@return Check through the store} */
  @Benchmark
  public boolean checkStore(ReadFixture fixture, Position position) {
    int i = position.next(fixture.holders.length);
    return fixture.store.holds(fixture.syncId, fixture.holders[i], fixture.held[i]);
  }

  /** {@return Check bare: a seek and one row} */
  @Benchmark
  public long checkBare(ReadFixture fixture, Position position) {
    int i = position.next(fixture.holdingPrefixes.length);
    try (RocksIterator it = fixture.bare.iterator(Keyspace.BY_PRINCIPAL)) {
      it.seek(fixture.holdingPrefixes[i]);
      return fixture.bare.readReused(it, 1);
    }
  }

  /** {@return Check bare with an iterator that is open already} */
  @Benchmark
  public long checkBareOpenIterator(ReadFixture fixture, Position position) {
    int i = position.next(fixture.holdingPrefixes.length);
    position.principals.seek(fixture.holdingPrefixes[i]);
    return fixture.bare.readReused(position.principals, 1);
  }

  /** {@return G2 through the store} */
  @Benchmark
  public Object getStore(ReadFixture fixture, Position position) {
    int i = position.next(fixture.grantIds.length);
    return fixture.store.get(fixture.syncId, fixture.grantIds[i]);
  }

  /**
   * {@return G2 bare}
   *
   * @throws RocksDBException if it fails
   */
  @Benchmark
  public long getBare(ReadFixture fixture, Position position) throws RocksDBException {
    int i = position.next(fixture.grantKeys.length);
    return fixture.bare.getReused(Keyspace.GRANTS, fixture.grantKeys[i]);
  }

  private static long list(ReadFixture fixture, GrantQuery query) {
    long seen = 0;
    try (GrantCursor cursor = fixture.store.cursor(query)) {
      while (cursor.next()) {
        seen += cursor.id(IdField.GRANT_ID).at(0);
      }
    }
    return seen;
  }
}
