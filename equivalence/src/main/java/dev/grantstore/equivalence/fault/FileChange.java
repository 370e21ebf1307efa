package dev.grantstore.equivalence.fault;

import java.util.Arrays;

/** One change of a file. Immutable. */
final class FileChange {
  /** What is changed. */
  enum Kind {
    WRITE,
    SYNCED_WRITE,
    ZERO,
    RESIZE
  }

  private static final byte[] NOTHING = {};

  private final int event;
  private final Kind kind;
  private final long from;
  private final long length;
  private final byte[] data;

  private FileChange(int event, Kind kind, long from, long length, byte[] data) {
    this.event = event;
    this.kind = kind;
    this.from = from;
    this.length = length;
    this.data = data;
  }

  static FileChange write(int event, long from, byte[] data, boolean isSynced) {
    return new FileChange(
        event, isSynced ? Kind.SYNCED_WRITE : Kind.WRITE, from, data.length, data);
  }

  static FileChange zero(int event, long from, long length) {
    return new FileChange(event, Kind.ZERO, from, length, NOTHING);
  }

  static FileChange resize(int event, long size) {
    return new FileChange(event, Kind.RESIZE, size, 0, NOTHING);
  }

  int event() {
    return event;
  }

  Kind kind() {
    return kind;
  }

  /** {@return where it begins; where the length is set, that length} */
  long from() {
    return from;
  }

  long to() {
    return from + length;
  }

  /** {@return the length of the file after it} */
  long sizeAfter(long before) {
    return switch (kind) {
      case WRITE, SYNCED_WRITE -> Math.max(before, to());
      case ZERO -> before;
      case RESIZE -> from;
    };
  }

  /** Makes a part of it in an array that is long enough. */
  void copy(byte[] into, long start, long end) {
    if (data.length > 0) {
      System.arraycopy(data, (int) (start - from), into, (int) start, (int) (end - start));
    } else {
      Arrays.fill(into, (int) start, (int) end, (byte) 0);
    }
  }
}
