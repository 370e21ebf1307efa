package dev.grantstore.rocksdb;

import dev.grantstore.Annotation;
import dev.grantstore.Bytes;
import dev.grantstore.EntitlementRef;
import dev.grantstore.Grant;
import dev.grantstore.PrincipalRef;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Grants that differ in everything that an index or the digest depends on. */
final class SampleGrants {
  static final Instant STARTED = Instant.parse("2026-01-01T00:00:00Z");
  static final Instant ENDED = Instant.parse("2026-01-01T01:00:00.000000001Z");

  private static final int PAYLOAD_BYTES = 60;

  private SampleGrants() {}

  /** The grant of that number; another version of it has other references. */
  static Grant grant(int number, int version) {
    int mixed = number + 31 * version;
    byte[] payload = new byte[PAYLOAD_BYTES];
    new SplittableRandom(mixed).nextBytes(payload);
    return new Grant(
        String.format(Locale.ROOT, "grant-%07d", number),
        entitlement(mixed),
        principal(mixed),
        STARTED.plusNanos(mixed),
        mixed % 3 == 0,
        Optional.empty(),
        List.of(),
        List.of(new Annotation("type/payload", Bytes.copyOf(payload))));
  }

  static List<Grant> grants(int from, int to) {
    return IntStream.range(from, to).mapToObj(i -> grant(i, 0)).toList();
  }

  static EntitlementRef entitlement(int number) {
    return new EntitlementRef("app", "app-" + number % 3, "entitlement-" + number % 7);
  }

  static PrincipalRef principal(int number) {
    return new PrincipalRef("user", "user-" + number % 41);
  }
}
