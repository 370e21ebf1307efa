package dev.grantstore.keyvalue;

import dev.grantstore.ContentDigest;
import dev.grantstore.DigestAccumulator;
import dev.grantstore.Grant;
import java.util.Arrays;

/**
 * The digests of many parts of a set of grants, each with the grants of some ids: where two sets
 * differ, only the parts that do need to be held. One thread.
 */
final class GrantBuckets {
  private static final int BITS = 12;
  private static final int MIX = 0x9E3779B9;

  private final DigestAccumulator all = new DigestAccumulator();
  private final ContentDigest[] parts = new ContentDigest[1 << BITS];

  /** Starts with no grant. */
  GrantBuckets() {
    Arrays.fill(parts, ContentDigest.EMPTY);
  }

  /** Adds a grant. */
  void add(Grant grant) {
    ContentDigest before = all.digest();
    all.add(grant);
    int part = part(grant);
    parts[part] = parts[part].plus(all.digest().minus(before));
  }

  /** {@return the digest of the whole set} */
  ContentDigest digest() {
    return all.digest();
  }

  /** {@return whether the part that a grant is in is the same in another set} */
  boolean isSame(Grant grant, GrantBuckets other) {
    int part = part(grant);
    return parts[part].equals(other.parts[part]);
  }

  private static int part(Grant grant) {
    return (grant.id().hashCode() * MIX) >>> (Integer.SIZE - BITS);
  }
}
