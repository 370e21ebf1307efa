package dev.grantstore.sort;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantstore.sort.RowArbitraries.Shape;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;

@Domain(RowArbitraries.class)
@Domain(DomainContext.Global.class)
final class RowSortProperties {

  @Property(seed = "1", tries = 500)
  void sortsLikeAComparator(@ForAll @Size(max = 120) List<Row> rows) throws IOException {
    assertSortsLikeAComparator(rows);
  }

  @Property(seed = "2", tries = 150)
  void sortsManyRowsOfEveryShape(@ForAll Shape shape, @ForAll @IntRange(max = 3000) int count)
      throws IOException {
    assertSortsLikeAComparator(RowArbitraries.manyRows(count, shape, count));
  }

  @Property(seed = "3", tries = 100)
  void keepsRowsAppendedInOrder(@ForAll @Size(max = 60) List<Row> rows) throws IOException {
    List<Row> inOrder = new ArrayList<>(rows);
    Collections.sort(inOrder);
    assertSortsLikeAComparator(inOrder);
  }

  @Property(seed = "4", tries = 100)
  void sortsReversedRows(@ForAll @Size(max = 60) List<Row> rows) throws IOException {
    List<Row> reversed = new ArrayList<>(rows);
    reversed.sort(Collections.reverseOrder());
    assertSortsLikeAComparator(reversed);
  }

  private static void assertSortsLikeAComparator(List<Row> rows) throws IOException {
    List<Row> expected = new ArrayList<>(rows);
    Collections.sort(expected);
    assertThat(Row.readAll(Row.sortedBuffer(rows).cursor())).isEqualTo(expected);
  }
}
