package dev.grantstore.sort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.grantstore.sort.RowArbitraries.Shape;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;
import net.jqwik.api.lifecycle.AfterProperty;

@Domain(RowArbitraries.class)
@Domain(DomainContext.Global.class)
final class MergeCursorProperties {
  private final TempFiles files = new TempFiles();

  @AfterProperty
  void deleteFolder() throws IOException {
    files.close();
  }

  @Property(seed = "1", tries = 500)
  void mergesLikeASortOfAllRows(
      @ForAll @Size(max = 9) List<@Size(max = 25) List<Row>> parts,
      @ForAll Row from,
      @ForAll Row to)
      throws IOException {
    assertMerges(parts, from.key(), to.key());
  }

  @Property(seed = "2", tries = 60)
  void mergesManyRowsOfEveryShape(@ForAll Shape shape, @ForAll @IntRange(min = 1, max = 11) int k)
      throws IOException {
    List<Row> rows = RowArbitraries.manyRows(4000, shape, k);
    List<List<Row>> parts = new ArrayList<>();
    for (int i = 0; i < k; i++) {
      parts.add(rows.subList(rows.size() * i / k, rows.size() * (i + 1) / k));
    }
    assertMerges(parts, rows.get(17).key(), rows.get(99).key());
  }

  @Example
  void nothingToMerge() throws IOException {
    RowCursor cursor = MergeCursor.over(List.of(), null, null);

    assertThat(cursor.next()).isFalse();
    assertThat(cursor.next()).isFalse();
    assertThatIllegalStateException().isThrownBy(cursor::keyArray);
  }

  @Example
  void endStaysTheEnd() throws IOException {
    try (SortedRun a = SortedRun.inMemory(Row.sortedBuffer(List.of(Row.of("a", 1))));
        SortedRun b = SortedRun.inMemory(Row.sortedBuffer(List.of(Row.of("b", 1))))) {
      RowCursor cursor = MergeCursor.over(List.of(b, a), null, null);

      assertThat(Row.readAll(cursor)).containsExactly(Row.of("a", 1), Row.of("b", 1));
      assertThat(cursor.next()).isFalse();
      assertThatIllegalStateException().isThrownBy(cursor::sequence);
    }
  }

  private void assertMerges(List<List<Row>> parts, String from, String to) throws IOException {
    List<SortedRun> runs = new ArrayList<>();
    try {
      for (List<Row> part : parts) {
        runs.add(
            runs.size() % 2 == 0 ? files.spill(part) : SortedRun.inMemory(Row.sortedBuffer(part)));
      }
      List<Row> all = parts.stream().flatMap(List::stream).sorted().toList();
      assertThat(Row.readAll(MergeCursor.over(runs, null, null))).isEqualTo(all);
      assertThat(Row.readAll(MergeCursor.over(runs, Row.bytes(from), Row.bytes(to))))
          .isEqualTo(Row.inRange(all, from, to));
    } finally {
      for (SortedRun run : runs) {
        run.close();
      }
    }
  }
}
