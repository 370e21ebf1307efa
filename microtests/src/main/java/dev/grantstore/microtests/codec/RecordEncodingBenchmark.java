package dev.grantstore.microtests.codec;

import dev.grantstore.CanonicalForm;
import dev.grantstore.Grant;
import dev.grantstore.codec.MalformedBytesException;
import dev.grantstore.layout.Keyspace;
import dev.grantstore.layout.RowWriter;
import dev.grantstore.microtests.encoding.Dictionaries;
import dev.grantstore.microtests.encoding.EncodingKind;
import dev.grantstore.microtests.encoding.GrantEncoding;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
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
import org.openjdk.jmh.infra.Blackhole;

/**
 * One grant's value in the keyspace {@code grants}, in each encoding of {@code storage-bench
 * encodings}: from the grant to bytes, and from the row back to the grant. Decoding the engine's
 * records includes reading the key, without which they are no grant.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 4, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(2)
@State(Scope.Thread)
public class RecordEncodingBenchmark {
  /** Which encoding. */
  @Param public EncodingKind encoding;

  private GrantEncoding codec;
  private Grant[] grants = {};
  private byte[][] keys = {};
  private byte[][] values = {};
  private int at;

  /** For JMH. */
  @SuppressWarnings("NullAway.Init") // by encodeAll, before any benchmark
  public RecordEncodingBenchmark() {}

  /**
   * Trains dictionaries on some grants, and encodes others.
   *
   * @throws IOException if the grants cannot be read
   * @throws MalformedBytesException if the encoding does not read what it wrote
   */
  @Setup(Level.Trial)
  @SuppressWarnings("MustBeClosedChecker") // by close
  public void encodeAll() throws IOException, MalformedBytesException {
    EncodingGrants given = EncodingGrants.fromProperty();
    codec = encoding.open(Dictionaries.train(given.training()));
    List<Grant> measured = given.measured();
    grants = measured.toArray(Grant[]::new);
    keys = new byte[grants.length][];
    values = new byte[grants.length][];
    RowWriter rows = new RowWriter();
    CanonicalForm form = new CanonicalForm();
    for (int i = 0; i < grants.length; i++) {
      form.encode(grants[i]);
      rows.grant(grants[i], form);
      rows.row(Keyspace.GRANTS, 0);
      keys[i] = rows.key().toByteArray();
      int length = codec.encode(grants[i], Keyspace.GRANTS);
      values[i] = Arrays.copyOf(codec.array(), length);
      if (!codec.decode(Keyspace.GRANTS, keys[i], values[i]).equals(grants[i])) {
        throw new IllegalStateException("grant does not come back: " + grants[i]);
      }
    }
  }

  /** Frees the encoding. */
  @TearDown(Level.Trial)
  public void close() {
    codec.close();
  }

  /**
   * Encodes a value.
   *
   * @param hole takes its bytes
   * @return its length
   */
  @Benchmark
  public int encode(Blackhole hole) {
    int length = codec.encode(grants[next()], Keyspace.GRANTS);
    hole.consume(codec.array());
    return length;
  }

  /** {@return the grant of a row} */
  @Benchmark
  public Grant decode() throws MalformedBytesException {
    int row = next();
    return codec.decode(Keyspace.GRANTS, keys[row], values[row]);
  }

  private int next() {
    at = (at + 1) % grants.length;
    return at;
  }
}
