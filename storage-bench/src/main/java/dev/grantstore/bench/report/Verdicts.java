package dev.grantstore.bench.report;

import dev.grantstore.bench.report.Style.Tone;
import dev.grantstore.bench.result.CellResult;
import dev.grantstore.bench.result.CellResult.HarnessCost;
import dev.grantstore.bench.result.CellResult.Steadiness.Verdict;
import dev.grantstore.bench.result.CellSettings.Schedule;
import dev.grantstore.bench.result.CellSettings.Temperature;
import dev.grantstore.fixture.spec.Quantity;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/** What stands at the end of a row: whether its figures can be used. */
final class Verdicts {
  private Verdicts() {}

  /** {@return the words, most important first} */
  static String words(Answer answer) {
    List<String> words = new ArrayList<>();
    addIf(answer, CellResult::interrupted, "interrupted", words);
    addIf(answer, Verdicts::isMissed, "behind schedule", words);
    addIf(answer, Verdicts::isUnsteady, "not steady", words);
    boolean cold = answer.series().settings().isCold();
    if (cold) {
      words.add(Temperature.COLD.word());
    } else {
      addIf(answer, cell -> verdict(cell) == Verdict.TOO_SHORT, "too short to say", words);
    }
    if (words.isEmpty()) {
      words.add(Verdict.STEADY.words());
    }
    double harness = harnessPercent(answer);
    if (harness > HarnessCost.LIMIT_PERCENT) {
      words.add("harness " + Numbers.short3(harness) + " %");
    }
    if (cold) {
      words.add(disk(answer));
    }
    return String.join(", ", words);
  }

  /** {@return how much the words matter} */
  static Tone tone(Answer answer) {
    boolean doubtful =
        answer.cells().stream()
            .anyMatch(cell -> cell.interrupted() || isMissed(cell) || isUnsteady(cell));
    return doubtful || harnessPercent(answer) > HarnessCost.LIMIT_PERCENT
        ? Tone.DOUBTFUL
        : Tone.NEUTRAL;
  }

  /** {@return what the harness takes of the time, in percent} */
  static double harnessPercent(Answer answer) {
    return answer.middleOfCells(cell -> cell.harness().sharePercent());
  }

  /** {@return whether the store could not keep up with the rate of an open loop} */
  static boolean isMissed(CellResult cell) {
    Schedule schedule = cell.schedule();
    return schedule != null && schedule.isMissed();
  }

  private static void addIf(
      Answer answer, Predicate<CellResult> holds, String word, List<String> words) {
    long forks = answer.cells().stream().filter(holds).count();
    if (forks > 0) {
      boolean all = forks == answer.forks();
      words.add(all ? word : String.format(Locale.ROOT, "%s %d/%d", word, forks, answer.forks()));
    }
  }

  private static Verdict verdict(CellResult cell) {
    return cell.rate().steadiness().verdict();
  }

  private static boolean isUnsteady(CellResult cell) {
    return switch (verdict(cell)) {
      case DRIFTING, UNEVEN -> true;
      case STEADY, TOO_SHORT -> false;
    };
  }

  private static String disk(Answer answer) {
    boolean known =
        answer.cells().stream().map(CellResult::resources).allMatch(r -> r.diskReadBytes() >= 0);
    if (!known) {
      return "disk reads unknown";
    }
    double bytes = answer.middleOfCells(cell -> cell.resources().diskReadBytes());
    return "read " + Quantity.formatBytes(Math.round(bytes)) + " from disk";
  }
}
