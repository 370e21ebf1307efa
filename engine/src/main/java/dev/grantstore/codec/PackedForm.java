package dev.grantstore.codec;

import java.util.List;

/**
 * How a packed sync is stored, as its row says it. Immutable.
 *
 * @param parts how many parts each keyspace of grants has, in their order
 * @param rowsRemain whether the rows that the pages were made of may be there still
 */
public record PackedForm(List<Integer> parts, boolean rowsRemain) {
  /** Copies the list. */
  public PackedForm {
    parts = List.copyOf(parts);
  }

  /** {@return as this one, once the rows are deleted} */
  PackedForm withoutRows() {
    return new PackedForm(parts, false);
  }
}
