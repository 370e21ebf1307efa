package dev.grantstore.equivalence.fault;

/**
 * One change of a file.
 *
 * @param event its number
 * @param at where it begins
 * @param length of what is written or made zero; of the file, where its length is set
 * @param data what is written; empty where zeros are, or the length is set
 * @param kind what is changed
 */
record FileChange(int event, long at, long length, byte[] data, Kind kind) {
  /** What is changed. */
  enum Kind {
    WRITE,
    SYNCED_WRITE,
    ZERO,
    RESIZE
  }

  private static final byte[] NOTHING = {};

  static FileChange write(int event, long at, byte[] data, boolean isSynced) {
    return new FileChange(event, at, data.length, data, isSynced ? Kind.SYNCED_WRITE : Kind.WRITE);
  }

  static FileChange zero(int event, long at, long length) {
    return new FileChange(event, at, length, NOTHING, Kind.ZERO);
  }

  static FileChange resize(int event, long length) {
    return new FileChange(event, 0, length, NOTHING, Kind.RESIZE);
  }
}
