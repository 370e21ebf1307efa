package dev.grantstore.bench.report;

import dev.grantstore.bench.result.CellResult;
import dev.grantstore.bench.result.CellResult.Latency;
import dev.grantstore.bench.result.CellResult.Outcome;
import dev.grantstore.bench.result.CellSeries;
import dev.grantstore.bench.result.CellSeries.Estimate;
import dev.grantstore.bench.result.Metric;
import dev.grantstore.bench.statistics.Bootstrap;
import dev.grantstore.bench.statistics.Median;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What one engine did with one question, as far as it had one outcome.
 *
 * @param series the engine's cell
 * @param cells of the forks that had the outcome, at least one
 * @param outcomes the outcome in each of them
 */
record Answer(CellSeries series, List<CellResult> cells, List<Outcome> outcomes) {

  /** Takes a percentile, which may not be known, from the distribution. */
  interface Percentile {
    @Nullable Long of(Latency latency);
  }

  /** {@return the answer, unless no fork had the outcome} */
  static Optional<Answer> of(CellSeries series, String outcome) {
    List<CellResult> cells =
        series.forks().stream()
            .map(fork -> fork.cell())
            .filter(cell -> cell.outcomes().stream().anyMatch(o -> o.name().equals(outcome)))
            .toList();
    List<Outcome> outcomes =
        cells.stream()
            .map(
                cell ->
                    cell.outcomes().stream()
                        .filter(o -> o.name().equals(outcome))
                        .findFirst()
                        .orElseThrow())
            .toList();
    return cells.isEmpty() ? Optional.empty() : Optional.of(new Answer(series, cells, outcomes));
  }

  /** {@return how many forks measured it} */
  int forks() {
    return cells.size();
  }

  /** {@return the middle of the forks} */
  double middle(ToDoubleFunction<Outcome> figure) {
    return Median.of(outcomes.stream().mapToDouble(figure).toArray());
  }

  /** {@return the middle of the forks, of a figure of the whole cell} */
  double middleOfCells(ToDoubleFunction<CellResult> figure) {
    return Median.of(cells.stream().mapToDouble(figure).toArray());
  }

  /** {@return the middle of the forks; empty where one of them does not know} */
  OptionalDouble percentile(Percentile percentile) {
    return percentile(outcomes.stream().map(Outcome::latency).toList(), percentile);
  }

  /** {@return the same of response times; empty in a closed loop} */
  OptionalDouble response(Percentile percentile) {
    boolean open = outcomes.stream().allMatch(o -> o.response() != null);
    if (!open) {
      return OptionalDouble.empty();
    }
    return percentile(outcomes.stream().flatMap(Answer::response).toList(), percentile);
  }

  /** {@return the longest operation of all forks} */
  double maxNanos() {
    return outcomes.stream().mapToDouble(o -> o.latency().maxNanos()).max().orElse(0);
  }

  /** {@return the interval of a figure; empty where there are too few forks to say} */
  Optional<Estimate> interval(Metric metric) {
    String outcome = outcomes.get(0).name();
    return series.estimates().stream()
        .filter(e -> e.metric() == metric && e.outcome().equals(outcome))
        .filter(e -> e.forks().size() >= Bootstrap.LEAST_VALUES)
        .findFirst();
  }

  private static Stream<Latency> response(Outcome outcome) {
    return Stream.ofNullable(outcome.response());
  }

  private static OptionalDouble percentile(List<Latency> forks, Percentile percentile) {
    double[] known =
        forks.stream()
            .map(percentile::of)
            .filter(Objects::nonNull)
            .mapToDouble(Long::doubleValue)
            .toArray();
    return known.length < forks.size()
        ? OptionalDouble.empty()
        : OptionalDouble.of(Median.of(known));
  }
}
