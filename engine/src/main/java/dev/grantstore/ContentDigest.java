package dev.grantstore;

import java.util.HexFormat;

/**
 * What a set of grants adds up to: their number and a 128-bit sum over their contents, independent
 * of order. Equal syncs have equal digests on every engine. Immutable.
 *
 * <p>A grant's hash is XXH3 (128 bits, seed 0) of its {@link CanonicalForm}; the digest adds the
 * two 64-bit halves separately, modulo 2^64. It finds rows that were lost, added, changed or
 * swapped by mistake. It is not a defence against somebody who makes collisions on purpose.
 *
 * @param count how many grants
 * @param high sum of the hashes' upper halves
 * @param low sum of the hashes' lower halves
 */
public record ContentDigest(long count, long high, long low) {
  /** The digest of no grants. */
  public static final ContentDigest EMPTY = new ContentDigest(0, 0, 0);

  /**
   * {@return the digest of both sets together; they must be disjoint to mean anything}
   *
   * @param other the other set
   */
  public ContentDigest plus(ContentDigest other) {
    return new ContentDigest(count + other.count, high + other.high, low + other.low);
  }

  /**
   * {@return the digest without the grants of {@code other}}
   *
   * @param other a subset of this set
   */
  public ContentDigest minus(ContentDigest other) {
    return new ContentDigest(count - other.count, high - other.high, low - other.low);
  }

  /** {@return the sum as 32 hexadecimal digits, upper half first; the count is not in it} */
  public String hex() {
    HexFormat hex = HexFormat.of();
    return hex.toHexDigits(high) + hex.toHexDigits(low);
  }

  @Override
  public String toString() {
    return hex() + "/" + count;
  }
}
