package dev.grantstore.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DurationsTest {
  @ParameterizedTest
  @CsvSource({
    "10s, PT10S",
    "500ms, PT0.5S",
    "2m, PT2M",
    "1.5m, PT1M30S",
    "1h, PT1H",
    "1h30m, PT1H30M",
    "8H, PT8H",
    "250us, PT0.00025S",
    "0, PT0S",
    "0s, PT0S",
    "' 3S ', PT3S"
  })
  void parses(String text, Duration expected) {
    assertThat(Durations.parse(text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "PT0S, 0.0 s",
    "PT0.049S, 0.0 s",
    "PT1.25S, 1.3 s",
    "PT1M59.9S, 119.9 s",
    "PT2M, 2 min 0 s",
    "PT2M5.999S, 2 min 5 s",
    "PT1H2M3S, 62 min 3 s"
  })
  void isShown(Duration time, String text) {
    assertThat(Durations.text(time)).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "10",
        "s",
        "-1s",
        "1 s",
        "1d",
        "1e3s",
        "0.0000000001s",
        "999999999999h",
        "1h30",
        "1h 30m",
        "soon"
      })
  void refuses(String text) {
    assertThatThrownBy(() -> Durations.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }
}
