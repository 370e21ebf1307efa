package dev.grantstore.bench.nullengine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantstore.GrantBatch;
import dev.grantstore.GrantCursor;
import dev.grantstore.GrantQuery;
import dev.grantstore.IdField;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The null engine's lists are as long by batches as row by row, and say the same. */
final class NullCursorTest {
  private static final GrantQuery QUERY = new GrantQuery.Scan("sync");

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 1_023, 1_024, 1_025, 2_048, 2_500})
  void batchesAreTheRowsOneByOne(int rows) {
    NullStore store = new NullStore(rows);
    GrantBatch batch = new GrantBatch();
    for (int list = 0; list < 3; list++) {
      int found = 0;
      try (GrantCursor cursor = store.cursor(QUERY)) {
        while (cursor.next(batch)) {
          for (int row = 0; row < batch.rows(); row++) {
            assertRow(batch, row, cursor);
          }
          found += batch.rows();
        }
        assertThat(batch.rows()).isZero();
      }
      assertThat(found).isEqualTo(rows);
    }
  }

  /** What each value is hashed for is a cost of the harness, so there are as many as lists have. */
  @ParameterizedTest
  @ValueSource(ints = {1, 600, 1_024})
  void aListHasAGrantIdForEachRowAndTheRestInCommon(int capacity) {
    NullStore store = new NullStore(2_000);
    GrantBatch batch = new GrantBatch(capacity);

    assertThat(store.cursor(QUERY).next(batch)).isTrue();

    for (IdField field : IdField.values()) {
      assertThat(batch.ids(field).values()).isEqualTo(field == IdField.GRANT_ID ? capacity : 1);
    }
  }

  private static void assertRow(GrantBatch batch, int row, GrantCursor cursor) {
    for (IdField field : IdField.values()) {
      assertThat(batch.id(field, row)).hasToString(cursor.id(field).toString());
    }
    assertThat(batch.discoveredSeconds(row)).isEqualTo(cursor.discoveredSeconds());
    assertThat(batch.discoveredNanos(row)).isEqualTo(cursor.discoveredNanos());
    assertThat(batch.needsExpansion(row)).isEqualTo(cursor.needsExpansion());
    assertThat(batch.hasExpiry(row)).isEqualTo(cursor.hasExpiry());
  }
}
