package dev.grantstore.packed;

import dev.grantstore.IdField;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Ids that are put together from other ids of their row: {@code ENTITLEMENT:TYPE:PRINCIPAL}. How
 * the first row's is made is tried on all others. One thread.
 */
final class Concatenation {
  /** A column, or, where that is none, bytes. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Part(int column, byte[] literal) {
    boolean isLiteral() {
      return column == NONE;
    }
  }

  private static final int NONE = -1;

  private static final byte[] NOTHING = {};

  /** An id of one byte is anywhere. */
  private static final int LEAST_BYTES = 2;

  static final int LITERAL = 0x80;
  static final int MOST_LITERAL_BYTES = 0x7f;
  static final int MOST_PARTS = 0xff;

  private static final int[] OF_GRANT_ID = {
    IdField.ENTITLEMENT_ID.position(),
    IdField.PRINCIPAL_ID.position(),
    IdField.ENTITLEMENT_RESOURCE.position(),
    IdField.PRINCIPAL_TYPE.position(),
    IdField.ENTITLEMENT_TYPE.position()
  };
  private static final int[] OF_ENTITLEMENT_ID = {
    IdField.ENTITLEMENT_RESOURCE.position(), IdField.ENTITLEMENT_TYPE.position()
  };
  private static final int[] OF_NOTHING = {};

  private final Values[] columns;
  private final Values tails = new Values();

  Concatenation(Values[] columns) {
    this.columns = columns;
  }

  /** {@return the columns that an id's may be put together from; an id is in none of its own} */
  static int[] sources(int column) {
    if (column == IdField.GRANT_ID.position()) {
      return OF_GRANT_ID;
    }
    return column == IdField.ENTITLEMENT_ID.position() ? OF_ENTITLEMENT_ID : OF_NOTHING;
  }

  /**
   * Writes a column so, if all of its ids are made like the first one.
   *
   * @return whether it did
   */
  boolean write(int column, PageOutput out, ColumnWriter writer) {
    List<Part> parts = split(column);
    if (parts.stream().allMatch(Part::isLiteral) || !fits(column, parts)) {
      return false;
    }
    boolean hasTail = tails.heapLength() > 0;
    out.u8(Column.CONCATENATION);
    out.u8(parts.size());
    for (Part part : parts) {
      if (part.isLiteral()) {
        out.u8(LITERAL | part.literal().length);
        out.bytes(part.literal(), 0, part.literal().length);
      } else {
        out.u8(part.column());
      }
    }
    out.u8(hasTail ? 1 : 0);
    if (hasTail) {
      writer.write(tails);
    }
    return true;
  }

  /** The first row's id as parts, up to the last other id in it and the mark behind that. */
  private List<Part> split(int column) {
    Values ids = columns[column];
    byte[] heap = ids.heap();
    List<Part> parts = new ArrayList<>();
    int literalFrom = 0;
    int end = ids.length(0);
    for (int at = 0; at < end; ) {
      int source = longestAt(column, heap, at, end);
      if (source < 0) {
        at++;
      } else {
        addLiteral(parts, heap, literalFrom, at);
        parts.add(new Part(source, NOTHING));
        at += columns[source].length(0);
        literalFrom = at;
      }
    }
    int mark = literalFrom;
    while (mark < end && !isLetterOrDigit(heap[mark])) {
      mark++;
    }
    addLiteral(parts, heap, literalFrom, mark);
    return parts;
  }

  private int longestAt(int column, byte[] heap, int at, int end) {
    int best = -1;
    for (int source : sources(column)) {
      Values ids = columns[source];
      int length = ids.length(0);
      boolean isHere =
          length >= LEAST_BYTES
              && length <= end - at
              && Arrays.equals(heap, at, at + length, ids.heap(), 0, length);
      if (isHere && (best < 0 || length > columns[best].length(0))) {
        best = source;
      }
    }
    return best;
  }

  private static void addLiteral(List<Part> parts, byte[] heap, int from, int to) {
    for (int at = from; at < to; at += MOST_LITERAL_BYTES) {
      parts.add(
          new Part(NONE, Arrays.copyOfRange(heap, at, Math.min(to, at + MOST_LITERAL_BYTES))));
    }
  }

  /** Whether all ids of the column start with these parts; what follows them is in the tails. */
  private boolean fits(int column, List<Part> parts) {
    if (parts.size() > MOST_PARTS) {
      return false;
    }
    Values ids = columns[column];
    byte[] heap = ids.heap();
    tails.clear();
    for (int row = 0; row < ids.count(); row++) {
      int at = ids.start(row);
      int end = ids.end(row);
      for (Part part : parts) {
        Values source = part.isLiteral() ? ids : columns[part.column()];
        byte[] bytes = part.isLiteral() ? part.literal() : source.heap();
        int from = part.isLiteral() ? 0 : source.start(row);
        int to = part.isLiteral() ? bytes.length : source.end(row);
        if (to - from > end - at || !Arrays.equals(heap, at, at + to - from, bytes, from, to)) {
          return false;
        }
        at += to - from;
      }
      tails.add(heap, at, end - at);
    }
    return true;
  }

  private static boolean isLetterOrDigit(byte b) {
    return (b >= '0' && b <= '9') || (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z') || b < 0;
  }
}
