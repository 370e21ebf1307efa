package dev.grantstore.equivalence.check;

/** What makes a workload worth running; counted in each run. */
public enum Fact {
  /** A put of an id that was not there. */
  INSERT,
  /** A put of an id that was there. */
  OVERWRITE,
  /** A delete of an id that was there. */
  EFFECTIVE_DELETE,
  /** A list with at least one row. */
  NON_EMPTY_LIST,
  /** A page that has another after it. */
  PAGE_WITH_MORE,
  /** A page read by a token that was kept. */
  RESUMED_PAGE,
  /** A read through a snapshot. */
  SNAPSHOT_READ,
  /** A snapshot taken as of an instant. */
  AS_OF,
  /** Rows read from a cursor that was held open. */
  HELD_CURSOR_READ,
  /** A call that the store refused. */
  REFUSAL,
  /** A resume token that was stored with a batch. */
  RESUME_TOKEN,
  /** A seal. */
  SEAL,
  /** A drop of a sync that was there. */
  DROP,
  /** A committed bulk load. */
  BULK_LOAD,
  /** A committed bulk load that was held open between its steps. */
  HELD_LOAD,
  /** A put that differs from the grant it replaces in one reference or one bit of its payload. */
  UPDATE_OF_ONE_FIELD,
  /** A list of more than a hundred rows. */
  LONG_LIST,
  /** A question for more than a thousand ids at once. */
  LARGE_GET_ALL,
  /** An expiry that deleted something. */
  EXPIRY,
  /** A container that was saved and read. */
  CONTAINER,
  /** A sync taken out of a container. */
  INGEST,
  /** A merge. */
  MERGE,
  /** A diff that found something. */
  DIFFERENCE,
  /** A checkpoint that was looked at. */
  CHECKPOINT,
  /** A closing and opening again, in any way; not of a store that forgets everything then. */
  REOPENING,
  /** An opening of what a killed process leaves. */
  CRASH,
  /** An opening for reading only. */
  READ_ONLY_OPENING,
  /** An operation that did nothing, its slot being empty. */
  SKIPPED,
  /** An audit. */
  AUDIT
}
