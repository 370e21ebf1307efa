package dev.grantstore.equivalence.relation;

import java.util.List;

/**
 * Something that an operation reads or writes. Immutable.
 *
 * @param area what kind of thing
 * @param number which sync or slot, or {@link #ANY}
 * @param id which grant id; empty if all of them, or none
 */
record Place(Area area, int number, String id) {
  static final int ANY = -1;

  /** The kinds of things. */
  enum Area {
    /** Whether a sync is there, open or sealed. */
    SYNC,
    /** A sync's rows. */
    ROWS,
    /** What is in a snapshot's slot. */
    SNAPSHOT,
    /** What is in a cursor's slot, and where it stands. */
    CURSOR,
    /** What is in a load's slot, and which sync's id it keeps. */
    LOAD,
    /** What is in a token's slot. */
    TOKEN
  }

  static Place of(Area area, int number) {
    return new Place(area, number, "");
  }

  boolean overlaps(Place other) {
    return area == other.area
        && (number == other.number || number == ANY || other.number == ANY)
        && (id.equals(other.id) || id.isEmpty() || other.id.isEmpty());
  }

  static boolean overlap(List<Place> some, List<Place> others) {
    return some.stream().anyMatch(one -> others.stream().anyMatch(one::overlaps));
  }
}
