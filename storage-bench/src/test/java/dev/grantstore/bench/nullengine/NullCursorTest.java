package dev.grantstore.bench.nullengine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantstore.GrantBatch;
import dev.grantstore.GrantCursor;
import dev.grantstore.GrantQuery;
import dev.grantstore.IdField;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
  @CsvSource({"2000, 1, 1", "2000, 600, 500", "2000, 1024, 1000", "20, 1024, 20", "7, 3, 3"})
  void aListHasIdsOfGrantAndPrincipalForEachRowAndTheRestInCommon(
      int rows, int capacity, int inBatch) {
    NullStore store = new NullStore(rows);
    GrantBatch batch = new GrantBatch(capacity);

    assertThat(store.cursor(QUERY).next(batch)).isTrue();

    assertThat(batch.rows()).isEqualTo(inBatch);
    for (IdField field : IdField.values()) {
      boolean isOwn = field == IdField.GRANT_ID || field == IdField.PRINCIPAL_ID;
      assertThat(batch.ids(field).values()).isEqualTo(isOwn ? inBatch : 1);
    }
  }

  /** What fills it anew is no cost of the harness, so the next list does not. */
  @Test
  void theNextListFindsItsBatchesReadyMade() {
    NullStore store = new NullStore(2_500);
    GrantBatch batch = new GrantBatch();
    List<Integer> sizes = new ArrayList<>();
    for (int list = 0; list < 3; list++) {
      GrantCursor cursor = store.cursor(QUERY);
      while (cursor.next(batch)) {
        sizes.add(batch.rows());
        assertThat(batch.ids(IdField.GRANT_ID).values()).isEqualTo(834);
      }
    }
    assertThat(sizes).containsExactly(834, 833, 833, 834, 833, 833, 834, 833, 833);
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
