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
  BULK_LOAD,
  /** Makes a {@link dev.grantstore.GrantStore#checkpoint}. */
  CHECKPOINTS,
  /**
   * Takes ids as long as the contract allows. An engine that leaves this out takes at least {@value
   * dev.grantstore.GrantStoreProvider#LEAST_ID_BYTES} bytes of ids for one grant, says by {@link
   * dev.grantstore.GrantStoreProvider#mostIdBytes} how many, and refuses longer ones whole.
   */
  LONG_IDS
}
