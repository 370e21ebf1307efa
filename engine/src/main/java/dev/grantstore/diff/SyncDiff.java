package dev.grantstore.diff;

import dev.grantstore.ContentDigest;
import dev.grantstore.EntitlementRef;
import dev.grantstore.Excerpt;
import dev.grantstore.GrantReader;
import dev.grantstore.GrantStoreException;
import dev.grantstore.Reason;
import dev.grantstore.diff.DiffReport.Basis;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * The difference between two syncs, in any two stores: what was added, removed and changed from the
 * first to the second, as a stream, entitlement after entitlement. Immutable; several may run at
 * once.
 *
 * <p>What is compared: if the digests of the two sealed syncs are equal, nothing else is read. If
 * both stores keep digests of entitlements ({@link GrantReader#entitlementDigests}), only the rows
 * of those entitlements are read that differ. Else all rows of both are. The report says which it
 * was; nothing is ever taken for equal because nothing is known of it.
 *
 * <p>A change is told by the six ids of a grant. A grant that has another entitlement or principal
 * under the same grant id is one removed and one added: somebody lost access and somebody got it,
 * and both stand where a reviewer looks, under their entitlement. It also is what can be found in
 * bounded memory: the two may be anywhere in the stream.
 *
 * <p>So to apply a diff to the first sync, which makes it the second: put what was added or
 * changed, and delete what was removed only where the grant with its id is still the one that was
 * removed. The order then does not matter.
 *
 * <p>Between two sealed syncs the result is checked: the first one's digest, less what was removed
 * and with what was added, must be the second one's. Memory: two rows, and the cursors.
 */
public final class SyncDiff {
  /** What is read on one side. */
  private record Asked(GrantReader reader, String syncId, Optional<Instant> asOf) {
    Asked {
      Objects.requireNonNull(reader, "reader");
      Objects.requireNonNull(syncId, "sync id");
      if (reader.leavesOutEnded()) {
        throw new IllegalArgumentException(
            "reader leaves out grants that have ended; compare all, or use SyncDiff.asOf: sync="
                + Excerpt.of(syncId));
      }
    }

    Asked at(Instant instant) {
      return new Asked(reader, syncId, Optional.of(instant));
    }

    DiffSide open() {
      return new DiffSide(reader, syncId, asOf);
    }
  }

  private final Asked before;
  private final Asked after;
  private final boolean allowsOpen;
  private final boolean readsAllRows;

  private SyncDiff(Asked before, Asked after, boolean allowsOpen, boolean readsAllRows) {
    this.before = before;
    this.after = after;
    this.allowsOpen = allowsOpen;
    this.readsAllRows = readsAllRows;
  }

  /**
   * {@return the difference from one sync to another; nothing is read yet} The readers stay the
   * caller's. They must give whole syncs, as their digests are of all grants: not readers as of an
   * instant, for which there is {@link #asOf}. A reader that leaves grants out and does not say so
   * ({@link GrantReader#leavesOutEnded}) cannot be told from one that gives them all.
   *
   * @param before has the first sync
   * @param beforeSync its id
   * @param after has the second sync; may be the same reader
   * @param afterSync its id
   * @throws IllegalArgumentException if a reader leaves out grants that have ended
   */
  public static SyncDiff between(
      GrantReader before, String beforeSync, GrantReader after, String afterSync) {
    return new SyncDiff(
        new Asked(before, beforeSync, Optional.empty()),
        new Asked(after, afterSync, Optional.empty()),
        false,
        false);
  }

  /**
   * {@return the same, also if a sync is open} Each side is read by one cursor then, so it is of
   * one moment, but the result cannot be checked against digests.
   */
  public SyncDiff allowingOpenSyncs() {
    return new SyncDiff(before, after, true, readsAllRows);
  }

  /**
   * {@return the same, without the grants that have ended: those of each side as of an instant, as
   * {@link GrantReader#asOf} has it} All rows are read, and the result cannot be checked, since
   * digests are of all grants.
   *
   * @param beforeInstant of the first sync
   * @param afterInstant of the second
   */
  public SyncDiff asOf(Instant beforeInstant, Instant afterInstant) {
    return new SyncDiff(before.at(beforeInstant), after.at(afterInstant), allowsOpen, readsAllRows);
  }

  /** {@return the same, but all rows of both are read, whatever the digests say} */
  public SyncDiff readingAllRows() {
    return new SyncDiff(before, after, allowsOpen, true);
  }

  /**
   * Finds the changes.
   *
   * @param sink takes them; what it was given before an exception is not the whole difference
   * @return what came of it
   * @throws GrantStoreException with {@link Reason#SYNC_UNKNOWN}; with {@link Reason#TIMEOUT} if
   *     the thread was interrupted while it read rows; with {@link Reason#CORRUPTION} also if the
   *     changes found do not lead from the one digest to the other, as where rows are missing
   * @throws IllegalStateException if a sync is open and that was not allowed
   */
  public DiffReport run(DiffSink sink) {
    Objects.requireNonNull(sink, "sink");
    try (DiffSide one = before.open();
        DiffSide other = after.open()) {
      requireSealed(one);
      requireSealed(other);
      Changes changes = new Changes(sink);
      Basis basis = basis(one, other);
      switch (basis) {
        case SYNC_DIGESTS -> {
          // Nothing differs.
        }
        case ENTITLEMENT_DIGESTS -> digests(one, other, changes);
        case ROWS -> rows(one, other, changes);
      }
      changes.finish();
      check(one, other, changes);
      return new DiffReport(
          changes.counts(), changes.entitlements(), basis, one.report(), other.report());
    }
  }

  private void requireSealed(DiffSide side) {
    if (!side.isSealed() && !allowsOpen) {
      throw new IllegalStateException(
          "sync is open, so it may change while it is read: " + side.name());
    }
  }

  private Basis basis(DiffSide one, DiffSide other) {
    if (readsAllRows || one.digest().isEmpty() || other.digest().isEmpty()) {
      return Basis.ROWS;
    }
    if (one.digest().equals(other.digest())) {
      return Basis.SYNC_DIGESTS;
    }
    // Both are asked, for the report.
    boolean oneKeeps = one.openDigests();
    return other.openDigests() && oneKeeps ? Basis.ENTITLEMENT_DIGESTS : Basis.ROWS;
  }

  private static void rows(DiffSide one, DiffSide other, Changes changes) {
    try (DiffSide.Rows was = one.all();
        DiffSide.Rows is = other.all()) {
      RowMerge.of(was, is, changes);
    }
  }

  /** Walks over the digests of both, and opens the entitlements that differ. */
  private static void digests(DiffSide one, DiffSide other, Changes changes) {
    boolean hasOne = one.nextDigest();
    boolean hasOther = other.nextDigest();
    while (hasOne || hasOther) {
      int order =
          !hasOne
              ? 1
              : !hasOther
                  ? -1
                  : EntitlementOrder.INSTANCE.compare(one.entitlement(), other.entitlement());
      if (order != 0 || !one.entitlementDigest().equals(other.entitlementDigest())) {
        EntitlementRef entitlement = order <= 0 ? one.entitlement() : other.entitlement();
        try (DiffSide.Rows was = order <= 0 ? one.of(entitlement) : DiffSide.Rows.NONE;
            DiffSide.Rows is = order >= 0 ? other.of(entitlement) : DiffSide.Rows.NONE) {
          RowMerge.of(was, is, changes);
        }
      }
      hasOne = order <= 0 ? one.nextDigest() : hasOne;
      hasOther = order >= 0 ? other.nextDigest() : hasOther;
    }
  }

  private static void check(DiffSide one, DiffSide other, Changes changes) {
    if (one.digest().isPresent() && other.digest().isPresent()) {
      ContentDigest reached = one.digest().get().minus(changes.gone()).plus(changes.come());
      if (!reached.equals(other.digest().get())) {
        throw new GrantStoreException(
            Reason.CORRUPTION,
            String.format(
                Locale.ROOT,
                "changes found do not lead from one sync to the other: "
                    + "before=%s %s after=%s %s reached=%s",
                one.name(),
                one.digest().get(),
                other.name(),
                other.digest().get(),
                reached));
      }
    }
  }
}
