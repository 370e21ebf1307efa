package dev.grantstore.equivalence.workload;

import dev.grantstore.Annotation;
import dev.grantstore.Bytes;
import dev.grantstore.EntitlementRef;
import dev.grantstore.Expansion;
import dev.grantstore.Grant;
import dev.grantstore.GrantSource;
import dev.grantstore.PrincipalRef;
import dev.grantstore.SyncRun;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Everything of a grant that is not one of its six ids, by number, so that a workload stays small
 * and readable.
 *
 * <pre>
 * bit 0       needs expansion
 * bit 1       has an expansion
 * bit 2       has sources
 * bit 3       has annotations
 * bits 4-6,15 which of sixteen instants it was discovered at
 * bit 7       sources and annotations are longer than one and two bytes can tell, if it has any
 * bit 8       the expansion is not shallow
 * bits 9-10   which of four lists of sources
 * bits 11-12  which of four lists of annotations
 * bits 13-14  which of four expansions
 * bit 16      expires
 * bits 17-19  at which of eight instants
 * </pre>
 *
 * <p>Of what a grant does not have, the bits say nothing. What a bit means never changes.
 */
public final class Payload {
  /** How many bits say something. */
  public static final int BITS = 20;

  /** How many numbers there are. */
  public static final int COUNT = 1 << BITS;

  /** The bits that say whether and when a grant expires. */
  public static final int EXPIRY = 15 << 16;

  /** How many instants there are at which grants expire. */
  public static final int INSTANTS = 8;

  /** How many resume tokens there are. */
  public static final int RESUME_TOKENS = 8;

  /** The bit of those whose texts and bytes are long; they cost a hundred times as much. */
  public static final int LONG = 1 << 7;

  private static final List<Instant> DISCOVERED =
      List.of(
          Instant.parse("2024-02-29T12:34:56.789012345Z"),
          Instant.EPOCH,
          Instant.EPOCH.minusNanos(1),
          Instant.MIN,
          Instant.MAX,
          Instant.ofEpochSecond(Integer.MAX_VALUE + 1L),
          Instant.parse("1969-12-31T23:59:59.000000001Z"),
          Instant.ofEpochSecond(0, 999_999_999),
          Instant.parse("2024-02-29T12:34:56.789012346Z"),
          Instant.ofEpochSecond(-1),
          Instant.ofEpochSecond(Integer.MIN_VALUE - 1L, 128),
          Instant.ofEpochSecond(1L << 32, 127),
          Instant.ofEpochSecond(-(1L << 34), 16_384),
          Instant.ofEpochSecond(1L << 27, 1 << 21),
          Instant.ofEpochSecond(-65, 1 << 28),
          Instant.ofEpochSecond(63, 255));

  private static final List<Instant> EXPIRES =
      List.of(
          Instant.parse("2024-02-29T12:34:56.789012345Z"),
          Instant.parse("2024-02-29T12:34:56.789012346Z"),
          Instant.EPOCH,
          Instant.EPOCH.minusNanos(1),
          Instant.MIN,
          Instant.MAX,
          Instant.ofEpochSecond(1L << 33),
          Instant.ofEpochSecond(-(1L << 27), 128));

  private static final List<Bytes> TOKENS =
      List.of(
          Bytes.copyOf(new byte[] {'p', '1'}),
          Bytes.copyOf(new byte[] {'p', '2'}),
          Bytes.EMPTY,
          Bytes.copyOf(new byte[] {0}),
          Bytes.copyOf(new byte[] {0, -1, (byte) 0xc0, 1}),
          bytes(127),
          bytes(128),
          bytes(SyncRun.MAX_RESUME_TOKEN_BYTES));

  private static final List<Expansion> EXPANSIONS =
      List.of(
          new Expansion(List.of("e2", "e1", "", "e2"), true, List.of("user", "", "group")),
          new Expansion(List.of(), true, List.of()),
          new Expansion(List.of("e1"), true, List.of()),
          new Expansion(List.of(), true, List.of("user", "user")));
  private static final List<List<GrantSource>> SOURCES =
      List.of(
          List.of(
              new GrantSource("", "", "", "", true),
              new GrantSource("source-b", "group", "g-7\u0000", "owner", false)),
          List.of(new GrantSource("", "", "", "", false)),
          List.of(
              new GrantSource("source-b", "group", "g-7\u0000", "owner", true),
              new GrantSource("source-a", "group", "g-7\u0000", "owner", false),
              new GrantSource("source-c", "", "r", "", true)),
          List.of(new GrantSource("source-b", "group", "g-7\u0000", "", true)));
  private static final List<List<Annotation>> ANNOTATIONS =
      List.of(
          List.of(
              new Annotation("type.example/b", Bytes.copyOf(new byte[] {0, -1, (byte) 0xc0, 1})),
              new Annotation("", Bytes.EMPTY),
              new Annotation("type.example/b", Bytes.copyOf(new byte[] {0, -1, (byte) 0xc0, 1}))),
          List.of(new Annotation("", Bytes.EMPTY)),
          List.of(
              new Annotation("type.example/b", Bytes.copyOf(new byte[] {0, -1, (byte) 0xc0})),
              new Annotation("type.example/a", Bytes.copyOf(new byte[] {1}))),
          List.of(
              new Annotation("type.example/a", Bytes.copyOf(new byte[] {1})),
              new Annotation("type.example/b", Bytes.copyOf(new byte[] {0, -1, (byte) 0xc0}))));

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
        discoveredAt(value),
        (value & 1) != 0,
        (value & 2) != 0 ? Optional.of(expansion(value)) : Optional.empty(),
        (value & 4) == 0 ? List.of() : isLong ? LONG_SOURCES : SOURCES.get(value >> 9 & 3),
        (value & 8) == 0 ? List.of() : isLong ? LONG_ANNOTATIONS : ANNOTATIONS.get(value >> 11 & 3),
        expiresAt(value));
  }

  private static Optional<Instant> expiresAt(int value) {
    return (value & 1 << 16) != 0 ? Optional.of(EXPIRES.get(value >> 17 & 7)) : Optional.empty();
  }

  /**
   * {@return whether a grant with the payload of that number has ended by an instant}
   *
   * @param value the payload's number
   * @param asOf at its end itself it has
   */
  public static boolean hasEnded(int value, Instant asOf) {
    return expiresAt(value).filter(end -> !end.isAfter(asOf)).isPresent();
  }

  /**
   * {@return when a grant with the payload of that number was discovered}
   *
   * @param value the payload's number
   */
  public static Instant discoveredAt(int value) {
    return DISCOVERED.get(((value >> 4) & 7) | ((value >> 12) & 8));
  }

  /**
   * {@return one of the instants at which grants expire}
   *
   * @param number from 1 to {@link #INSTANTS}
   */
  public static Instant instant(int number) {
    return EXPIRES.get(number - 1);
  }

  /**
   * {@return one of the resume tokens that are stored with batches}
   *
   * @param number from 1 to {@link #RESUME_TOKENS}
   */
  public static Bytes resumeToken(int number) {
    return TOKENS.get(number - 1);
  }

  private static Expansion expansion(int value) {
    Expansion lists = EXPANSIONS.get(value >> 13 & 3);
    boolean isShallow = (value & 1 << 8) == 0;
    return new Expansion(lists.entitlementIds(), isShallow, lists.resourceTypeIds());
  }
}
