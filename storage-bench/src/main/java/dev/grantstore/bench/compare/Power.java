package dev.grantstore.bench.compare;

import java.util.List;
import java.util.Locale;

/**
 * Whether a comparison could claim anything at all. The tests are of ranks: few forks have few
 * orders, so p cannot fall below a bound that the numbers of forks alone decide, and Holm
 * multiplies the least p of all by the number of figures. Where that product is not below {@link
 * VerdictRule#LEVEL} for any figure, no regression would be reported however bad it is.
 */
final class Power {
  private Power() {}

  /** {@return why nothing can be claimed; empty if something could} */
  static String lack(List<Change> changes) {
    if (changes.isEmpty()) {
      return "this comparison cannot claim anything: no figure can be compared";
    }
    int most = changes.stream().mapToInt(Power::forks).max().orElse(0);
    if (most < VerdictRule.LEAST_FORKS) {
      return String.format(
          Locale.ROOT,
          "this comparison cannot claim anything: forks=%d, at least %d are needed",
          most,
          VerdictRule.LEAST_FORKS);
    }
    double least =
        changes.stream()
            .filter(change -> forks(change) >= VerdictRule.LEAST_FORKS)
            .mapToDouble(Power::leastP)
            .min()
            .orElse(1);
    if (least * changes.size() < VerdictRule.LEVEL) {
      return "";
    }
    return String.format(
        Locale.ROOT,
        "this comparison cannot claim anything: %d forks carry %d figures at once, and there are %d"
            + " (p is at least %.4f for each); make more forks, or limit fewer figures",
        most,
        (int) Math.ceil(VerdictRule.LEVEL / least) - 1,
        changes.size(),
        least);
  }

  /** {@return the least p, not corrected, that any figures of so many forks can have} */
  static double leastP(Change change) {
    double orders = 1;
    for (int i = 1; i <= change.firstForks(); i++) {
      orders *= (double) (change.secondForks() + i) / i;
    }
    double mannWhitney = Math.min(1, 2 / orders);
    return change.rounds() == 0
        ? mannWhitney
        : Math.min(1, 2 * Math.min(mannWhitney, Math.pow(2, 1.0 - change.rounds())));
  }

  private static int forks(Change change) {
    return change.rounds() > 0
        ? change.rounds()
        : Math.min(change.firstForks(), change.secondForks());
  }
}
