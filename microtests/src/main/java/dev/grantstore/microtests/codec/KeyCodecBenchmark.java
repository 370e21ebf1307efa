package dev.grantstore.microtests.codec;

import dev.grantstore.EntitlementRef;
import dev.grantstore.Grant;
import dev.grantstore.PrincipalRef;
import dev.grantstore.codec.ByEntitlementKey;
import dev.grantstore.codec.CodecRegistry;
import dev.grantstore.codec.MalformedBytesException;
import dev.grantstore.codec.TupleCodec;
import dev.grantstore.codec.TupleReader;
import dev.grantstore.codec.TupleWriter;
import dev.grantstore.fixture.generate.GrantGenerator;
import dev.grantstore.fixture.spec.FixtureSpec;
import dev.grantstore.microtests.codec.proto.EntitlementKeyMessage;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The key of seven fields in {@code by_entitlement}: by the codec written by hand, and by those
 * that read a record or a message by reflection. All three give the same bytes, which is checked
 * before. Reference shape, 4,096 keys, into a buffer that is used again.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(2)
@State(Scope.Thread)
public class KeyCodecBenchmark {
  private static final int KEYS = 4_096;

  private final TupleCodec<ByEntitlementKey> direct = CodecRegistry.lookup(ByEntitlementKey.class);
  private final TupleCodec<EntitlementKeyRecord> byRecord =
      CodecRegistry.lookup(EntitlementKeyRecord.class);
  private final TupleCodec<EntitlementKeyMessage> byMessage =
      CodecRegistry.lookup(EntitlementKeyMessage.class);
  private final ByEntitlementKey[] keys = new ByEntitlementKey[KEYS];
  private final EntitlementKeyRecord[] records = new EntitlementKeyRecord[KEYS];
  private final EntitlementKeyMessage[] messages = new EntitlementKeyMessage[KEYS];
  private final byte[][] encoded = new byte[KEYS][];
  private final TupleWriter out = new TupleWriter();
  private final TupleReader in = new TupleReader();
  private int at;

  /** For JMH. */
  public KeyCodecBenchmark() {}

  /** Makes the keys in each form and checks that they are the same bytes. */
  @Setup(Level.Trial)
  public void make() {
    GrantGenerator generator =
        GrantGenerator.of(FixtureSpec.reference(1_000_000, 1_000, 50_000, 1));
    for (int i = 0; i < KEYS; i++) {
      Grant grant = generator.grant(i * 241L);
      EntitlementRef what = grant.entitlement();
      PrincipalRef who = grant.principal();
      keys[i] = new ByEntitlementKey(i, what, who, grant.id());
      records[i] =
          new EntitlementKeyRecord(
              i,
              what.resourceTypeId(),
              what.resourceId(),
              what.entitlementId(),
              who.resourceTypeId(),
              who.resourceId(),
              grant.id());
      messages[i] =
          EntitlementKeyMessage.newBuilder()
              .setSync(i)
              .setEntitlementType(what.resourceTypeId())
              .setEntitlementResource(what.resourceId())
              .setEntitlementId(what.entitlementId())
              .setPrincipalType(who.resourceTypeId())
              .setPrincipalId(who.resourceId())
              .setGrantId(grant.id())
              .build();
      encoded[i] = direct.encode(keys[i]);
      if (!Arrays.equals(byRecord.encode(records[i]), encoded[i])
          || !Arrays.equals(byMessage.encode(messages[i]), encoded[i])) {
        throw new IllegalStateException("codecs differ: key=" + keys[i]);
      }
    }
  }

  /** {@return the key by hand-written code} */
  @Benchmark
  public byte[] encodeDirect() {
    out.reset();
    direct.encode(keys[next()], out);
    return out.array();
  }

  /** {@return the key of a record by reflection} */
  @Benchmark
  public byte[] encodeRecord() {
    out.reset();
    byRecord.encode(records[next()], out);
    return out.array();
  }

  /** {@return the key of a message by reflection} */
  @Benchmark
  public byte[] encodeMessage() {
    out.reset();
    byMessage.encode(messages[next()], out);
    return out.array();
  }

  /** {@return the key read by hand-written code} */
  @Benchmark
  public ByEntitlementKey decodeDirect() throws MalformedBytesException {
    return direct.decode(reader());
  }

  /** {@return the record read by reflection} */
  @Benchmark
  public EntitlementKeyRecord decodeRecord() throws MalformedBytesException {
    return byRecord.decode(reader());
  }

  /** {@return the message read by reflection} */
  @Benchmark
  public EntitlementKeyMessage decodeMessage() throws MalformedBytesException {
    return byMessage.decode(reader());
  }

  private TupleReader reader() {
    byte[] key = encoded[next()];
    in.reset(key, 0, key.length);
    return in;
  }

  private int next() {
    at = (at + 1) % KEYS;
    return at;
  }
}
