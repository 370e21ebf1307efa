package dev.grantstore.equivalence.workload;

/** Calls that a store refuses, whatever it holds; none changes anything. */
public enum BadCall {
  /** A get of the empty id. */
  GET_EMPTY_ID,
  /** A get of half a surrogate pair. */
  GET_HALF_SURROGATE,
  /** A batch of ids to get, one of them null. */
  GET_ALL_WITH_NULL,
  /** A batch of grants, the second null. */
  PUT_ALL_WITH_NULL,
  /** A batch of grants that fails while it is read. */
  PUT_ALL_FAILING,
  /** A batch of ids to delete, the second null. */
  DELETE_ALL_WITH_NULL,
  /** A batch of ids to delete, the second empty. */
  DELETE_ALL_WITH_EMPTY_ID,
  /** A page of no rows. */
  PAGE_LIMIT_ZERO,
  /** A page of fewer rows than none. */
  PAGE_LIMIT_NEGATIVE,
  /** A page after null. */
  PAGE_AFTER_NULL,
  /** A token of another list. */
  PAGE_FOREIGN_TOKEN,
  /** A token with one character changed. */
  PAGE_TAMPERED_TOKEN,
  /** A token that never was one. */
  PAGE_GARBAGE_TOKEN,
  /** A cursor over null. */
  CURSOR_NULL,
  /** A put of null. */
  PUT_NULL,
  /** A read of a sync that never was. */
  GET_UNKNOWN_SYNC,
  /** A write to a sync that never was. */
  PUT_UNKNOWN_SYNC,
  /** A seal of a sync that never was. */
  SEAL_UNKNOWN_SYNC,
  /** A drop of a sync that never was. */
  DROP_UNKNOWN_SYNC,
  /** A start of a sync without a name. */
  START_EMPTY_SYNC,
  /** A seal without an end. */
  SEAL_NULL
}
