package dev.grantstore;

import java.util.List;
import java.util.Locale;

/**
 * What {@link GrantStore#verify} found. Immutable.
 *
 * @param syncs how many syncs were read
 * @param grants how many grants they have
 * @param rows how many rows were read, those of indexes too
 * @param findings what is wrong, one for each kind, sync and keyspace; empty if nothing is
 */
public record Verification(long syncs, long grants, long rows, List<Finding> findings) {
  /** The keyspace of the grants themselves, in findings; the others are indexes or files. */
  public static final String GRANTS = "grants";

  /** How many places of a finding are named. */
  public static final int MOST_NAMED = 10;

  /** What may be wrong. */
  public enum Kind {
    /** A row, a page or a file does not read; what it holds is not known. */
    UNREADABLE("cannot be read"),
    /**
     * The grants of a sync are not those that it was sealed with, or last written with; or its row
     * is gone, or another than the store was opened with or wrote.
     */
    NOT_AS_TOLD("is not what the sync's row tells"),
    /** Fewer or more grants need expansion than the sync's row says. */
    MISCOUNTED("is of another number than was counted"),
    /** Rows or pages are not in the order of their keys, or not where they are looked for. */
    OUT_OF_ORDER("is out of order"),
    /** A grant has no row in an index. */
    MISSING("misses grants"),
    /** An index has a row of which there is no grant, or one grant twice. */
    ORPHAN("has rows of no grant"),
    /** An index has a row that differs from its grant. */
    DIFFERENT("differs from the grants"),
    /** Rows or pages are of a sync that is not there, or are not among those that it has. */
    STRAY("has rows that no sync has");

    private final String words;

    Kind(String words) {
      this.words = words;
    }
  }

  /**
   * One kind of damage in one place.
   *
   * @param kind what is wrong
   * @param syncId the sync, or empty if none is known
   * @param keyspace where
   * @param count how often; at least, where not all could be looked at
   * @param first the first places, at most {@link #MOST_NAMED}: ids of grants, or what the error
   *     said
   */
  public record Finding(Kind kind, String syncId, String keyspace, long count, List<String> first) {
    /** Copies the list. */
    public Finding {
      first = List.copyOf(first);
    }

    /** {@return all of it in one line} */
    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "%s %s: sync=%s times=%d first=%s",
          keyspace,
          kind.words,
          syncId.isEmpty() ? "none" : Excerpt.of(syncId),
          count,
          String.join(", ", first));
    }
  }

  /** Copies the list. */
  public Verification {
    findings = List.copyOf(findings);
  }

  /** {@return whether all that is stored is what was written, as far as that can be told} */
  public boolean isClean() {
    return findings.isEmpty();
  }
}
