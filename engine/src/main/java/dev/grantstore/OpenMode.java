package dev.grantstore;

/** What {@link GrantStores#open} expects to find. */
public enum OpenMode {
  /** No store yet: makes one; refuses one that is there. */
  CREATE,
  /** A store: refuses when there is none. */
  OPEN,
  /** Either. */
  OPEN_OR_CREATE,
  /** A store; shows it as of now and refuses every write. */
  READ_ONLY
}
