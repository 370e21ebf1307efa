package dev.grantstore;

/** Why a store refused or failed; the type of a {@link GrantStoreException}. */
public enum Reason {
  /** There is no sync of that id. */
  SYNC_UNKNOWN,
  /** There is a sync of that id already, or one is being loaded. */
  SYNC_EXISTS,
  /** The sync is sealed and cannot be written. */
  SYNC_SEALED,
  /** The store was opened read-only. */
  READ_ONLY,
  /** The page token is damaged or belongs to another query, store or version. */
  INVALID_PAGE_TOKEN,
  /** Stored bytes are not what was written. */
  CORRUPTION,
  /** Writes that were durable are gone. */
  DATA_LOSS,
  /** Written by a newer format than this one reads. */
  VERSION_TOO_NEW,
  /** Nothing is at that location. */
  STORE_MISSING,
  /** A store is at that location already. */
  STORE_EXISTS,
  /** Something is at that location, but not a store. */
  NOT_A_STORE,
  /** Another process, or this one, has the store open. */
  LOCKED,
  /** The location cannot be written. */
  NOT_WRITABLE,
  /** The engine cannot do this, or is not on the class path. */
  UNSUPPORTED,
  /** It took longer than allowed. */
  TIMEOUT,
  /** The disk is full. */
  NO_SPACE,
  /** Any other input or output error. */
  IO
}
