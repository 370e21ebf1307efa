package dev.grantstore.sort;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantstore.Boundaries;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows whose numbers and lengths take another byte come out of every kind of run as they are. */
final class RowBoundariesTest {
  /** Longer than a block of a spill file, and than a number of two bytes can tell. */
  private static final int LONGEST = (1 << 21) + 1;

  @TempDir Path folder;
  private int files;

  @Test
  void equalKeysAreInTheOrderOfTheirNumbersHoweverLargeTheyAre() throws IOException {
    List<Row> rows = new ArrayList<>();
    for (long sequence : Boundaries.longs()) {
      if (sequence >= 0) {
        rows.add(Row.of("key", sequence));
        rows.add(Row.of("key" + sequence % 3, sequence));
      }
    }

    assertEveryRunHolds(rows);
  }

  @Test
  void keysOfAnyLengthAndWithAnyLengthInCommonComeBack() throws IOException {
    List<Row> rows = new ArrayList<>();
    for (int length : Boundaries.upTo(1 << 17)) {
      rows.add(Row.of("k".repeat(length), length));
      rows.add(Row.of("k".repeat(length) + "z", length));
      rows.add(Row.of("k".repeat(length) + "z" + "\u00ff".repeat(127), length));
    }

    assertEveryRunHolds(rows);
  }

  @Test
  void valuesOfAnyLengthComeBack() throws IOException {
    List<Row> rows = new ArrayList<>();
    for (int length : Boundaries.upTo(LONGEST)) {
      rows.add(new Row("same", length, "v".repeat(length)));
      rows.add(new Row("own" + length, 1, "w".repeat(length)));
    }

    assertEveryRunHolds(rows);
  }

  /** In memory, in a file, and merged of both. */
  private void assertEveryRunHolds(List<Row> rows) throws IOException {
    List<Row> sorted = rows.stream().sorted().toList();
    List<Row> shuffled = new ArrayList<>(rows);
    Collections.shuffle(shuffled, new Random(7));
    try (SortedRun memory = SortedRun.inMemory(Row.sortedBuffer(shuffled));
        SortedRun file = spill(shuffled)) {
      assertThat(Row.readAll(memory.cursor(null, null)).equals(sorted)).as("in memory").isTrue();
      assertThat(Row.readAll(file.cursor(null, null)).equals(sorted)).as("in a file").isTrue();
    }
    int third = shuffled.size() / 3;
    try (SortedRun one = spill(shuffled.subList(0, third));
        SortedRun two = SortedRun.inMemory(Row.sortedBuffer(shuffled.subList(third, 2 * third)));
        SortedRun three = spill(shuffled.subList(2 * third, shuffled.size()));
        SortedRun merged =
            SortedRun.spill(nextFile(), MergeCursor.over(List.of(one, two, three), null, null))) {
      assertThat(Row.readAll(merged.cursor(null, null)).equals(sorted)).as("merged").isTrue();
    }
  }

  private SortedRun spill(List<Row> rows) throws IOException {
    RowBuffer buffer = Row.sortedBuffer(rows);
    return SortedRun.spill(nextFile(), buffer.cursor());
  }

  private Path nextFile() {
    files++;
    return folder.resolve("run-" + files);
  }
}
