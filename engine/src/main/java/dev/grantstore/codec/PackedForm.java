package dev.grantstore.codec;

import java.util.List;

/**
 * How a packed sync is stored, as its row says it. Immutable.
 *
 * @param parts how many parts each keyspace of grants has, in their order
 * @param rowsRemain whether the rows that the pages were made of may be there still
 */
public record PackedForm(List<Integer> parts, boolean rowsRemain) {
  private static final int MOST_PARTS = 1 << 16;

  /** Copies the list and checks the counts. */
  public PackedForm {
    parts = List.copyOf(parts);
    if (parts.stream().anyMatch(count -> count < 1 || count > MOST_PARTS)) {
      throw new IllegalArgumentException("parts of a packed sync are out of range: " + parts);
    }
  }

  /** {@return as this one, once the rows are deleted} */
  PackedForm withoutRows() {
    return new PackedForm(parts, false);
  }
}
