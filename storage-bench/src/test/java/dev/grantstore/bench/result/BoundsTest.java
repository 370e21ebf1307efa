package dev.grantstore.bench.result;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantstore.bench.result.CellResult.KeyCount;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.Test;

/** Which figures a result may hold, at both sides of every bound. */
final class BoundsTest {
  @Test
  void figuresAreNumbersAndNotNegative() {
    for (double good : new double[] {0, -0.0, Double.MIN_VALUE, 1, Double.MAX_VALUE}) {
      Bounds.notNegative("a", good);
    }
    for (double bad :
        new double[] {
          -Double.MIN_VALUE, -1, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY
        }) {
      refused(() -> Bounds.notNegative("a", bad)).withMessageContaining("a: must not be negative");
      refused(() -> Bounds.positive("a", bad));
    }
    Bounds.positive("a", Double.MIN_VALUE);
    refused(() -> Bounds.positive("a", 0)).withMessage("a: must be over 0");
    refused(() -> Bounds.positive("a", -0.0));
  }

  @Test
  void countsAreNotNegative() {
    Bounds.notNegative("a", 0L);
    Bounds.notNegative("a", Long.MAX_VALUE);
    Bounds.notNegative("a", Map.of("b", 0L));
    refused(() -> Bounds.notNegative("a", -1L)).withMessage("a: must not be negative: -1");
    refused(() -> Bounds.notNegative("a", Long.MIN_VALUE));
    refused(() -> Bounds.notNegative("a", Map.of("b", 0L, "c", -1L))).withMessageContaining("a.c");
  }

  @Test
  void figuresBelowZeroAreNumbers() {
    Bounds.finite("a", -Double.MAX_VALUE);
    Bounds.finite("a", Map.of("b", -1.0));
    for (double bad :
        new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
      refused(() -> Bounds.finite("a", bad));
      refused(() -> Bounds.finite("a", Map.of("b", bad))).withMessageContaining("a.b");
    }
  }

  @Test
  void timesAreOfOurDays() {
    Bounds.recent("a", Instant.EPOCH);
    Bounds.recent("a", Instant.parse("9999-12-30T23:59:59.999999999Z"));
    refused(() -> Bounds.recent("a", Instant.EPOCH.minusNanos(1)));
    refused(() -> Bounds.recent("a", Instant.parse("9999-12-31T00:00:00Z")));
    refused(() -> Bounds.recent("a", Instant.MAX));
  }

  @Test
  void durationsAreFromNothingToAYear() {
    Bounds.atMostAYear("a", Duration.ZERO);
    Bounds.atMostAYear("a", Duration.ofDays(365));
    refused(() -> Bounds.atMostAYear("a", Duration.ofNanos(-1)));
    refused(() -> Bounds.atMostAYear("a", Duration.ofDays(365).plusNanos(1)));
    refused(() -> Bounds.atMostAYear("a", Duration.ofSeconds(Long.MAX_VALUE)));
  }

  @Test
  void listsHoldSomething() {
    Bounds.notEmpty("a", List.of(1));
    refused(() -> Bounds.notEmpty("a", List.of()));
  }

  /** A key takes 16 KiB of a cache. */
  @Test
  void keysFitACacheThatHasABlockForEach() {
    long block = 16_384;
    for (long present : new long[] {0, 1, 5, 6, 1L << 40}) {
      for (long asked : new long[] {0, 1, 5, 6, 1L << 33}) {
        for (long blocks : new long[] {0, 1, 5, 6, 1L << 33}) {
          for (long less : new long[] {0, 1}) {
            long cache = blocks * block - less;
            boolean fits = asked > 0 && asked < present && asked * block <= cache;
            assertThat(new KeyCount(asked, 0, present).fitsCache(cache)).isEqualTo(fits);
            assertThat(new KeyCount(0, asked, present).missesFitCache(cache)).isEqualTo(fits);
            assertThat(new KeyCount(0, asked, present).fitsCache(cache)).isFalse();
            assertThat(new KeyCount(asked, 0, present).missesFitCache(cache)).isFalse();
          }
        }
      }
    }
  }

  private static ThrowableAssertAlternative<IllegalArgumentException> refused(
      ThrowingCallable call) {
    return Assertions.assertThatIllegalArgumentException().isThrownBy(call);
  }
}
