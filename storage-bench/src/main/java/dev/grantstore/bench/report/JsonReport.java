package dev.grantstore.bench.report;

import dev.grantstore.bench.compare.Change;
import dev.grantstore.bench.compare.Standing;
import dev.grantstore.bench.result.Metric;
import dev.grantstore.bench.result.ResultJson;
import dev.grantstore.bench.result.RunResult;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A result as JSON, with what follows from its figures: the verdicts that tables and page print.
 * Whoever reads it again leaves them out and works them out anew.
 */
public final class JsonReport {
  private JsonReport() {}

  /**
   * How the engines stand in one outcome of one question.
   *
   * @param question what was asked and how
   * @param outcome {@code all}, {@code hit} or {@code miss}
   * @param metric what they are compared by
   * @param fastest the engine that is claimed to be it, against each other one; null if none is
   * @param engines best first, be that chance or not
   * @param lead the first of them against each of the others
   */
  record Verdict(
      String question,
      String outcome,
      Metric metric,
      @Nullable String fastest,
      List<String> engines,
      List<Change> lead) {
    static Verdict of(Standing standing) {
      String fastest =
          standing.engines().stream().filter(standing::isFastest).findFirst().orElse(null);
      return new Verdict(
          standing.question(),
          standing.outcome(),
          standing.metric(),
          fastest,
          standing.engines(),
          standing.lead());
    }
  }

  /**
   * {@return the text, ended by a line feed; {@link ResultJson#decode} reads it}
   *
   * @param result any, also one that is not complete
   */
  public static String render(RunResult result) {
    List<Verdict> verdicts = Standing.of(result).stream().map(Verdict::of).toList();
    return ResultJson.encode(result, verdicts);
  }
}
