package dev.grantstore.sort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.grantstore.sort.RowArbitraries.Shape;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;
import net.jqwik.api.lifecycle.AfterProperty;

@Domain(RowArbitraries.class)
@Domain(DomainContext.Global.class)
final class SplitPointsProperties {
  private final TempFiles files = new TempFiles();

  @AfterProperty
  void deleteFolder() throws IOException {
    files.close();
  }

  @Property(seed = "1", tries = 36)
  void partsHaveEveryRowOnceInOrder(
      @ForAll Shape shape, @ForAll @IntRange(min = 1, max = 9) int parts) throws IOException {
    List<Row> rows = RowArbitraries.manyRows(6000, shape, parts);
    try (SortedRun spilled = files.spill(rows.subList(0, 3500));
        SortedRun inMemory = SortedRun.inMemory(Row.sortedBuffer(rows.subList(3500, 6000)))) {
      List<List<Row>> found = readParts(List.of(spilled, inMemory), parts);

      assertThat(found).hasSizeLessThanOrEqualTo(parts);
      assertThat(found.stream().flatMap(List::stream).toList())
          .isEqualTo(rows.stream().sorted().toList());
      assertThat(found).noneMatch(List::isEmpty);
    }
  }

  @Example
  void partsAreAboutEqual() throws IOException {
    List<Row> rows = RowArbitraries.manyRows(100_000, Shape.GRANTS, 3);
    try (SortedRun spilled = files.spill(rows.subList(0, 70_000));
        SortedRun inMemory = SortedRun.inMemory(Row.sortedBuffer(rows.subList(70_000, 100_000)))) {
      List<List<Row>> found = readParts(List.of(spilled, inMemory), 4);

      assertThat(found).hasSize(4);
      assertThat(found).allSatisfy(part -> assertThat(part).hasSizeBetween(20_000, 30_000));
    }
  }

  @Example
  void rowsAfterOneLargeKeyAreStillShared() throws IOException {
    List<Row> rows =
        Stream.concat(
                IntStream.range(0, 6000).mapToObj(i -> Row.of("a", i)),
                RowArbitraries.manyRows(6000, Shape.GRANTS, 3).stream())
            .toList();
    try (SortedRun run = SortedRun.inMemory(Row.sortedBuffer(rows))) {
      assertThat(readParts(List.of(run), 4))
          .hasSize(4)
          .allSatisfy(part -> assertThat(part).hasSizeGreaterThan(1500));
    }
  }

  @Example
  void fewRowsAreNotSplit() throws IOException {
    List<Row> rows = RowArbitraries.manyRows(2047, Shape.GRANTS, 3);
    try (SortedRun run = SortedRun.inMemory(Row.sortedBuffer(rows))) {
      assertThat(SplitPoints.choose(List.of(run), 8)).isEmpty();
    }
  }

  @Example
  void equalKeysAreNotSplit() throws IOException {
    List<Row> rows = RowArbitraries.manyRows(5000, Shape.ALL_EQUAL, 3);
    try (SortedRun run = SortedRun.inMemory(Row.sortedBuffer(rows))) {
      assertThat(SplitPoints.choose(List.of(run), 8)).isEmpty();
    }
  }

  @Example
  void nothingIsNotSplit() {
    assertThat(SplitPoints.choose(List.of(), 8)).isEmpty();
    assertThatIllegalArgumentException().isThrownBy(() -> SplitPoints.choose(List.of(), 0));
  }

  private static List<List<Row>> readParts(List<SortedRun> runs, int parts) throws IOException {
    List<byte[]> keys = SplitPoints.choose(runs, parts);
    List<List<Row>> found = new ArrayList<>();
    for (int i = 0; i <= keys.size(); i++) {
      byte[] from = i == 0 ? null : keys.get(i - 1);
      byte[] to = i == keys.size() ? null : keys.get(i);
      found.add(Row.readAll(MergeCursor.over(runs, from, to)));
    }
    return found;
  }
}
