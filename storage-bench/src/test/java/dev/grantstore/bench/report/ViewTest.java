package dev.grantstore.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grantstore.bench.report.Table.Row;
import dev.grantstore.bench.report.Table.Value;
import dev.grantstore.bench.report.Unit.Scale;
import dev.grantstore.bench.result.RunResult;
import dev.grantstore.bench.testengine.Results;
import dev.grantstore.bench.testengine.Runs;
import dev.grantstore.bench.testengine.WideResults;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The view is made once: whatever it says, both printers say. */
final class ViewTest {
  static Stream<RunResult> results() {
    return Stream.of(
        Results.aResult(),
        WideResults.aWideResult(),
        WideResults.anEmptyResult(),
        Variations.ofForks(6),
        Variations.allEqual(),
        Variations.digestsDiffer(),
        Variations.interrupted(),
        Variations.openLoop(),
        Variations.harnessOf(5.5));
  }

  /** Engines are measured in turn forwards and backwards. */
  @Test
  void enginesStandInOneOrderWhicheverWasMeasuredFirst() {
    RunResult run =
        Runs.aRun()
            .cell("rocksdb", "G2", 1)
            .cell("lmdb", "G2", 1)
            .cell("lmdb", "G3", 1)
            .cell("rocksdb", "G3", 1)
            .result();

    for (Benchmark benchmark : View.of(run).benchmarks()) {
      assertThat(benchmark.engines())
          .extracting(Measured::engine)
          .containsExactly("rocksdb", "lmdb");
    }
  }

  @ParameterizedTest
  @MethodSource("results")
  void everySentenceStandsInTextAndOnThePage(RunResult result) {
    View view = View.of(result);
    List<String> sentences = new ArrayList<>(view.method());
    for (Lead lead : view.leads()) {
      sentences.add(lead.headline());
      lead.others().forEach(other -> sentences.add(lead.detail(other)));
      sentences.addAll(lead.caveats(view));
    }
    if (!view.leads().isEmpty()) {
      sentences.add(Lead.summary(view.leads()));
      sentences.add(view.legend());
    }
    result.failures().forEach(failure -> sentences.add(View.words(failure)));
    sentences.addAll(result.warnings());

    assertThat(words(Report.TEXT.render(result))).contains(alike(sentences));
    assertThat(PageText.of(result).text()).contains(alike(sentences));
  }

  @ParameterizedTest
  @MethodSource("results")
  void everyFactStandsInTextAndOnThePage(RunResult result) {
    View view = View.of(result);
    List<String> facts = new ArrayList<>();
    Stream.of(view.machine(), view.engines(), view.grants())
        .flatMap(table -> table.rows().stream())
        .flatMap(row -> row.values().stream())
        .filter(Value::isWords)
        .forEach(value -> facts.add(value.text()));
    for (Benchmark cell : view.cells()) {
      for (Row row : cell.ownFacts().rows()) {
        row.values().stream().filter(v -> !v.isNothing()).forEach(v -> facts.add(v.text()));
      }
    }

    assertThat(words(Report.TEXT.render(result))).contains(alike(facts));
    assertThat(PageText.of(result).text()).contains(alike(facts));
  }

  @ParameterizedTest
  @MethodSource("results")
  void everyFigureStandsOnThePage(RunResult result) {
    String page = PageText.of(result).text();
    for (Benchmark benchmark : View.of(result).benchmarks()) {
      for (Figure figure : Figure.values()) {
        boolean isElsewhere = figure.isOfCell() && !benchmark.isFirst();
        for (Measured measured : benchmark.engines()) {
          Value value = figure.of(measured);
          if (!isElsewhere && !figure.title().isEmpty() && !value.isNothing()) {
            assertThat(page).as("%s %s", benchmark.name(), figure).contains(words(value.text()));
          }
        }
      }
    }
  }

  /** Beside the figures, where nobody looks over it, and with its cause below. */
  @Test
  void memoryThatAJvmDiedWithStandsInTheTableAndOnThePage() {
    RunResult result = Variations.diedAt("128 MiB");

    assertThat(words(Report.TEXT.render(result))).contains("died at 128 MiB", "OutOfMemoryError");
    assertThat(words(Report.SUMMARY.render(result))).contains("died at 128 MiB");
    assertThat(PageText.of(result).text()).contains("died at 128 MiB", "OutOfMemoryError");
    assertThat(View.of(result).benchmarks())
        .allSatisfy(
            benchmark ->
                assertThat(benchmark.engines().get(0).rate().text()).contains("died at 128 MiB"));
  }

  @Test
  void figuresHaveNamesAndHeadsOfTheirOwn() {
    assertThat(Arrays.stream(Figure.values()).map(Figure::title).filter(t -> !t.isEmpty()))
        .doesNotHaveDuplicates();
    assertThat(
            Arrays.stream(Figure.values())
                .map(figure -> figure.head(Scale.MICROS))
                .filter(head -> !head.isEmpty()))
        .doesNotHaveDuplicates();
    assertThat(Figure.values())
        .noneMatch(f -> f.title().isEmpty() && f.head(Scale.NANOS).isEmpty());
  }

  @Test
  void rowOfAnotherLengthIsRefused() {
    List<Row> rows = List.of(Row.fact("name", List.of("a", "b")));

    assertThatThrownBy(() -> Table.ofEngines("title", List.of("one"), rows))
        .hasMessageContaining("cells=2 columns=1");
  }

  private static String[] alike(List<String> texts) {
    return texts.stream().map(ViewTest::words).distinct().toArray(String[]::new);
  }

  /** Lines are broken where they are full, and numbers kept beside their units. */
  private static String words(String text) {
    return text.replaceAll("[\\s\u00a0]+", " ").strip();
  }
}
