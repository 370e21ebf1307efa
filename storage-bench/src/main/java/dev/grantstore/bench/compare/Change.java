package dev.grantstore.bench.compare;

import dev.grantstore.bench.result.Metric;
import dev.grantstore.bench.statistics.RatioInterval;
import org.jspecify.annotations.Nullable;

/**
 * One figure of one cell, twice.
 *
 * @param question what was asked and how
 * @param outcome {@code all}, {@code hit} or {@code miss}
 * @param firstEngine the engine on the first side
 * @param secondEngine the engine on the second side
 * @param metric which figure
 * @param first the middle of the first side's forks
 * @param second the middle of the second side's forks
 * @param firstForks how many forks the first side has
 * @param secondForks how many the second side has
 * @param rounds how many rounds have a fork of each side beside the other; 0 for separate runs
 * @param wholeForks how many forks, or rounds, count: of the side that has fewer, without those
 *     that were cut short
 * @param ratio second by first; of interleaved forks the middle of the rounds' ratios, so not
 *     exactly {@code second / first}
 * @param mannWhitneyP p of the Mann-Whitney test over all forks
 * @param signedRankP p of the signed-rank test over the rounds; null for separate runs
 * @param correctedP p that the verdict uses: of the one test, or twice the smaller of the two, and
 *     then corrected over all figures compared at once
 * @param limit what is tolerated
 * @param floor how far equal things lay apart in an A/A measurement; null where there was none
 * @param verdict what can be said
 * @param claimedAlone whether a difference would be claimed if nothing else had been compared
 * @param reason why it is inconclusive; empty otherwise
 */
public record Change(
    String question,
    String outcome,
    String firstEngine,
    String secondEngine,
    Metric metric,
    double first,
    double second,
    int firstForks,
    int secondForks,
    int rounds,
    int wholeForks,
    RatioInterval ratio,
    double mannWhitneyP,
    @Nullable Double signedRankP,
    double correctedP,
    Limit limit,
    @Nullable Limit floor,
    Verdict verdict,
    boolean claimedAlone,
    String reason) {

  /** {@return the question, with its outcome where there are two} */
  public String name() {
    return name(question, outcome);
  }

  /** {@return whether the figure went into the direction that is worse for it, however far} */
  boolean isWorse() {
    return metric.higherIsBetter() ? ratio.ratio() < 1 : ratio.ratio() > 1;
  }

  /** {@return the same, of which nothing can be said} */
  Change unclear(String why) {
    return new Change(
        question,
        outcome,
        firstEngine,
        secondEngine,
        metric,
        first,
        second,
        firstForks,
        secondForks,
        rounds,
        wholeForks,
        ratio,
        mannWhitneyP,
        signedRankP,
        correctedP,
        limit,
        floor,
        Verdict.INCONCLUSIVE,
        claimedAlone,
        why);
  }

  /** {@return how sure it is that the first is the faster} */
  public Certainty certainty() {
    return Certainty.of(this);
  }

  static String name(String question, String outcome) {
    return outcome.equals("all") ? question : question + " " + outcome;
  }

  /** {@return how much the figure rose, in percent; negative where it fell} */
  public double deltaPercent() {
    return percent(ratio.ratio());
  }

  /** {@return the lower end of its interval, in percent} */
  public double lowPercent() {
    return percent(ratio.low());
  }

  /** {@return the upper end of its interval, in percent} */
  public double highPercent() {
    return percent(ratio.high());
  }

  /** {@return whether the interval rules out a change for the worse that is beyond the limit} */
  public boolean rulesOutWorse() {
    if (wholeForks < VerdictRule.LEAST_FORKS) {
      return false;
    }
    return metric.higherIsBetter()
        ? ratio.low() >= 1 / limit.factor()
        : ratio.high() <= limit.factor();
  }

  private static double percent(double factor) {
    return 100 * (factor - 1);
  }

  /** How sure it is that the first of two is the faster: {@link VerdictRule} in fewer words. */
  public enum Certainty {
    /** Claimed, whatever else was compared in the run. */
    SURE("sure"),
    /** It would be claimed if nothing else had been compared. */
    ALONE("taken alone"),
    /** Any difference there may be is within the limit. */
    SAME("no difference"),
    /** The figures scatter too much to say. */
    UNTOLD("not told apart"),
    /** The forks are too few to say anything. */
    TOO_FEW("too few forks to say");

    private final String words;

    Certainty(String words) {
      this.words = words;
    }

    static Certainty of(Change change) {
      return switch (change.verdict()) {
        case WORSE -> SURE;
        // It was picked by all its forks and is judged by the rounds that both have.
        case BETTER -> UNTOLD;
        case NO_CHANGE -> SAME;
        case INCONCLUSIVE ->
            change.wholeForks() < VerdictRule.LEAST_FORKS
                ? TOO_FEW
                : change.claimedAlone() && change.isWorse() ? ALONE : UNTOLD;
      };
    }

    /** {@return as every report prints it} */
    public String words() {
      return words;
    }
  }
}
