package dev.grantstore.bench.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantstore.bench.measure.Halt;
import dev.grantstore.bench.measure.Operation;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

final class InjectedDelayTest {
  private static final Pattern WORDS =
      Pattern.compile(
          "(\\d+) ns after each operation, whose median is (\\d+) ns: (\\d+) rounds of ([\\d.]+) ns");

  @Test
  void isThePartOfTheMedianThatWasAskedFor() {
    Matcher words = WORDS.matcher(measured(50).toString());

    assertThat(words.matches()).isTrue();
    double delay = Double.parseDouble(words.group(1));
    double median = Double.parseDouble(words.group(2));
    double round = Double.parseDouble(words.group(4));
    assertThat(Math.abs(delay - median / 2)).isLessThanOrEqualTo(1 + round / 2);
    assertThat(Integer.parseInt(words.group(3))).isPositive();
  }

  @Test
  void leavesAnswersAsTheyAre() {
    Operation prolonged = measured(50).after(question -> question * 7L);

    assertThat(prolonged.ask(6)).isEqualTo(42);
    assertThat(prolonged.ask(0)).isZero();
  }

  @Test
  void theLeastPartRoundsToNone() {
    assertThat(measured(Double.MIN_VALUE)).asString().startsWith("0 ns ").contains(": 0 rounds of");
  }

  private static InjectedDelay measured(double percent) {
    Halt soon = new Halt();
    int[] asked = {0};
    Operation slow =
        question -> {
          if (++asked[0] == 3_000) {
            soon.request();
          }
          long x = question;
          for (int i = 0; i < 2_000; i++) {
            x = x * 31 + i;
          }
          return x;
        };
    return InjectedDelay.measured(percent, slow, 5, soon);
  }
}
