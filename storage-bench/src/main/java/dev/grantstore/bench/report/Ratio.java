package dev.grantstore.bench.report;

import dev.grantstore.bench.compare.Change;
import dev.grantstore.bench.compare.Change.Certainty;
import dev.grantstore.bench.compare.Standing;
import dev.grantstore.bench.report.Style.Tone;
import dev.grantstore.bench.result.Metric;
import dev.grantstore.bench.result.RunResult;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** How many times as long as the fastest an engine takes, as {@link Standing} has it. */
final class Ratio {
  /** The words of the fastest itself. */
  private static final String FASTEST = "fastest";

  /** Marks what is not claimed. */
  private static final String UNSURE = "~";

  private final List<Standing> standings;
  private boolean unsure;

  Ratio(RunResult result) {
    standings = Standing.of(result);
  }

  /** {@return the ratio; nothing where there is nothing to compare with} */
  String words(Question question, Answer answer) {
    Standing standing = standing(question);
    String engine = answer.series().engine();
    if (standing.isFirst(engine)) {
      return marked(standing.isFastest(engine), FASTEST);
    }
    Optional<Change> lead = standing.lead(engine);
    return lead.map(c -> marked(c.certainty() == Certainty.SURE, Numbers.ratio(c.ratio().ratio())))
        .orElse(Numbers.NOTHING);
  }

  /** {@return how the words are painted} */
  Tone tone(Question question, Answer answer) {
    return standing(question).isFastest(answer.series().engine()) ? Tone.GOOD : Tone.NEUTRAL;
  }

  /** {@return what the words mean, in lines below the table; empty where there are none} */
  String legend() {
    Map<Metric, List<String>> names = new EnumMap<>(Metric.class);
    for (Standing standing : standings) {
      if (!standing.lead().isEmpty()) {
        names
            .computeIfAbsent(standing.metric(), any -> new ArrayList<>())
            .add(standing.lead().get(0).name());
      }
    }
    List<String> parts = new ArrayList<>();
    names.forEach(
        (metric, of) ->
            parts.add(
                String.format(Locale.ROOT, "%s of %s", metric.unit(), String.join(", ", of))));
    String by = parts.isEmpty() ? "" : "vs fastest: by " + String.join("; by ", parts) + "\n";
    return by
        + (unsure
            ? "~ not claimed: too few forks, figures that scatter, or too many pairs at once; the page (--html) says which\n"
            : "");
  }

  private Standing standing(Question question) {
    return Standing.in(standings, question.cell(), question.outcome());
  }

  private String marked(boolean sure, String words) {
    unsure |= !sure;
    return sure ? words : UNSURE + words;
  }
}
