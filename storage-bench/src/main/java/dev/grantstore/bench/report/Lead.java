package dev.grantstore.bench.report;

import dev.grantstore.bench.compare.Change;
import dev.grantstore.bench.compare.Change.Certainty;
import dev.grantstore.bench.report.Benchmark.Bar;
import dev.grantstore.bench.result.CellResult;
import dev.grantstore.bench.result.Metric;
import dev.grantstore.bench.result.RunResult.CellFailure;
import dev.grantstore.bench.result.RunResult.NotApplicable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Which engine is ahead in a benchmark, by how much, and how sure that is, in words.
 *
 * @param benchmark which
 * @param others against those that stand behind the first, in order; empty where there are none
 */
record Lead(Benchmark benchmark, List<Behind> others) {

  /**
   * The first against another.
   *
   * @param store the slower one
   * @param change from the first to the other
   * @param isTie whether all forks of both pass down to the one limit of memory
   */
  record Behind(Bar store, Change change, boolean isTie) {
    /** {@return whether there is a difference to speak of} */
    boolean isDifference() {
      return change.certainty() == Certainty.SURE || change.certainty() == Certainty.ALONE;
    }

    String times() {
      return Units.times(change.ratio().ratio());
    }

    boolean isOfLimits() {
      return change.metric() == Metric.SMALLEST_LIMIT_MIB;
    }

    /** {@return what stands before the ratio} */
    String before() {
      return isOfLimits() ? change.secondEngine() + " needs " : change.firstEngine() + " is ";
    }

    /** {@return what stands behind it} */
    String after() {
      return isOfLimits()
          ? " the memory of " + change.firstEngine()
          : " as fast as " + change.secondEngine();
    }

    /** {@return how the two stand, in a sentence} */
    String words() {
      return isTie()
          ? String.format(
              Locale.ROOT,
              "%s and %s pass down to the same limit",
              change.firstEngine(),
              change.secondEngine())
          : before() + times() + interval() + after();
    }

    /** {@return how sure the ratio is; empty where there are too few forks to say} */
    String interval() {
      return change.certainty() == Certainty.TOO_FEW
          ? ""
          : String.format(
              Locale.ROOT,
              " (%s to %s)",
              Units.times(change.ratio().low()),
              Units.times(change.ratio().high()));
    }
  }

  static Lead of(Benchmark benchmark) {
    List<Behind> others = new ArrayList<>();
    for (Bar bar : benchmark.stores()) {
      benchmark
          .standing()
          .lead(bar.engine())
          .ifPresent(
              change ->
                  others.add(new Behind(bar, change, benchmark.standing().isTied(bar.engine()))));
    }
    return new Lead(benchmark, others);
  }

  /** {@return how often which engine is ahead} */
  static String summary(List<Lead> leads) {
    Map<String, Integer> wins = new LinkedHashMap<>();
    int undecided = 0;
    int alone = 0;
    for (Lead lead : leads) {
      if (!lead.isComparison()) {
        alone++;
      } else if (lead.others.stream().allMatch(Behind::isDifference)) {
        wins.merge(lead.first() + lead.isFastest(), 1, Integer::sum);
      } else {
        undecided++;
      }
    }
    List<String> parts = new ArrayList<>();
    wins.entrySet().stream()
        .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
        .forEach(
            win -> parts.add(String.format(Locale.ROOT, "%s in %d", win.getKey(), win.getValue())));
    if (undecided > 0) {
      parts.add(String.format(Locale.ROOT, "%d undecided", undecided));
    }
    if (alone > 0) {
      parts.add(String.format(Locale.ROOT, "%d without a comparison", alone));
    }
    return String.format(
        Locale.ROOT, "Of %s: %s.", Units.count(leads.size(), "question"), String.join("; ", parts));
  }

  boolean isComparison() {
    return !others.isEmpty() && benchmark.holdsSameGrants();
  }

  /** {@return the engine that the headline is about; empty where it is about none} */
  String first() {
    return benchmark.stores().isEmpty() || !benchmark.holdsSameGrants()
        ? ""
        : benchmark.stores().get(0).engine();
  }

  private boolean isClaimed() {
    return benchmark.standing().isFastest(first());
  }

  private String isFastest() {
    return (isOfLimits() ? " needs least memory" : " is fastest")
        + (isClaimed() ? "" : ", taken alone");
  }

  private boolean isOfLimits() {
    return benchmark.standing().metric() == Metric.SMALLEST_LIMIT_MIB;
  }

  /** {@return the others that pass down to the same limit of memory as the first} */
  private List<String> tied() {
    return others.stream().filter(Behind::isTie).map(other -> other.store().engine()).toList();
  }

  private boolean isTooFew() {
    return others.stream().allMatch(other -> other.change().certainty() == Certainty.TOO_FEW);
  }

  /** What is asked is the least limit that passes: who has it is not the fastest. */
  private String headlineOfLimits() {
    String least = benchmark.drawn(others.get(0).change().first());
    List<String> tied = tied();
    if (tied.isEmpty()) {
      return isTooFew()
          ? String.format(
              Locale.ROOT,
              " passed with the least memory here, %s, but there are too few forks to say that it"
                  + " needs least.",
              least)
          : String.format(
              Locale.ROOT, "%s: it passes with %s.", isClaimed() ? isFastest() : isAhead(), least);
    }
    boolean needMore =
        tied.size() < others.size()
            && others.stream().filter(other -> !other.isTie()).allMatch(Behind::isDifference);
    return String.format(
        Locale.ROOT,
        " and %s pass down to the same limit, %s: a tie%s.",
        String.join(", ", tied),
        least,
        needMore ? "; the others need more" : "");
  }

  private String isAhead() {
    return others.stream().allMatch(Behind::isDifference)
        ? isFastest()
        : " needs least memory here, which is not told apart from chance";
  }

  /** {@return what is said first, after the name of the first engine} */
  String headline() {
    if (benchmark.stores().isEmpty()) {
      return benchmark.isOfLimits()
          ? "No store passed with one of the limits in every fork."
          : "No store was measured.";
    }
    if (!benchmark.holdsSameGrants()) {
      return "Not compared: the engines do not hold the same grants (digests differ).";
    }
    if (others.isEmpty()) {
      return String.format(
          Locale.ROOT,
          " alone: %s. Nothing to compare it with.",
          benchmark.drawn(benchmark.stores().get(0).figure()));
    }
    if (isOfLimits()) {
      return headlineOfLimits();
    }
    if (isTooFew()) {
      return " was fastest here, but there are too few forks to say that it is.";
    }
    List<String> level =
        others.stream()
            .filter(other -> !other.isDifference())
            .map(other -> other.store().engine())
            .toList();
    if (level.isEmpty()) {
      return isFastest() + ".";
    }
    // Of several that cannot be told apart the first is first by chance.
    return (level.size() == others.size() ? " is" : " is ahead, but")
        + " not told apart from "
        + String.join(", ", level)
        + ".";
  }

  /** {@return what stands behind the ratio to another engine} */
  String detail(Behind behind) {
    Bar first = benchmark.stores().get(0);
    Unit unit = Unit.of(behind.change().metric());
    int firstForks = first.figure().forks().size();
    int otherForks = behind.store().figure().forks().size();
    return String.format(
        Locale.ROOT,
        "%s against %s; n = %s forks; by %s%s",
        unit.words(behind.change().first()),
        unit.words(behind.change().second()),
        firstForks == otherForks ? firstForks : firstForks + " and " + otherForks,
        behind.change().metric().unit(),
        behind.change().reason().isEmpty() ? "" : "; " + behind.change().reason());
  }

  /** {@return how an engine stands in a table of all benchmarks} */
  String glance(String engine) {
    if (!isComparison()) {
      return "";
    }
    if (benchmark.standing().isTied(engine)) {
      return "1 (tie)";
    }
    if (first().equals(engine)) {
      return isClaimed() ? (isOfLimits() ? "1 (least memory)" : "1 (fastest)") : "1";
    }
    return others.stream()
        .filter(other -> other.store().engine().equals(engine))
        .findFirst()
        .map(
            other ->
                other.change().certainty() == Certainty.SURE
                    ? other.times()
                    : other.times() + " " + other.change().certainty().words())
        .orElse("");
  }

  /** {@return what to know besides, a sentence each} */
  List<String> caveats(View view) {
    List<String> sentences = new ArrayList<>();
    if (isComparison()) {
      caveat("Cut short", CellResult::interrupted, sentences);
      caveat("Rate not steady", Measured::isUnsteady, sentences);
      caveat("Could not keep up with the rate", Measured::isMissed, sentences);
    }
    List<String> compared = benchmark.stores().stream().map(Bar::engine).toList();
    for (NotApplicable what : view.result().notApplicable()) {
      if (what.question().equals(benchmark.cell())) {
        sentences.add(
            String.format(Locale.ROOT, "Not applicable to %s: %s.", what.engine(), what.reason()));
      }
    }
    String absent =
        benchmark.engines().stream()
            .filter(measured -> !measured.isHarness())
            .map(Measured::engine)
            .filter(engine -> !compared.contains(engine))
            .collect(Collectors.joining(", "));
    if (!absent.isEmpty()) {
      sentences.add(
          (benchmark.isOfLimits()
                  ? "Not compared, because a fork passed with none of the limits: "
                  : "Not compared, because a fork has no such figure: ")
              + absent
              + ".");
    }
    for (CellFailure failure : view.result().failures()) {
      if (failure.question().equals(benchmark.cell())) {
        sentences.add(View.words(failure));
      }
    }
    return sentences;
  }

  private void caveat(String words, Predicate<CellResult> holds, List<String> sentences) {
    String engines =
        benchmark.stores().stream()
            .map(Bar::measured)
            .filter(measured -> measured.forks(holds) > 0)
            .map(
                measured ->
                    String.format(
                        Locale.ROOT,
                        "%s in %d of %s",
                        measured.engine(),
                        measured.forks(holds),
                        Units.count(measured.series().forks().size(), "fork")))
            .collect(Collectors.joining("; "));
    if (!engines.isEmpty()) {
      sentences.add(words + ": " + engines + ".");
    }
  }
}
