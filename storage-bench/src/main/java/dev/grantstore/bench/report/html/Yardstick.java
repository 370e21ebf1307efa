package dev.grantstore.bench.report.html;

import dev.grantstore.bench.result.CellSeries;
import dev.grantstore.bench.result.Metric;
import java.util.List;
import java.util.Optional;

/** By which figure the engines are compared in a question. */
enum Yardstick {
  /** For questions whose operations are alike. */
  OPERATIONS("operations per second", true) {
    @Override
    Optional<Figure> figure(CellSeries series, String outcome) {
      return Figure.of(series, outcome, Metric.OPS_PER_SECOND);
    }

    @Override
    String words(double value) {
      return Units.perSecond(value, "ops");
    }
  },
  /** For questions whose answers are lists. */
  ROWS("rows per second", true) {
    @Override
    Optional<Figure> figure(CellSeries series, String outcome) {
      return Figure.of(series, outcome, Metric.ROWS_PER_SECOND);
    }

    @Override
    String words(double value) {
      return Units.perSecond(value, "rows");
    }
  },
  /** For open loops, where the rate is given. */
  RESPONSE("response time that 99\u00a0% do not exceed", false) {
    @Override
    Optional<Figure> figure(CellSeries series, String outcome) {
      return Figure.responseP99(series, outcome);
    }

    @Override
    String words(double value) {
      return Units.nanos(value);
    }
  };

  private final String title;
  private final boolean higherIsBetter;

  Yardstick(String title, boolean higherIsBetter) {
    this.title = title;
    this.higherIsBetter = higherIsBetter;
  }

  /** {@return the best one that every engine of the question has a figure of} */
  static Yardstick of(List<CellSeries> engines, String outcome) {
    boolean open = engines.stream().allMatch(series -> series.settings().isOpenLoop());
    boolean rows =
        engines.stream().allMatch(series -> series.middle().rate().unit().equals("rows"));
    if (open && RESPONSE.fits(engines, outcome)) {
      return RESPONSE;
    }
    return rows && ROWS.fits(engines, outcome) ? ROWS : OPERATIONS;
  }

  abstract Optional<Figure> figure(CellSeries series, String outcome);

  /** {@return a figure with its unit} */
  abstract String words(double value);

  String title() {
    return title;
  }

  boolean higherIsBetter() {
    return higherIsBetter;
  }

  private boolean fits(List<CellSeries> engines, String outcome) {
    return engines.stream()
        .filter(series -> Question.hasOutcome(series, outcome))
        .allMatch(series -> figure(series, outcome).isPresent());
  }
}
