package dev.grantstore.bench.compare;

import dev.grantstore.bench.result.CellSeries;
import dev.grantstore.bench.result.Metric;
import dev.grantstore.bench.result.RunResult;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How the engines of a run stand in one outcome of one question, by {@link PrimaryMetric} and
 * {@link VerdictRule}. Tables and pages say what stands here and nothing else.
 *
 * <p>p is corrected over every pair of engines in every question: the fastest is picked by the same
 * figures that it is then judged by, so every pair was asked. The engine that does nothing takes no
 * part, nor does a second look at the same engine ({@link NoiseFloor}). Of a run of two {@link
 * Builds} each engine is held against itself only.
 *
 * @param question what was asked and how
 * @param outcome {@code all}, {@code hit} or {@code miss}
 * @param metric what they are compared by: the same for all of them
 * @param engines those that have the figure in every fork, best first; none where the others hold
 *     other grants
 * @param lead the first of them against each of the others, in their order
 * @param tied those of them of which every fork has the one least limit of memory that every fork
 *     of the first has: limits are few, so that is no chance, and none comes first; none if it is
 *     the first alone
 */
public record Standing(
    String question,
    String outcome,
    Metric metric,
    List<String> engines,
    List<Change> lead,
    List<String> tied) {
  /** Gives ready-made answers, so it takes no part. */
  private static final String NULL_SCHEME = "null";

  /** Copies the lists. */
  public Standing {
    engines = List.copyOf(engines);
    lead = List.copyOf(lead);
    tied = List.copyOf(tied);
  }

  /**
   * {@return where each engine stands in each question of a run, in the run's order}
   *
   * @param run any
   */
  public static List<Standing> of(RunResult run) {
    List<Standing> standings = new ArrayList<>();
    List<Changes.Asked> pairs = new ArrayList<>();
    for (List<CellSeries> asked : run.questions().values()) {
      for (String outcome : outcomes(asked)) {
        Standing standing = of(run, asked, outcome);
        standings.add(standing);
        pairs.addAll(standing.pairs(asked, Builds.areIn(run)));
      }
    }
    Changes changes = new Changes(Terms.USUAL, NoiseFloor.of(List.of(run)));
    List<Change> all = changes.ofAsked(pairs, run.method().forks() > 0);
    return standings.stream().map(standing -> standing.withLead(all)).toList();
  }

  /**
   * {@return where the engines stand in an outcome of a question}
   *
   * @param standings of a run
   * @param question as {@link CellSeries#question}
   * @param outcome of the question
   * @throws IllegalArgumentException if the run did not ask it
   */
  public static Standing in(List<Standing> standings, String question, String outcome) {
    return standings.stream()
        .filter(s -> s.question.equals(question) && s.outcome.equals(outcome))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("not asked: " + question + " " + outcome));
  }

  /**
   * {@return how the fastest stands against another; empty for the fastest itself, for one that
   * takes no part, and where there is no other}
   *
   * @param engine the other
   */
  public Optional<Change> lead(String engine) {
    return lead.stream().filter(change -> change.secondEngine().equals(engine)).findFirst();
  }

  /**
   * {@return whether the engine is the fastest, and that is claimed against all others}
   *
   * @param engine any
   */
  public boolean isFastest(String engine) {
    return isFirst(engine) && lead.stream().allMatch(c -> c.verdict() == Verdict.WORSE);
  }

  /**
   * {@return whether the engine's figure is the best, be that chance or not, and there are others}
   *
   * @param engine any
   */
  public boolean isFirst(String engine) {
    return !lead.isEmpty() && engines.get(0).equals(engine);
  }

  /**
   * {@return whether the engine's limit of memory is the smallest in every fork, and another's is
   * the same}
   *
   * @param engine any
   */
  public boolean isTied(String engine) {
    return tied.contains(engine);
  }

  private static Set<String> outcomes(List<CellSeries> asked) {
    Set<String> outcomes = new LinkedHashSet<>();
    asked.forEach(cell -> outcomes.addAll(cell.outcomes()));
    return outcomes;
  }

  private static Standing of(RunResult run, List<CellSeries> asked, String outcome) {
    List<CellSeries> part =
        asked.stream()
            .filter(cell -> !NoiseFloor.isAgain(cell.engine()) && !isNull(run, cell.engine()))
            .toList();
    Metric metric = PrimaryMetric.of(part, outcome);
    Comparator<CellSeries> best =
        Comparator.comparingDouble(
            cell -> PrimaryMetric.estimate(cell, outcome, metric).orElseThrow().value());
    List<String> engines =
        part.stream()
            .filter(cell -> Changes.isThere(PrimaryMetric.estimate(cell, outcome, metric)))
            .sorted(metric.higherIsBetter() ? best.reversed() : best)
            .map(CellSeries::engine)
            .toList();
    boolean sameGrants =
        engines.stream().map(name -> run.engine(name).fixture().digest()).distinct().count() <= 1;
    return new Standing(
        asked.get(0).question(),
        outcome,
        metric,
        sameGrants ? engines : List.of(),
        List.of(),
        sameGrants && metric == Metric.SMALLEST_LIMIT_MIB
            ? tied(engines, part, outcome)
            : List.of());
  }

  private static List<String> tied(List<String> engines, List<CellSeries> part, String outcome) {
    Map<String, List<Double>> limits = new LinkedHashMap<>();
    for (String engine : engines) {
      PrimaryMetric.estimate(cell(part, engine), outcome, Metric.SMALLEST_LIMIT_MIB)
          .ifPresent(limit -> limits.put(engine, limit.forks().stream().distinct().toList()));
    }
    List<String> tied =
        limits.entrySet().stream()
            .filter(of -> of.getValue().size() == 1)
            .filter(of -> of.getValue().equals(limits.get(engines.get(0))))
            .map(Map.Entry::getKey)
            .toList();
    return tied.size() > 1 ? tied : List.of();
  }

  /**
   * {@return whether an engine gives ready-made answers, so that it is no store to choose}
   *
   * @param run holds it
   * @param engine its name
   */
  public static boolean isNull(RunResult run, String engine) {
    return engine.equals(NULL_SCHEME)
        || run.engines().stream()
            .anyMatch(e -> e.name().equals(engine) && e.facts().scheme().equals(NULL_SCHEME));
  }

  /**
   * {@return how many pairs of the engines are compared}
   *
   * @param ofBuilds whether each engine is held against itself only
   */
  public long pairs(boolean ofBuilds) {
    return behind(ofBuilds).values().stream().mapToLong(List::size).sum();
  }

  /** {@return which engines each is compared with, of those that stand behind it} */
  private Map<String, List<String>> behind(boolean ofBuilds) {
    Map<String, List<String>> behind = new LinkedHashMap<>();
    for (int i = 0; i < engines.size(); i++) {
      String ahead = engines.get(i);
      behind.put(
          ahead,
          engines.subList(i + 1, engines.size()).stream()
              .filter(other -> !ofBuilds || Builds.now(other).equals(Builds.now(ahead)))
              .toList());
    }
    return behind;
  }

  private List<Changes.Asked> pairs(List<CellSeries> asked, boolean ofBuilds) {
    List<Changes.Asked> pairs = new ArrayList<>();
    behind(ofBuilds)
        .forEach(
            (ahead, others) -> {
              for (String other : others) {
                CellPair cells = new CellPair(cell(asked, ahead), cell(asked, other));
                pairs.add(new Changes.Asked(cells, outcome, metric));
              }
            });
    return pairs;
  }

  private static CellSeries cell(List<CellSeries> asked, String engine) {
    return asked.stream().filter(c -> c.engine().equals(engine)).findFirst().orElseThrow();
  }

  private Standing withLead(List<Change> all) {
    List<Change> of =
        all.stream()
            .filter(change -> change.question().equals(question))
            .filter(change -> change.outcome().equals(outcome))
            .filter(change -> change.firstEngine().equals(engines.get(0)))
            .toList();
    return new Standing(question, outcome, metric, engines, of, tied);
  }
}
