package dev.grantstore.bench.compare;

import dev.grantstore.bench.result.Metric;
import dev.grantstore.bench.statistics.RatioInterval;
import java.util.Locale;
import java.util.Optional;

/**
 * When a change is claimed. All of these must hold:
 *
 * <ol>
 *   <li>at least {@link #LEAST_FORKS} forks on either side: with fewer, a bootstrap interval is
 *       narrower than it says;
 *   <li>p, corrected by Holm over all figures compared at once, is below {@link #LEVEL};
 *   <li>the whole interval of the ratio lies beyond the limit, and beyond the noise floor where one
 *       was measured, on the same side;
 *   <li>forks of separate runs, which do not share what the machine did meanwhile, ran on a quiet
 *       machine ({@link Quiet}).
 * </ol>
 *
 * <p>No change is said when the whole interval lies within the limit. Everything else is
 * inconclusive.
 *
 * <p>A limit of 5 % means a factor of 1.05 upwards and of 1/1.05 (4.8 %) downwards, so that a
 * change and its undoing are judged alike. The floor is such a factor, too.
 *
 * <p>The interval asks more than the test: a small change that is certain is no claim. The test
 * asks more than the interval where many figures are compared. With few forks p cannot become
 * small: of separate runs it is at least 0.0079 for 5 forks against 5, enough for 6 figures at
 * once. Of interleaved forks two tests are made and the smaller p is doubled, which is at least
 * 0.016 for 5 rounds, enough for 3 figures, and 0.0039 for 10 rounds where only the pairs tell,
 * enough for 12. Where the figures are more than the forks carry, {@link Power} says so.
 *
 * @param metric gives the direction
 * @param ratio second by first
 * @param forks on the side that has fewer; rounds, where forks are interleaved; without those that
 *     were cut short
 * @param corrected p, corrected
 * @param limit what is tolerated
 * @param floor what the machine does between equal things
 * @param breach why a difference cannot be laid to what was measured; empty if it can
 */
record VerdictRule(
    Metric metric,
    RatioInterval ratio,
    int forks,
    double corrected,
    Limit limit,
    Limit floor,
    Optional<String> breach) {
  /** With fewer forks nothing is claimed, no absence of a change either. */
  static final int LEAST_FORKS = 5;

  /** The chance of a false claim among all figures compared at once, if nothing has changed. */
  static final double LEVEL = 0.05;

  /** {@return the verdict} */
  Verdict verdict() {
    if (isWithinLimit() && forks >= LEAST_FORKS) {
      return Verdict.NO_CHANGE;
    }
    if (!reason().isEmpty()) {
      return Verdict.INCONCLUSIVE;
    }
    boolean up = ratio.low() > bound();
    return up == metric.higherIsBetter() ? Verdict.BETTER : Verdict.WORSE;
  }

  /** {@return the rule with another p} */
  VerdictRule withP(double p) {
    return new VerdictRule(metric, ratio, forks, p, limit, floor, breach);
  }

  /** {@return whether a difference is claimed} */
  boolean isClaim() {
    return verdict() == Verdict.BETTER || verdict() == Verdict.WORSE;
  }

  /** {@return why it is inconclusive; empty if it is not} */
  String reason() {
    if (forks < LEAST_FORKS) {
      return String.format(
          Locale.ROOT, "%d whole forks; at least %d are needed", forks, LEAST_FORKS);
    }
    if (isWithinLimit()) {
      return "";
    }
    if (!(ratio.low() > bound() || ratio.high() < 1 / bound())) {
      return bound() > limit.factor()
          ? "the interval is not beyond the noise floor"
          : "the interval is on both sides of the limit";
    }
    if (corrected >= LEVEL) {
      return String.format(Locale.ROOT, "p is not below %.2f: more forks are needed", LEVEL);
    }
    return breach.orElse("");
  }

  private boolean isWithinLimit() {
    return ratio.low() >= 1 / limit.factor() && ratio.high() <= limit.factor();
  }

  private double bound() {
    return Math.max(limit.factor(), floor.factor());
  }
}
