package dev.grantstore.keyvalue;

import dev.grantstore.ContentDigest;
import dev.grantstore.DigestAccumulator;
import dev.grantstore.Grant;

/**
 * The digests of many parts of a set of grants, each with the grants of some ids: where two sets
 * differ, only the parts that do need to be held. One thread.
 */
final class GrantBuckets {
  private static final int BITS = 12;
  private static final int MIX = 0x9E3779B9;

  private final DigestAccumulator all = new DigestAccumulator();
  private final DigestAccumulator[] parts = new DigestAccumulator[1 << BITS];

  /** Adds a grant. */
  void add(Grant grant) {
    int part = part(grant);
    DigestAccumulator sum = parts[part];
    if (sum == null) {
      sum = new DigestAccumulator();
      parts[part] = sum;
    }
    sum.add(grant);
    all.add(grant);
  }

  /** {@return the digest of the whole set} */
  ContentDigest digest() {
    return all.digest();
  }

  /** {@return whether the part that a grant is in is the same in another set} */
  boolean isSame(Grant grant, GrantBuckets other) {
    int part = part(grant);
    return digest(part).equals(other.digest(part));
  }

  private ContentDigest digest(int part) {
    DigestAccumulator sum = parts[part];
    return sum == null ? ContentDigest.EMPTY : sum.digest();
  }

  private static int part(Grant grant) {
    return (grant.id().hashCode() * MIX) >>> (Integer.SIZE - BITS);
  }
}
