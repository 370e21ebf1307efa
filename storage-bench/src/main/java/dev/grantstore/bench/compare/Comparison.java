package dev.grantstore.bench.compare;

import dev.grantstore.bench.result.CellSeries;
import dev.grantstore.bench.result.Metric;
import dev.grantstore.bench.result.RunResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Two measurements held against each other, figure by figure.
 *
 * @param first which measurement came first, in words
 * @param second which came second
 * @param interleaved whether the forks of both ran beside each other, round by round
 * @param unlike in what they are unlike, a line each; empty if they can be compared
 * @param changes every figure that both have
 * @param notComparable the figures that were asked for and are not in every fork of both, a line
 *     each
 * @param powerless why no change could be claimed whatever the figures were: too few forks for so
 *     many figures, or no figure at all; empty if one could be
 * @param notes what a reader should know besides
 */
public record Comparison(
    String first,
    String second,
    boolean interleaved,
    List<String> unlike,
    List<Change> changes,
    List<String> notComparable,
    String powerless,
    List<String> notes) {

  /** Copies the lists. */
  public Comparison {
    unlike = List.copyOf(unlike);
    changes = List.copyOf(changes);
    notComparable = List.copyOf(notComparable);
    notes = List.copyOf(notes);
  }

  /**
   * {@return two runs compared: cells of the same engine and question}
   *
   * @param first the earlier run
   * @param second the later run
   * @param terms what to compare by
   * @throws IllegalArgumentException if a limit is for something that the first run did not measure
   */
  public static Comparison of(RunResult first, RunResult second, Terms terms) {
    List<CellPair> pairs = CellPair.sameEngines(first, second);
    List<String> unlike = new ArrayList<>(Likeness.ofRuns(first, second));
    first.engines().stream()
        .filter(engine -> pairs.stream().anyMatch(p -> p.first().engine().equals(engine.name())))
        .forEach(engine -> unlike.addAll(Likeness.ofEngines(engine, second.engine(engine.name()))));
    Changes changes = new Changes(terms, NoiseFloor.of(List.of(first, second)));
    List<String> notes = new Notes(first, second).of(pairs, terms);
    return whole(
        name(first), name(second), false, unlike, pairs, measured(first), changes, terms, notes);
  }

  /**
   * {@return two engines of one run compared: cells of the same question}
   *
   * @param run holds both
   * @param first an engine's name in the run
   * @param second another
   * @param terms what to compare by
   * @throws IllegalArgumentException if the run has no such engine, or a limit is for something it
   *     did not measure
   */
  public static Comparison within(RunResult run, String first, String second, Terms terms) {
    List<CellPair> pairs = CellPair.ofEngines(run, first, second);
    List<String> unlike = Likeness.ofEngines(run.engine(first), run.engine(second));
    boolean floorIsWhatIsCompared = second.equals(first + NoiseFloor.AGAIN);
    List<RunResult> floorFrom = floorIsWhatIsCompared ? List.of() : List.of(run);
    Changes changes = new Changes(terms, NoiseFloor.of(floorFrom));
    List<String> notes = new Notes(run, run).of(pairs, terms);
    boolean interleaved = run.method().forks() > 0;
    return whole(first, second, interleaved, unlike, pairs, measured(run), changes, terms, notes);
  }

  /**
   * {@return two builds of one run compared: cells of the same engine and question}
   *
   * @param run in which {@link Builds} took turns
   * @param terms what to compare by
   * @throws IllegalArgumentException if a limit is for something that was not measured, or a metric
   *     is one that taking turns makes worthless
   */
  public static Comparison ofBuilds(RunResult run, Terms terms) {
    checkOfBuilds(terms);
    List<CellPair> pairs = Builds.pairs(run);
    List<String> unlike = new ArrayList<>();
    pairs.stream()
        .map(pair -> pair.first().engine())
        .distinct()
        .forEach(
            base ->
                unlike.addAll(Likeness.ofEngines(run.engine(base), run.engine(Builds.now(base)))));
    Changes changes = new Changes(terms, NoiseFloor.of(List.of(run)));
    List<String> notes = new Notes(run, run).of(pairs, terms);
    return whole("base", "this build", true, unlike, pairs, measured(run), changes, terms, notes);
  }

  /**
   * Refuses metrics that taking turns makes worthless.
   *
   * @param terms what two builds are to be compared by
   * @throws IllegalArgumentException if one is
   */
  public static void checkOfBuilds(Terms terms) {
    List<Metric> blurred = terms.metrics().stream().filter(Builds.BLURRED::contains).toList();
    if (!blurred.isEmpty()) {
      throw new IllegalArgumentException(
          "forks of two builds take turns, so their rates and means cannot be compared: "
              + blurred.stream().map(PrimaryMetric::name).toList());
    }
  }

  /** {@return the same with other changes, and why no other could be claimed} */
  Comparison with(List<Change> other, String why) {
    return new Comparison(first, second, interleaved, unlike, other, notComparable, why, notes);
  }

  /** Nothing can be said of names where something failed: it may be what they are of. */
  private static List<CellSeries> measured(RunResult run) {
    return run.failures().isEmpty() ? run.cells() : List.of();
  }

  private static Comparison whole(
      String first,
      String second,
      boolean interleaved,
      List<String> unlike,
      List<CellPair> pairs,
      List<CellSeries> measured,
      Changes changes,
      Terms terms,
      List<String> notes) {
    List<String> all = new ArrayList<>(unlike);
    pairs.forEach(pair -> all.addAll(Likeness.ofCells(pair.first(), pair.second())));
    if (!measured.isEmpty()) {
      terms.limits().checkAllNamed(measured);
    }
    List<Change> found = changes.of(pairs, interleaved);
    return new Comparison(
        first,
        second,
        interleaved,
        all.stream().distinct().toList(),
        found,
        changes.notComparable(),
        Power.lack(found),
        notes);
  }

  /** {@return the changes with that verdict} */
  List<Change> changes(Verdict verdict) {
    return changes.stream().filter(change -> change.verdict() == verdict).toList();
  }

  private static String name(RunResult run) {
    return Optional.of(run.tag()).filter(tag -> !tag.isEmpty()).map(tag -> tag + ", ").orElse("")
        + run.startedAt();
  }
}
