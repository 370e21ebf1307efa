package dev.grantstore.bench.measure;

import dev.grantstore.bench.result.CellResult.Steadiness;
import dev.grantstore.bench.result.CellResult.Steadiness.Verdict;
import java.util.List;

/**
 * Fits a straight line through the rates of the windows. The rate is steady when the line is almost
 * level and the windows lie close to it.
 */
public final class SteadinessCheck {
  /** The line may rise or fall by this much of the mean from the first window to the last. */
  static final double DRIFT_LIMIT_PERCENT = 10;

  /** The windows may lie this far from the line (one standard deviation). */
  static final double SPREAD_LIMIT_PERCENT = 10;

  private static final int LEAST_WINDOWS = 4;

  /** A slope below this many times its own standard error is noise, not drift. */
  private static final double SIGNIFICANT_SLOPE = 2;

  private SteadinessCheck() {}

  /**
   * {@return whether the rate stayed the same}
   *
   * @param rates one per window, in order
   */
  public static Steadiness of(List<Double> rates) {
    int n = rates.size();
    double mean = rates.stream().mapToDouble(Double::doubleValue).average().orElse(0);
    if (n < LEAST_WINDOWS || mean <= 0) {
      return new Steadiness(Verdict.TOO_SHORT, 0, 0);
    }
    double middle = (n - 1) / 2.0;
    double xx = 0;
    double xy = 0;
    for (int i = 0; i < n; i++) {
      xx += (i - middle) * (i - middle);
      xy += (i - middle) * (rates.get(i) - mean);
    }
    double slope = xy / xx;
    double residuals = 0;
    for (int i = 0; i < n; i++) {
      double residual = rates.get(i) - mean - slope * (i - middle);
      residuals += residual * residual;
    }
    double spread = Math.sqrt(residuals / (n - 2));
    double drift = slope * (n - 1);
    boolean significant = Math.abs(slope) > SIGNIFICANT_SLOPE * spread / Math.sqrt(xx);
    return new Steadiness(
        verdict(100 * drift / mean, 100 * spread / mean, significant),
        100 * drift / mean,
        100 * spread / mean);
  }

  private static Verdict verdict(double driftPercent, double spreadPercent, boolean significant) {
    if (significant && Math.abs(driftPercent) > DRIFT_LIMIT_PERCENT) {
      return Verdict.DRIFTING;
    }
    return spreadPercent > SPREAD_LIMIT_PERCENT ? Verdict.UNEVEN : Verdict.STEADY;
  }
}
