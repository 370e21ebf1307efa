package dev.grantstore.codec;

import dev.grantstore.Annotation;
import dev.grantstore.Bytes;
import dev.grantstore.ContentDigest;
import dev.grantstore.DigestAccumulator;
import dev.grantstore.EntitlementRef;
import dev.grantstore.Expansion;
import dev.grantstore.Grant;
import dev.grantstore.GrantSource;
import dev.grantstore.PrincipalRef;
import dev.grantstore.SyncRun;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The worked example of rfc/0002: one grant in one sealed sync. */
public final class ExampleGrant {
  /** Every field is set, one id is empty, one holds both bytes that are escaped. */
  public static final Grant GRANT =
      new Grant(
          "g1",
          new EntitlementRef("app", "", "ent"),
          new PrincipalRef("user", "a\u0000\u0001b"),
          Instant.parse("2026-01-02T03:04:05.000000006Z"),
          true,
          Optional.of(new Expansion(List.of("e2"), true, List.of("user"))),
          List.of(new GrantSource("e9", "app", "", "e9", true)),
          List.of(new Annotation("u", Bytes.copyOf(new byte[] {0, (byte) 0xff}))));

  /** The same, with an end. */
  public static final Grant ENDING =
      GRANT.withExpiresAt(Optional.of(Instant.parse("2027-01-01T00:00:00.5Z")));

  /** The number that stands for its sync. */
  public static final int SYNC = 7;

  /** The row of its sync, sealed, as formats 1 and 2 have it. */
  public static final SyncRow SYNC_ROW =
      new SyncRow(
          SYNC,
          SyncRun.open("s1", "full", Instant.parse("2026-01-02T03:00:00Z"))
              .sealed(Instant.parse("2026-01-02T04:00:00.5Z"), digest()),
          digest(),
          false);

  /** The same, with how many of its grants need expansion. */
  public static final SyncRow COUNTED_SYNC_ROW =
      new SyncRow(SYNC, SYNC_ROW.run(), SYNC_ROW.content(), false, 1, Optional.empty());

  private ExampleGrant() {}

  private static ContentDigest digest() {
    DigestAccumulator sum = new DigestAccumulator();
    sum.add(GRANT);
    return sum.digest();
  }
}
