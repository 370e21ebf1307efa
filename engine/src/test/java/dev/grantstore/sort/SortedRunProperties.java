package dev.grantstore.sort;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantstore.sort.RowArbitraries.Shape;
import java.io.IOException;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;
import net.jqwik.api.lifecycle.AfterProperty;

@Domain(RowArbitraries.class)
@Domain(DomainContext.Global.class)
final class SortedRunProperties {
  private final TempFiles files = new TempFiles();

  @AfterProperty
  void deleteFolder() throws IOException {
    files.close();
  }

  @Property(seed = "1", tries = 300)
  void rangesOfAnInMemoryRun(
      @ForAll @Size(max = 40) List<Row> rows, @ForAll Row from, @ForAll Row to) throws IOException {
    try (SortedRun run = SortedRun.inMemory(Row.sortedBuffer(rows))) {
      assertRanges(run, rows, from.key(), to.key());
    }
  }

  @Property(seed = "2", tries = 300)
  void rangesOfASpilledRun(@ForAll @Size(max = 40) List<Row> rows, @ForAll Row from, @ForAll Row to)
      throws IOException {
    try (SortedRun run = files.spill(rows)) {
      assertRanges(run, rows, from.key(), to.key());
    }
  }

  @Property(seed = "3", tries = 26)
  void rangesAcrossBlocks(
      @ForAll Shape shape, @ForAll @IntRange(max = 5999) int a, @ForAll @IntRange(max = 5999) int b)
      throws IOException {
    List<Row> rows = RowArbitraries.manyRows(6000, shape, a);
    try (SortedRun run = files.spill(rows)) {
      assertRanges(run, rows, rows.get(a).key(), rows.get(b).key());
    }
  }

  private static void assertRanges(SortedRun run, List<Row> rows, String from, String to)
      throws IOException {
    List<Row> all = rows.stream().sorted().toList();
    assertThat(run.rows()).isEqualTo(rows.size());
    assertThat(Row.readAll(run.cursor(null, null))).isEqualTo(all);
    assertThat(Row.readAll(run.cursor(Row.bytes(from), Row.bytes(to))))
        .isEqualTo(Row.inRange(all, from, to));
    assertThat(Row.readAll(run.cursor(Row.bytes(from), null)))
        .isEqualTo(all.stream().filter(row -> row.key().compareTo(from) >= 0).toList());
    assertThat(Row.readAll(run.cursor(null, Row.bytes(to))))
        .isEqualTo(all.stream().filter(row -> row.key().compareTo(to) < 0).toList());
  }
}
