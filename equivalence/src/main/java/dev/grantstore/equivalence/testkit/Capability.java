package dev.grantstore.equivalence.testkit;

/** What an engine may leave out and still keep the contract. Whatever it claims is tested. */
public enum Capability {
  /** What was written is there after closing and opening again, at a location. */
  PERSISTENT,
  /** A store that is open for writing is refused to everybody else who wants to write. */
  EXCLUSIVE,
  /** Opens with {@link dev.grantstore.OpenMode#READ_ONLY}. */
  READ_ONLY_OPEN,
  /** Takes {@link dev.grantstore.GrantStore#bulkLoad}. */
  BULK_LOAD
}
