package dev.grantstore.microtests.rocksdb.layout;

/** What a layout has rows for. */
enum Table {
  GRANTS(0),
  BY_ENTITLEMENT(1),
  BY_PRINCIPAL(2),
  /** One row without a value for each principal with what it holds. */
  HOLDINGS(3);

  private final byte mark;

  Table(int mark) {
    this.mark = (byte) mark;
  }

  /** The first byte of its keys where all tables share a family. */
  byte mark() {
    return mark;
  }
}
