package dev.grantstore.bench.cli;

import dev.grantstore.bench.compare.Comparison;
import dev.grantstore.bench.compare.Gate;
import dev.grantstore.bench.compare.Limits;
import dev.grantstore.bench.compare.PrimaryMetric;
import dev.grantstore.bench.compare.Terms;
import dev.grantstore.bench.report.ComparisonReport;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Option;

/** What {@code compare} and {@code gate} have in common. */
final class ComparisonOptions {
  @Option(
      names = "--limit",
      paramLabel = "NAME=PERCENT",
      description =
          "How much NAME may change: a benchmark (G2=5%%), a question ('G2 threads=2=5%%'), one of"
              + " its outcomes ('Check hit=5%%') or everything ('*=10%%'). Repeatable; what has no"
              + " limit is left out. Default: '*=5%%'")
  private List<String> limits = List.of();

  @Option(
      names = "--metric",
      split = ",",
      paramLabel = "NAME",
      description =
          "Figures to compare: ops-per-second, rows-per-second, nanos-per-op, p50-nanos, p95-nanos,"
              + " p99-nanos, p999-nanos, response-p50-nanos, response-p95-nanos, response-p99-nanos,"
              + " cpu-nanos-per-op, allocated-bytes-per-op, peak-rss-bytes,"
              + " resident-bytes-per-store (G10 open), smallest-limit-mib (G8). Default: p50-nanos, or nanos-per-op where"
              + " operations are few; response-p99-nanos of an open loop")
  private List<String> metrics = List.of();

  @Option(
      names = "--anyway",
      description = "Compare also what is unlike; the report then begins by saying so.")
  private boolean anyway;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "text",
      description = "On standard output: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}")
  private Format format = Format.TEXT;

  /** What {@code --format} takes. */
  enum Format {
    /** A table. */
    TEXT {
      @Override
      String render(Comparison comparison) {
        return ComparisonReport.text(comparison);
      }

      @Override
      String render(Gate gate) {
        return ComparisonReport.text(gate);
      }
    },
    /** The comparison as data. */
    JSON {
      @Override
      String render(Comparison comparison) {
        return ComparisonReport.json(comparison);
      }

      @Override
      String render(Gate gate) {
        return ComparisonReport.json(gate);
      }
    },
    /** For the summary of a pull request. */
    MARKDOWN {
      @Override
      String render(Comparison comparison) {
        return ComparisonReport.markdown(comparison);
      }

      @Override
      String render(Gate gate) {
        return ComparisonReport.markdown(gate);
      }
    };

    abstract String render(Comparison comparison);

    abstract String render(Gate gate);

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  Format format() {
    return format;
  }

  /**
   * {@return what to compare by}
   *
   * @throws IllegalArgumentException if an option makes no sense
   */
  Terms terms() {
    return new Terms(
        Limits.parse(limits), metrics.stream().map(PrimaryMetric::named).distinct().toList());
  }

  /**
   * Refuses what is unlike, unless told not to.
   *
   * @throws IllegalArgumentException if it is
   */
  void checkLike(Comparison comparison) {
    if (!anyway && !comparison.unlike().isEmpty()) {
      throw new IllegalArgumentException(
          "results are unlike and cannot be compared (--anyway does it all the same): "
              + String.join("; ", comparison.unlike()));
    }
  }
}
