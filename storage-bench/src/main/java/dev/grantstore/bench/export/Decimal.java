package dev.grantstore.bench.export;

import java.math.BigDecimal;

/** Writes numbers for programs: all their digits, no exponent, no commas. */
final class Decimal {
  private Decimal() {}

  /** {@return the shortest text that reads back as the same number} */
  static String text(double value) {
    if (value == 0) {
      return "0";
    }
    return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
  }
}
