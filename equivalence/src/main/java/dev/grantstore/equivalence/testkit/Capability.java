package dev.grantstore.equivalence.testkit;

/**
 * What an engine may leave out and still keep the contract. Whatever it claims is tested, but for
 * what takes days ({@link #LASTING_SNAPSHOTS}) or a loss of power ({@link #SYNC_DURABILITY}): that
 * stands on the card alone, and others show it.
 */
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
  /** Stores a resume token with a batch: {@link dev.grantstore.SyncRun#resumeToken}. */
  RESUME_TOKENS,
  /**
   * {@link dev.grantstore.GrantStore#expire} looks at a grant again within the write that deletes
   * it, and deletes from no other sync of the same id.
   */
  EXACT_EXPIRY,
  /**
   * Takes ids as long as the contract allows. An engine that leaves this out takes at least {@value
   * dev.grantstore.GrantStoreProvider#LEAST_ID_BYTES} bytes of ids for one grant, says by {@link
   * dev.grantstore.GrantStoreProvider#mostIdBytes} how many, and refuses longer ones whole.
   */
  LONG_IDS,
  /**
   * A location is a path: what else is there is refused and left alone, so is what cannot be
   * written, and a copy of what is there is what a killed process would leave.
   */
  FOLDER,
  /**
   * A snapshot, cursor or read-only opening shows its moment for as long as it is open. An engine
   * that leaves this out says how long it does, and answers nothing but an error after that.
   */
  LASTING_SNAPSHOTS,
  /** {@link dev.grantstore.Durability#SYNC} is as it says, whoever runs the database. */
  SYNC_DURABILITY
}
