package dev.grantstore.microtests.rocksdb.layout;

/** How much cache a database has. */
public enum Room {
  /** For everything. */
  ALL(256L << 20),
  /** For about a tenth of one table's rows; the rest is in the system's pages. */
  TENTH(1L << 20);

  private final long bytes;

  Room(long bytes) {
    this.bytes = bytes;
  }

  long bytes() {
    return bytes;
  }
}
