package dev.grantstore.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

final class TextTableTest {
  @Test
  void textStandsLeftAndNumbersRight() {
    TextTable table = new TextTable(1, List.of("name", "ns"));
    table.add(List.of("a", "1"));
    table.add(List.of("longer", "1,000"));

    assertThat(table.render())
        .isEqualTo("name       ns\n------  -----\na           1\nlonger  1,000\n");
  }

  @Test
  void rowOfAnotherLengthIsRefused() {
    TextTable table = new TextTable(1, List.of("name", "ns"));

    assertThatThrownBy(() -> table.add(List.of("a"))).hasMessageContaining("cells=1 columns=2");
  }
}
