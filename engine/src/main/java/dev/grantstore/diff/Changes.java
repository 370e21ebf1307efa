package dev.grantstore.diff;

import dev.grantstore.ContentDigest;
import dev.grantstore.DigestAccumulator;
import dev.grantstore.EntitlementRef;
import org.jspecify.annotations.Nullable;

/** Hands changes on, counts them by entitlement, and adds up what they change. One thread. */
final class Changes {
  private final DiffSink sink;
  private final DigestAccumulator gone = new DigestAccumulator();
  private final DigestAccumulator come = new DigestAccumulator();
  private ChangeCounts all = ChangeCounts.NONE;
  private ChangeCounts ofEntitlement = ChangeCounts.NONE;
  private @Nullable EntitlementRef entitlement;
  private long entitlements;

  Changes(DiffSink sink) {
    this.sink = sink;
  }

  void take(GrantChange change) {
    if (!change.entitlement().equals(entitlement)) {
      finish();
      entitlement = change.entitlement();
      entitlements++;
    }
    change.before().ifPresent(gone::add);
    change.after().ifPresent(come::add);
    ofEntitlement = ofEntitlement.plus(change);
    sink.change(change);
  }

  /** Ends the entitlement whose changes came last, if there were any. */
  void finish() {
    EntitlementRef last = entitlement;
    if (last != null) {
      entitlement = null;
      all = all.plus(ofEntitlement);
      ChangeCounts counts = ofEntitlement;
      ofEntitlement = ChangeCounts.NONE;
      sink.entitlement(last, counts);
    }
  }

  /** What all entitlements that are finished have. */
  ChangeCounts counts() {
    return all;
  }

  long entitlements() {
    return entitlements;
  }

  /** What the grants add up to that the second sync does not have so. */
  ContentDigest gone() {
    return gone.digest();
  }

  /** What the grants add up to that the first sync does not have so. */
  ContentDigest come() {
    return come.digest();
  }
}
