package dev.grantstore.equivalence.workload;

import dev.grantstore.Annotation;
import dev.grantstore.Bytes;
import dev.grantstore.EntitlementRef;
import dev.grantstore.Expansion;
import dev.grantstore.Grant;
import dev.grantstore.GrantSource;
import dev.grantstore.PrincipalRef;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Everything of a grant that is not one of its six ids, by number, so that a workload stays small
 * and readable. Two numbers never give equal payloads.
 *
 * <pre>
 * bit 0     needs expansion
 * bit 1     has an expansion
 * bit 2     has sources
 * bit 3     has annotations
 * bits 4-6  which of eight instants it was discovered at
 * bit 7     sources and annotations are longer than one and two bytes can tell, if it has any
 * </pre>
 */
public final class Payload {
  /** How many there are. */
  public static final int COUNT = 256;

  /** The bit of those whose texts and bytes are long; they cost a hundred times as much. */
  public static final int LONG = 128;

  private static final List<Instant> DISCOVERED =
      List.of(
          Instant.parse("2024-02-29T12:34:56.789012345Z"),
          Instant.EPOCH,
          Instant.EPOCH.minusNanos(1),
          Instant.MIN,
          Instant.MAX,
          Instant.ofEpochSecond(Integer.MAX_VALUE + 1L),
          Instant.parse("1969-12-31T23:59:59.000000001Z"),
          Instant.ofEpochSecond(0, 999_999_999));

  private static final Expansion EXPANSION =
      new Expansion(List.of("e2", "e1", "", "e2"), true, List.of("user", "", "group"));
  private static final List<GrantSource> SOURCES =
      List.of(
          new GrantSource("", "", "", "", true),
          new GrantSource("source-b", "group", "g-7\u0000", "owner", false));
  private static final List<Annotation> ANNOTATIONS =
      List.of(
          new Annotation("type.example/b", Bytes.copyOf(new byte[] {0, -1, (byte) 0xc0, 1})),
          new Annotation("", Bytes.EMPTY),
          new Annotation("type.example/b", Bytes.copyOf(new byte[] {0, -1, (byte) 0xc0, 1})));

  private static final List<GrantSource> LONG_SOURCES =
      List.of(
          new GrantSource(
              "s".repeat(127), "t".repeat(128), "r".repeat(129), "\u00e9".repeat(64), true),
          new GrantSource("s".repeat(1_000), "group", "g", "owner", false));
  private static final List<Annotation> LONG_ANNOTATIONS =
      List.of(
          new Annotation("type.example/" + "x".repeat(128), bytes(127)),
          new Annotation("type.example/c", bytes(128)),
          new Annotation("type.example/d", bytes(16_383)),
          new Annotation("type.example/e", bytes(16_384)));

  private Payload() {}

  private static Bytes bytes(int count) {
    byte[] bytes = new byte[count];
    for (int i = 0; i < count; i++) {
      bytes[i] = (byte) (i * 31);
    }
    return Bytes.copyOf(bytes);
  }

  /**
   * {@return a grant with the payload of that number}
   *
   * @param id the grant's id
   * @param entitlement what is held
   * @param principal who holds it
   * @param value the payload's number
   */
  public static Grant grant(
      String id, EntitlementRef entitlement, PrincipalRef principal, int value) {
    boolean isLong = (value & LONG) != 0;
    return new Grant(
        id,
        entitlement,
        principal,
        DISCOVERED.get(value >> 4 & 7),
        (value & 1) != 0,
        (value & 2) != 0 ? Optional.of(EXPANSION) : Optional.empty(),
        (value & 4) == 0 ? List.of() : isLong ? LONG_SOURCES : SOURCES,
        (value & 8) == 0 ? List.of() : isLong ? LONG_ANNOTATIONS : ANNOTATIONS);
  }
}
