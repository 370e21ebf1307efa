package dev.grantstore.bench.benchmark;

import dev.grantstore.GrantBatch;
import dev.grantstore.GrantCursor;
import dev.grantstore.IdColumn;
import dev.grantstore.IdField;
import java.util.Arrays;

/**
 * Adds up the fields of the rows of a list as {@link OtherFields} does, many rows at a time and
 * each value hashed once. One thread.
 */
final class BatchSums {
  private static final IdField[] IDS = IdField.values();

  private final GrantBatch batch = new GrantBatch();
  private final long[] sums = new long[GrantBatch.MOST_ROWS];
  private long[] hashes = new long[GrantBatch.MOST_ROWS];
  private long rows;
  private long ids;
  private long fields;

  /** Begins a list. */
  void clear() {
    rows = 0;
    ids = 0;
    fields = 0;
  }

  /** Adds the next rows of a cursor; false if there are no more. */
  boolean addNext(GrantCursor cursor) {
    if (!cursor.next(batch)) {
      return false;
    }
    int count = batch.rows();
    hash(IdField.GRANT_ID);
    IdColumn grantIds = batch.ids(IdField.GRANT_ID);
    for (int row = 0; row < count; row++) {
      sums[row] = hashes[grantIds.code(row)];
      ids += sums[row];
    }
    for (IdField field : IDS) {
      if (field != IdField.GRANT_ID) {
        hash(field);
        IdColumn column = batch.ids(field);
        for (int row = 0; row < count; row++) {
          sums[row] = OtherFields.mix(sums[row], hashes[column.code(row)]);
        }
      }
    }
    for (int row = 0; row < count; row++) {
      long sum =
          OtherFields.mix(
              sums[row],
              batch.discoveredSeconds(row),
              batch.discoveredNanos(row),
              batch.needsExpansion(row));
      fields +=
          batch.hasExpiry(row)
              ? OtherFields.mix(sum, batch.expiresSeconds(row), batch.expiresNanos(row), true)
              : sum;
    }
    rows += count;
    return true;
  }

  /** {@return how many rows were added} */
  long rows() {
    return rows;
  }

  /** {@return the sum of the hashes of their grant ids} */
  long ids() {
    return ids;
  }

  /** {@return the sum of {@link OtherFields} of them} */
  long fields() {
    return fields;
  }

  private void hash(IdField field) {
    IdColumn column = batch.ids(field);
    if (hashes.length < column.values()) {
      hashes = Arrays.copyOf(hashes, column.values());
    }
    for (int code = 0; code < column.values(); code++) {
      hashes[code] = column.value(code).hash64();
    }
  }
}
