package dev.grantstore.bench.benchmark;

import dev.grantstore.Grant;
import dev.grantstore.GrantCursor;
import dev.grantstore.GrantView;
import dev.grantstore.IdField;
import dev.grantstore.PrincipalRef;
import dev.grantstore.Utf8View;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The fields of the rows of each list beside the grant id, as one sum a list, independent of order.
 *
 * <p>No fixture has these sums, and a store that is to be cold cannot be read for them beforehand.
 * So the first sum that is seen of a list is the one that all others must be, and each list is
 * compared in full besides, before the clock or, if it is to be cold, after it. (In passes off the
 * clock, {@link ReadAgain}, nothing but the ids is compared with the fixture.) Thread-safe.
 */
final class OtherFields {
  private static final long MIX = 0xD6E8FEB86659FD93L;

  private final AtomicReferenceArray<@Nullable Long> seen;

  /** Has seen nothing of so many lists. */
  OtherFields(int lists) {
    this.seen = new AtomicReferenceArray<>(lists);
  }

  /** {@return by how much a sum departs from the first one that was seen of this list} */
  long departure(int list, long sum) {
    Long first = seen.get(list);
    if (first == null) {
      seen.compareAndSet(list, null, sum);
      first = seen.get(list);
    }
    return first == null ? 0 : sum - first;
  }

  /**
   * {@return the row a cursor stands on as a summand; changes if fields of two rows change places}
   *
   * @param idHash of its grant id
   */
  static long of(long idHash, GrantCursor row) {
    long sum = mix(idHash, row.id(IdField.ENTITLEMENT_TYPE).hash64());
    sum = mix(sum, row.id(IdField.ENTITLEMENT_RESOURCE).hash64());
    sum = mix(sum, row.id(IdField.ENTITLEMENT_ID).hash64());
    sum = mix(sum, row.id(IdField.PRINCIPAL_TYPE).hash64());
    sum = mix(sum, row.id(IdField.PRINCIPAL_ID).hash64());
    sum = mix(sum, row.discoveredSeconds(), row.discoveredNanos(), row.needsExpansion());
    return row.hasExpiry() ? mix(sum, row.expiresSeconds(), row.expiresNanos(), true) : sum;
  }

  /** {@return the same of a grant in a view} */
  static long of(GrantView grant) {
    long sum = grant.id(IdField.GRANT_ID).hash64();
    sum = mix(sum, grant.id(IdField.ENTITLEMENT_TYPE).hash64());
    sum = mix(sum, grant.id(IdField.ENTITLEMENT_RESOURCE).hash64());
    sum = mix(sum, grant.id(IdField.ENTITLEMENT_ID).hash64());
    sum = mix(sum, grant.id(IdField.PRINCIPAL_TYPE).hash64());
    sum = mix(sum, grant.id(IdField.PRINCIPAL_ID).hash64());
    sum = mix(sum, grant.discoveredSeconds(), grant.discoveredNanos(), grant.needsExpansion());
    return grant.hasExpiry() ? mix(sum, grant.expiresSeconds(), grant.expiresNanos(), true) : sum;
  }

  /** {@return the same of a grant} */
  static long of(Grant grant) {
    long sum = hash(grant.id());
    sum = mix(sum, hash(grant.entitlement().resourceTypeId()));
    sum = mix(sum, hash(grant.entitlement().resourceId()));
    sum = mix(sum, hash(grant.entitlement().entitlementId()));
    sum = mix(sum, hash(grant.principal().resourceTypeId()));
    sum = mix(sum, hash(grant.principal().resourceId()));
    Instant at = grant.discoveredAt();
    sum = mix(sum, at.getEpochSecond(), at.getNano(), grant.needsExpansion());
    if (grant.expiresAt().isEmpty()) {
      return sum;
    }
    Instant end = grant.expiresAt().get();
    return mix(sum, end.getEpochSecond(), end.getNano(), true);
  }

  /** {@return a sum of a principal's ids, read where they are} */
  static long of(PrincipalRef principal) {
    return mix(chars(principal.resourceTypeId()), chars(principal.resourceId()));
  }

  private static long chars(String id) {
    long sum = id.length();
    for (int i = 0; i < id.length(); i++) {
      sum = (sum + id.charAt(i)) * MIX;
    }
    return sum ^ (sum >>> 32);
  }

  /** {@return the sum of a row with what it has behind its ids, or its end} */
  static long mix(long sum, long seconds, int nanos, boolean flag) {
    return mix(mix(sum, seconds), ((long) nanos << 1) + (flag ? 1 : 0));
  }

  /** {@return the sum of a row with the hash of its next id} */
  static long mix(long sum, long field) {
    return Long.rotateLeft((sum ^ field) * MIX, 32);
  }

  /** {@return the hash of an id's UTF-8 bytes, as a view has it} */
  static long hash(String id) {
    byte[] utf8 = id.getBytes(StandardCharsets.UTF_8);
    Utf8View view = new Utf8View();
    view.wrap(utf8, 0, utf8.length);
    return view.hash64();
  }
}
