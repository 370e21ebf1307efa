package dev.grantstore.microtests.rocksdb.layout;

import dev.grantstore.fixture.spec.FixtureSpec;
import dev.grantstore.fixture.spec.FixtureSpec.IdStyle;
import dev.grantstore.fixture.spec.FixtureSpec.Shape;

/** Which grants a layout is filled with. */
public enum Content {
  /** The reference shape: short ids that count, bare grants. */
  REFERENCE,
  /**
   * Ids that look like hashes, lists of very different lengths, some grants to expand, two sources
   * each, 32 bytes of annotation.
   */
  HASHED;

  private static final int ROWS_PER_ENTITLEMENT = 1_000;
  private static final int ROWS_PER_PRINCIPAL = 20;

  /** What makes this many grants; in REFERENCE, lists of 100 of an entitlement. */
  FixtureSpec spec(int grants) {
    FixtureSpec reference =
        FixtureSpec.reference(
            grants, grants / ROWS_PER_ENTITLEMENT, grants / ROWS_PER_PRINCIPAL, 1);
    return this == REFERENCE
        ? reference
        : reference
            .withShape(Shape.ENTERPRISE)
            .withIdStyle(IdStyle.HASHED)
            .withPayload(0.05, 2, 32);
  }
}
