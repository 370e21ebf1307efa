package dev.grantstore;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Every way to ask for grants: of a store as it is now, or of a {@link GrantSnapshot} as of one
 * moment. Thread-safe.
 *
 * <p>Every method throws {@link GrantStoreException} with {@link Reason#SYNC_UNKNOWN} for a sync
 * that is not there, with {@link Reason#CORRUPTION} for a stored row that does not decode, {@link
 * IllegalArgumentException} for an id that {@link Ids} refuses, {@link NullPointerException} for a
 * null, and {@link IllegalStateException} once closed. Where several things are wrong, the
 * arguments are looked at first, then the store's state, the sync, and last the page token.
 */
public interface GrantReader {
  /** The most rows a page holds; a larger limit is taken as this. */
  int MAX_PAGE_ROWS = 10_000;

  /** The most entitlements of one {@link GrantQuery.ByEntitlements}. */
  int MAX_LISTED_ENTITLEMENTS = 10_000;

  /** {@return all syncs, open and sealed, ordered by id} */
  List<SyncRun> syncs();

  /**
   * {@return the sync of that id, or empty; never {@link Reason#SYNC_UNKNOWN}}
   *
   * @param syncId the sync
   */
  Optional<SyncRun> sync(String syncId);

  /**
   * {@return the grant of that id, or empty}
   *
   * @param syncId the sync
   * @param grantId the grant
   */
  Optional<Grant> get(String syncId, String grantId);

  /**
   * Reads the grant of that id without objects, if it is there: all but expansion, sources and
   * annotations.
   *
   * @param syncId the sync
   * @param grantId the grant
   * @param into filled with the grant; left as it is if there is none
   * @return whether it is there
   */
  default boolean get(String syncId, String grantId, GrantView into) {
    Objects.requireNonNull(into, "into");
    Optional<Grant> found = get(syncId, grantId);
    found.ifPresent(into::set);
    return found.isPresent();
  }

  /**
   * {@return one answer for each id, in the order asked; an id asked twice is answered twice}
   *
   * @param syncId the sync
   * @param grantIds the grants
   */
  List<Optional<Grant>> getAll(String syncId, List<String> grantIds);

  /**
   * Opens a cursor, which the caller closes. It shows the rows as they were when it was opened.
   *
   * @param query what to list
   * @return a cursor before the first row
   */
  GrantCursor cursor(GrantQuery query);

  /**
   * Reads one page. The pages of any page sizes, one after the other, equal the cursor's list.
   *
   * @param query what to list
   * @param limitRows at least 1; more than {@link #MAX_PAGE_ROWS} is taken as that
   * @param after the token of the page before, or {@link PageToken#START}
   * @return the rows after the token, and the token of the next page unless these were the last
   * @throws GrantStoreException with {@link Reason#INVALID_PAGE_TOKEN} for a token of another
   *     query, store or version, or one that is damaged
   */
  GrantPage page(GrantQuery query, int limitRows, PageToken after);

  /**
   * {@return whether the principal holds the entitlement through any grant}
   *
   * @param syncId the sync
   * @param principal who
   * @param entitlement what
   */
  boolean holds(String syncId, PrincipalRef principal, EntitlementRef entitlement);

  /**
   * Opens what the store keeps of the entitlements of a sync, which the caller closes. Present
   * means exact: they add up to the digest of the sync. Whether a store keeps them, and from when
   * on, is its own matter; they can always be found by {@link GrantQuery.ScanByEntitlement}.
   *
   * @param syncId the sync
   * @return empty if the sync is open, or nothing is kept of it
   */
  default Optional<EntitlementDigests> entitlementDigests(String syncId) {
    if (sync(syncId).isEmpty()) {
      throw GrantStoreException.syncUnknown(syncId);
    }
    return Optional.empty();
  }

  /**
   * {@return what this reader answers without the grants that have ended by an instant, those that
   * end at it included; valid as long as this reader} No read of any store asks a clock: this
   * reader itself gives expired grants like others. Syncs are told as they are, with the count and
   * digest of all their grants. A page token holds a place only: it goes on as of other instants,
   * and in this reader, too.
   *
   * <p>A page is of one moment if this is a {@link GrantStore} or a {@link GrantSnapshot}, but may
   * be read by several calls of any other reader. {@link #holds} may go over all grants of the
   * principal.
   *
   * @param instant when the reads are taken to be made
   */
  default GrantReader asOf(Instant instant) {
    return new AsOfReader(this, instant);
  }

  /**
   * {@return whether this leaves out grants that have ended, so that counts and digests of syncs
   * are not of what it gives} True of what {@link #asOf} gives, and of readers that forward to such
   * a one and say so, as {@link ForwardingGrantReader} does. No store is asked for it.
   */
  default boolean leavesOutEnded() {
    return false;
  }
}
