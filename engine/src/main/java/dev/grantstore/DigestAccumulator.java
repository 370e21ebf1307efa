package dev.grantstore;

import com.dynatrace.hash4j.hashing.HashValue128;
import com.dynatrace.hash4j.hashing.Hashing;

/** Adds grants up to a {@link ContentDigest} without building objects. One thread. */
public final class DigestAccumulator {
  private long count;
  private long high;
  private long low;
  private final CanonicalForm form = new CanonicalForm();

  /** Starts at {@link ContentDigest#EMPTY}. */
  public DigestAccumulator() {}

  /**
   * Adds one grant.
   *
   * @param grant added
   */
  public void add(Grant grant) {
    form.encode(grant);
    add(form);
  }

  /**
   * Adds the grant of a row.
   *
   * @param row stands on it
   */
  public void add(GrantCursor row) {
    form.encode(row);
    add(form);
  }

  /**
   * Adds the grant that a canonical form holds.
   *
   * @param encoded holds the grant
   */
  public void add(CanonicalForm encoded) {
    HashValue128 hash = hash(encoded);
    count++;
    high += hash.getMostSignificantBits();
    low += hash.getLeastSignificantBits();
  }

  /**
   * Takes one grant away that was added before.
   *
   * @param encoded holds the grant
   */
  public void remove(CanonicalForm encoded) {
    HashValue128 hash = hash(encoded);
    count--;
    high -= hash.getMostSignificantBits();
    low -= hash.getLeastSignificantBits();
  }

  /**
   * Takes one grant away that was added before.
   *
   * @param grant taken away
   */
  public void remove(Grant grant) {
    form.encode(grant);
    remove(form);
  }

  /** {@return the sum so far} */
  public ContentDigest digest() {
    return new ContentDigest(count, high, low);
  }

  private static HashValue128 hash(CanonicalForm encoded) {
    return Hashing.xxh3_128().hashBytesTo128Bits(encoded.array(), 0, encoded.length());
  }
}
