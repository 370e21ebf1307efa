package dev.grantstore.bench.report.html;

import dev.grantstore.bench.statistics.Bootstrap;
import dev.grantstore.bench.statistics.MannWhitney;
import dev.grantstore.bench.statistics.RatioInterval;
import java.util.Locale;

/** How sure a difference between two engines is. */
enum Certainty {
  /** The interval leaves out 1, and a rank test finds the forks apart. */
  SURE("sure", "sure"),
  /** The interval leaves out 1, but the rank test does not exclude chance. */
  LIKELY("likely", "likely"),
  /** The interval holds 1. */
  NOT_SHOWN("no difference shown", "same"),
  /** Fewer forks than an interval needs, or some cut short. */
  TOO_FEW("too few forks to say", "few");

  private static final double LEVEL = 0.05;

  private final String words;
  private final String style;

  Certainty(String words, String style) {
    this.words = words;
    this.style = style;
  }

  static Certainty of(Contender leader, Contender other, RatioInterval ratio) {
    if (!leader.isEnough() || !other.isEnough()) {
      return TOO_FEW;
    }
    if (ratio.low() <= 1) {
      return NOT_SHOWN;
    }
    double p = MannWhitney.pValue(leader.figure().values(), other.figure().values());
    return p < LEVEL ? SURE : LIKELY;
  }

  /** {@return whether there is a difference to speak of} */
  boolean isDifference() {
    return this == SURE || this == LIKELY;
  }

  String words() {
    return words;
  }

  Element badge() {
    return Element.styled("span", "badge " + style).text(words);
  }

  /** {@return what the words on the page mean} */
  static String legend() {
    return String.format(
        Locale.ROOT,
        "Sure: the %.0f %% interval of the ratio leaves out 1, and a Mann-Whitney test over the"
            + " forks gives p below 0.05. Likely: the interval leaves out 1, but by that test the"
            + " forks may lie apart by chance. No difference shown: the interval holds 1. Too few"
            + " forks to say: fewer than %d, or one was cut short. Nothing is corrected for the number of questions: of twenty, one"
            + " may be off by chance.",
        Bootstrap.CONFIDENCE_PERCENT,
        Bootstrap.LEAST_VALUES);
  }
}
