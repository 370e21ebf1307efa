package dev.grantstore.microtests.encoding.study;

import com.sun.management.ThreadMXBean;
import dev.grantstore.Grant;
import dev.grantstore.codec.MalformedBytesException;
import dev.grantstore.layout.Keyspace;
import dev.grantstore.microtests.encoding.GrantEncoding;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * How long encoding and decoding take in the keyspace {@code grants}, as an estimate: medians over
 * rounds in one process, in which all encodings share the JIT compiler's view. The defended figures
 * are those of the JMH benchmark in microtests.
 *
 * @param encodeNanos to encode a value
 * @param decodeNanos to make a grant of key and value
 * @param encodeAllocatedBytes on the heap
 * @param decodeAllocatedBytes on the heap
 */
record QuickTiming(
    double encodeNanos,
    double decodeNanos,
    double encodeAllocatedBytes,
    double decodeAllocatedBytes) {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final int MAX_GRANTS = 10_000;
  private static final int WARM_UP_ROUNDS = 10;
  private static final int ROUNDS = 11;

  /** One pass over all grants; its sum has to be the same each time. */
  private interface Pass {
    long run() throws MalformedBytesException;
  }

  private record Median(double nanos, double allocatedBytes) {}

  static QuickTiming of(GrantEncoding encoding, List<Grant> sample) throws MalformedBytesException {
    List<Grant> grants = sample.subList(0, Math.min(MAX_GRANTS, sample.size()));
    List<EncodedRow> rows = new ArrayList<>();
    EncodedRow.Writer writer = new EncodedRow.Writer(encoding);
    for (Grant grant : grants) {
      writer.grant(grant);
      rows.add(writer.row(grant, Keyspace.GRANTS));
    }
    Median encode = median(() -> encodeAll(encoding, grants), grants.size());
    Median decode = median(() -> decodeAll(encoding, rows), grants.size());
    return new QuickTiming(
        encode.nanos(), decode.nanos(), encode.allocatedBytes(), decode.allocatedBytes());
  }

  private static Median median(Pass pass, int rows) throws MalformedBytesException {
    long expected = pass.run();
    for (int round = 0; round < WARM_UP_ROUNDS; round++) {
      check(pass.run(), expected);
    }
    double[] nanos = new double[ROUNDS];
    double[] bytes = new double[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      long allocatedBefore = THREADS.getCurrentThreadAllocatedBytes();
      long startedAt = System.nanoTime();
      long sum = pass.run();
      nanos[round] = (double) (System.nanoTime() - startedAt) / rows;
      bytes[round] = (double) (THREADS.getCurrentThreadAllocatedBytes() - allocatedBefore) / rows;
      check(sum, expected);
    }
    Arrays.sort(nanos);
    Arrays.sort(bytes);
    return new Median(nanos[ROUNDS / 2], bytes[ROUNDS / 2]);
  }

  private static void check(long sum, long expected) {
    if (sum != expected) {
      throw new IllegalStateException(
          String.format(
              Locale.ROOT, "a round gave another answer: expected=%d found=%d", expected, sum));
    }
  }

  private static long encodeAll(GrantEncoding encoding, List<Grant> grants) {
    long sum = 0;
    for (Grant grant : grants) {
      int length = encoding.encode(grant, Keyspace.GRANTS);
      sum += length + encoding.array()[length - 1];
    }
    return sum;
  }

  private static long decodeAll(GrantEncoding encoding, List<EncodedRow> rows)
      throws MalformedBytesException {
    long sum = 0;
    for (EncodedRow row : rows) {
      Grant grant = encoding.decode(Keyspace.GRANTS, row.key(), row.value());
      sum += grant.id().length() + grant.principal().resourceId().length();
    }
    return sum;
  }
}
