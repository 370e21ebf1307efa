package dev.grantstore.sort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

final class RowBufferTest {
  private static final int CAPACITY = 4096;

  private final RowBuffer buffer = new RowBuffer(CAPACITY);

  @Test
  void refusesARowThatDoesNotFitAndKeepsTheOthers() throws IOException {
    int accepted = 0;
    while (row(accepted).appendTo(buffer)) {
      accepted++;
    }
    buffer.sort();

    assertThat(buffer.rows()).isEqualTo(accepted);
    assertThat(Row.readAll(buffer.cursor())).hasSize(accepted);
  }

  @Test
  void countsTheIndexAsMemory() {
    Row row = Row.of("abc", 1);
    int rowBytes = 1 + 3 + 1 + 2 + 1 + 12;
    int accepted = 0;
    while (row.appendTo(buffer)) {
      accepted++;
      assertThat(buffer.usedBytes()).isEqualTo((long) accepted * rowBytes);
    }

    assertThat(accepted).isEqualTo(CAPACITY / rowBytes);
    assertThat(buffer.memoryBytes()).isEqualTo(CAPACITY);
  }

  @Test
  void fillsToTheLastByte() throws IOException {
    byte[] value = new byte[CAPACITY - 12 - 1 - 2 - 1];

    assertThat(buffer.append(new byte[0], 0, 0, value, 0, value.length, 0)).isTrue();
    assertThat(buffer.memoryBytes()).isEqualTo(CAPACITY);
    assertThat(buffer.usedBytes()).isEqualTo(CAPACITY);
  }

  @Test
  void takesOneRowLargerThanItself() throws IOException {
    Row large = new Row("k".repeat(3 * CAPACITY), 7, "v".repeat(2 * CAPACITY));

    assertThat(large.appendTo(buffer)).isTrue();
    assertThat(row(1).appendTo(buffer)).isFalse();
    assertThat(buffer.memoryBytes()).isBetween(5L * CAPACITY, 5L * CAPACITY + 64);
    buffer.sort();
    assertThat(Row.readAll(buffer.cursor())).containsExactly(large);
  }

  @Test
  void refusesALargeRowUnlessEmpty() {
    assertThat(row(1).appendTo(buffer)).isTrue();

    assertThat(new Row("k".repeat(CAPACITY), 7, "").appendTo(buffer)).isFalse();
    assertThat(buffer.memoryBytes()).isEqualTo(CAPACITY);
  }

  @Test
  void shrinksWhenClearedAfterALargeRow() throws IOException {
    assertThat(new Row("k".repeat(3 * CAPACITY), 7, "").appendTo(buffer)).isTrue();
    buffer.clear();

    assertThat(buffer.memoryBytes()).isEqualTo(CAPACITY);
    assertThat(row(1).appendTo(buffer)).isTrue();
    buffer.sort();
    assertThat(Row.readAll(buffer.cursor())).containsExactly(row(1));
  }

  @Test
  void isEmptyAndUnorderedAgainAfterClear() throws IOException {
    append(row(2), row(1));
    buffer.sort();
    buffer.clear();
    append(row(9), row(8), row(7));
    buffer.sort();

    assertThat(Row.readAll(buffer.cursor())).containsExactly(row(7), row(8), row(9));
  }

  @Test
  void sortsNothing() throws IOException {
    buffer.sort();

    assertThat(Row.readAll(buffer.cursor())).isEmpty();
  }

  @Test
  void ordersEqualKeysBySignedSequence() throws IOException {
    append(Row.of("k", 5), Row.of("k", -5), Row.of("k", 0), Row.of("k", Long.MIN_VALUE));
    buffer.sort();

    assertThat(Row.readAll(buffer.cursor()))
        .extracting(Row::sequence)
        .containsExactly(Long.MIN_VALUE, -5L, 0L, 5L);
  }

  @Test
  void detectsThatOnlyTheSequenceIsOutOfOrder() throws IOException {
    append(Row.of("a", 1), Row.of("k", 2), Row.of("k", 1));
    buffer.sort();

    assertThat(Row.readAll(buffer.cursor()))
        .containsExactly(Row.of("a", 1), Row.of("k", 1), Row.of("k", 2));
  }

  @Test
  void takesLengthsOfSeveralBytes() throws IOException {
    RowBuffer large = new RowBuffer(1 << 20);
    for (int length : List.of(16384, 16383, 128, 127)) {
      assertThat(new Row("a".repeat(length), length, "b".repeat(length)).appendTo(large)).isTrue();
    }
    large.sort();

    assertThat(Row.readAll(large.cursor()))
        .allSatisfy(row -> assertThat(row.value()).hasSameSizeAs(row.key()))
        .extracting(Row::sequence)
        .containsExactly(127L, 128L, 16383L, 16384L);
  }

  @Test
  void refusesMisuse() {
    assertThatIllegalStateException().isThrownBy(buffer::cursor);
    buffer.sort();
    assertThatIllegalStateException().isThrownBy(buffer::sort);
    assertThatIllegalStateException().isThrownBy(() -> row(1).appendTo(buffer));
  }

  @Test
  void refusesCapacitiesOutOfRange() {
    assertThatIllegalArgumentException().isThrownBy(() -> new RowBuffer(1023));
    assertThatIllegalArgumentException().isThrownBy(() -> new RowBuffer(Integer.MAX_VALUE));
  }

  @Test
  void refusesRangesOutsideTheArrays() {
    byte[] four = new byte[4];

    assertThatThrownBy(() -> buffer.append(four, 2, 3, four, 0, 4, 0))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> buffer.append(four, 0, 4, four, -1, 3, 0))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThat(buffer.rows()).isZero();
  }

  @Test
  void cursorFailsOnceTheBufferIsCleared() throws IOException {
    append(row(1), row(2));
    buffer.sort();
    RowCursor cursor = buffer.cursor();
    assertThat(cursor.next()).isTrue();
    buffer.clear();
    append(row(3), row(4));
    buffer.sort();

    assertThatIllegalStateException().isThrownBy(cursor::next);
    assertThatIllegalStateException().isThrownBy(cursor::keyArray);
  }

  @Test
  void cursorShowsNothingBeforeTheFirstAndAfterTheLastRow() throws IOException {
    append(row(1));
    buffer.sort();
    RowCursor cursor = buffer.cursor();

    assertThatIllegalStateException().isThrownBy(cursor::keyLength);
    assertThat(cursor.next()).isTrue();
    assertThat(cursor.next()).isFalse();
    assertThat(cursor.next()).isFalse();
    assertThatIllegalStateException().isThrownBy(cursor::sequence);
  }

  private void append(Row... rows) {
    for (Row row : rows) {
      assertThat(row.appendTo(buffer)).isTrue();
    }
  }

  private static Row row(int number) {
    return Row.of(String.format(Locale.ROOT, "key-%05d", number), number);
  }
}
