package dev.grantstore.bench.report.html;

import dev.grantstore.bench.result.CellSeries;
import dev.grantstore.bench.result.CellSettings;
import dev.grantstore.bench.result.CellSettings.KeyDistribution;
import dev.grantstore.bench.result.CellSettings.Temperature;
import dev.grantstore.bench.result.RunResult;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * One question of the run, with all engines that were asked it.
 *
 * @param number its place in the run, from 1
 * @param name as {@link CellSeries#question}
 * @param engines in the run's order; at least one
 */
record Question(int number, String name, List<CellSeries> engines) {

  /** {@return the questions of a run, in its order} */
  static List<Question> of(RunResult result) {
    List<Question> questions = new ArrayList<>();
    result
        .questions()
        .forEach(
            (name, engines) -> questions.add(new Question(questions.size() + 1, name, engines)));
    return questions;
  }

  static boolean hasOutcome(CellSeries series, String outcome) {
    return series.outcomes().contains(outcome);
  }

  String benchmark() {
    return engines.get(0).benchmark();
  }

  /** {@return what is asked, and what of the conditions is not as usual} */
  String title() {
    return String.join(", ", titleParts());
  }

  private List<String> titleParts() {
    CellSettings settings = settings();
    List<String> parts = new ArrayList<>();
    parts.add(engines.get(0).title());
    if (settings.threads() > 1) {
      parts.add(Units.count(settings.threads(), "thread"));
    }
    if (settings.temperature() != Temperature.WARM) {
      parts.add(settings.temperature().word());
    }
    if (settings.distribution() != KeyDistribution.UNIFORM) {
      parts.add(settings.distribution().word());
    }
    if (settings.isOpenLoop()) {
      parts.add("at " + Units.perSecond(settings.ratePerSecond(), "ops"));
    }
    return parts;
  }

  CellSettings settings() {
    return engines.get(0).settings();
  }

  /** {@return the outcomes that any engine has} */
  Set<String> outcomes() {
    Set<String> names = new LinkedHashSet<>();
    engines.forEach(series -> names.addAll(series.outcomes()));
    return names;
  }

  /** {@return the title, with the outcome where hits and misses are apart} */
  String title(String outcome) {
    return title() + suffix(outcome);
  }

  /** {@return the title without the conditions, with the outcome} */
  String plainTitle(String outcome) {
    return engines.get(0).title() + suffix(outcome);
  }

  private static String suffix(String outcome) {
    return outcome.equals("all") ? "" : String.format(Locale.ROOT, " (%s)", outcome);
  }

  /** {@return how it was asked, in a few words each} */
  List<String> conditions() {
    CellSettings settings = settings();
    List<String> words = new ArrayList<>();
    words.add(Units.count(settings.threads(), "thread"));
    words.add(settings.temperature().word());
    words.add(settings.distribution().word() + " keys");
    words.add(
        settings.isOpenLoop()
            ? "open loop, " + Units.perSecond(settings.ratePerSecond(), "ops")
            : "closed loop");
    return words;
  }
}
