package dev.grantstore.microtests.rocksdb;

import dev.grantstore.layout.Keyspace;
import java.util.ArrayList;
import java.util.List;
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
import org.openjdk.jmh.annotations.Warmup;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;

/**
 * Ways for bytes to cross from native code: new arrays, arrays used again, direct buffers, one key
 * or a hundred at once. The answers are the same bytes of the same files. Times are per row or key.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 2, time = 400, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 200, timeUnit = TimeUnit.MILLISECONDS)
@Fork(2)
public class CrossingBenchmark {
  private static final int BATCH = 100;

  /** For JMH. */
  public CrossingBenchmark() {}

  /** Keys in batches. */
  @State(Scope.Benchmark)
  public static class Batches {
    final List<List<byte[]>> arrays = new ArrayList<>();
    final List<DirectKeys> direct = new ArrayList<>();
    int at;

    /** For JMH. */
    public Batches() {}

    /**
     * Takes the fixture's keys.
     *
     * @param fixture opened before
     */
    @Setup(Level.Trial)
    public void cut(ReadFixture fixture) {
      List<byte[]> keys = List.of(fixture.grantKeys);
      for (int from = 0; from + BATCH <= keys.size(); from += BATCH) {
        arrays.add(keys.subList(from, from + BATCH));
        direct.add(new DirectKeys(keys.subList(from, from + BATCH)));
      }
    }

    int next() {
      at = at + 1 < arrays.size() ? at + 1 : 0;
      return at;
    }
  }

  /** {@return gets, one by one, each a new array} */
  @Benchmark
  @OperationsPerInvocation(BATCH)
  public long getNewArrays(ReadFixture fixture, Batches batches) throws RocksDBException {
    long bytes = 0;
    for (byte[] key : batches.arrays.get(batches.next())) {
      bytes += fixture.bare.getNew(Keyspace.GRANTS, key).length;
    }
    return bytes;
  }

  /** {@return gets, one by one, into one array} */
  @Benchmark
  @OperationsPerInvocation(BATCH)
  public long getReusedArray(ReadFixture fixture, Batches batches) throws RocksDBException {
    long bytes = 0;
    for (byte[] key : batches.arrays.get(batches.next())) {
      bytes += fixture.bare.getReused(Keyspace.GRANTS, key);
    }
    return bytes;
  }

  /** {@return gets, one by one, into one direct buffer} */
  @Benchmark
  @OperationsPerInvocation(BATCH)
  public long getDirectBuffer(ReadFixture fixture, Batches batches) throws RocksDBException {
    long bytes = 0;
    for (byte[] key : batches.arrays.get(batches.next())) {
      bytes += fixture.bare.get(Keyspace.GRANTS, key);
    }
    return bytes;
  }

  /** {@return one multi-get, new arrays} */
  @Benchmark
  @OperationsPerInvocation(BATCH)
  public long multiGetNewArrays(ReadFixture fixture, Batches batches) throws RocksDBException {
    long bytes = 0;
    for (byte[] value :
        fixture.bare.multiGet(Keyspace.GRANTS, batches.arrays.get(batches.next()))) {
      bytes += value.length;
    }
    return bytes;
  }

  /** {@return one multi-get, direct buffers} */
  @Benchmark
  @OperationsPerInvocation(BATCH)
  public long multiGetDirectBuffers(ReadFixture fixture, Batches batches) throws RocksDBException {
    return fixture.bare.multiGetDirect(Keyspace.GRANTS, batches.direct.get(batches.next()));
  }

  /** {@return a scan, each row two new arrays} */
  @Benchmark
  @OperationsPerInvocation(ReadFixture.GRANTS)
  public long scanNewArrays(ReadFixture fixture) {
    try (RocksIterator it = fixture.bare.iterator(Keyspace.GRANTS)) {
      it.seekToFirst();
      return fixture.bare.readNew(it);
    }
  }

  /** {@return a scan into two arrays} */
  @Benchmark
  @OperationsPerInvocation(ReadFixture.GRANTS)
  public long scanReusedArrays(ReadFixture fixture) {
    try (RocksIterator it = fixture.bare.iterator(Keyspace.GRANTS)) {
      it.seekToFirst();
      return fixture.bare.readReused(it);
    }
  }

  /** {@return a scan into two direct buffers} */
  @Benchmark
  @OperationsPerInvocation(ReadFixture.GRANTS)
  public long scanDirectBuffers(ReadFixture fixture) {
    try (RocksIterator it = fixture.bare.iterator(Keyspace.GRANTS)) {
      it.seekToFirst();
      return fixture.bare.read(it, Integer.MAX_VALUE);
    }
  }
}
