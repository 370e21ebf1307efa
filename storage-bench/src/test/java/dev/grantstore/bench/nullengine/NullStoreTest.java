package dev.grantstore.bench.nullengine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantstore.GrantBatch;
import dev.grantstore.GrantCursor;
import dev.grantstore.GrantQuery;
import dev.grantstore.IdColumn;
import dev.grantstore.IdField;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever the null engine took for an answer would be told as the harness's cost. */
final class NullStoreTest {
  private static final GrantQuery ALL = new GrantQuery.Scan("sync");

  @Test
  void batchesAreThereBeforeTheyAreAskedFor() {
    NullStore store = new NullStore(3 * GrantBatch.MOST_ROWS);
    GrantBatch batch = new GrantBatch();
    try (GrantCursor cursor = store.cursor(ALL)) {
      cursor.next(batch);
    }
    // Whoever made the rows anew would write over this.
    batch.setRest(1, 42, 0, false);

    try (GrantCursor cursor = store.cursor(ALL)) {
      for (int i = 0; i < 3; i++) {
        assertThat(cursor.next(batch)).isTrue();
        assertThat(batch.rows()).isEqualTo(GrantBatch.MOST_ROWS);
        assertThat(batch.discoveredSeconds(1)).as("made once").isEqualTo(42);
      }
      assertThat(cursor.next(batch)).isFalse();
      assertThat(batch.rows()).isZero();
    }
  }

  @Test
  void batchesHaveTheRowsThatAreGivenOneByOne() {
    long rows = GrantBatch.MOST_ROWS + 7;
    NullStore store = new NullStore(rows);
    List<String> single = new ArrayList<>();
    try (GrantCursor cursor = store.cursor(ALL)) {
      while (cursor.next()) {
        single.add(row(cursor));
      }
    }
    List<String> many = new ArrayList<>();
    for (GrantBatch batch : List.of(new GrantBatch(), new GrantBatch(10))) {
      many.clear();
      try (GrantCursor cursor = store.cursor(ALL)) {
        while (cursor.next(batch)) {
          for (int row = 0; row < batch.rows(); row++) {
            many.add(row(batch, row));
          }
        }
      }
      assertThat(many).isEqualTo(single).hasSize((int) rows);
    }
  }

  /** What else the harness hashes, or does not, is a cost that it has with no store. */
  @ParameterizedTest
  @ValueSource(longs = {1, 100, GrantBatch.MOST_ROWS, GrantBatch.MOST_ROWS + 1, 100_000})
  void eachRowOfABatchHasAGrantIdOfItsOwnAndThereAreNoOthers(long rows) {
    GrantBatch batch = new GrantBatch();
    long hashed = 0;
    long batches = 0;
    try (GrantCursor cursor = new NullStore(rows).cursor(ALL)) {
      while (cursor.next(batch)) {
        IdColumn ids = batch.ids(IdField.GRANT_ID);
        for (int row = 1; row < batch.rows(); row++) {
          assertThat(ids.code(row)).isNotEqualTo(ids.code(row - 1));
        }
        hashed += ids.values();
        batches++;
      }
    }

    assertThat(hashed).isBetween(rows, rows + batches);
  }

  private static String row(GrantCursor row) {
    StringBuilder all = new StringBuilder();
    for (IdField field : IdField.values()) {
      all.append(row.id(field)).append(' ');
    }
    return all.append(row.discoveredSeconds())
        .append(row.discoveredNanos())
        .append(row.needsExpansion())
        .append(row.hasExpiry())
        .append(row.expiresSeconds())
        .append(row.expiresNanos())
        .toString();
  }

  private static String row(GrantBatch batch, int row) {
    StringBuilder all = new StringBuilder();
    for (IdField field : IdField.values()) {
      all.append(batch.id(field, row)).append(' ');
    }
    return all.append(batch.discoveredSeconds(row))
        .append(batch.discoveredNanos(row))
        .append(batch.needsExpansion(row))
        .append(batch.hasExpiry(row))
        .append(batch.expiresSeconds(row))
        .append(batch.expiresNanos(row))
        .toString();
  }
}
