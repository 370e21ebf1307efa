package dev.grantstore.tool;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class TerminalTest {
  @Test
  void coloursAreForTerminalsThatHaveThemAndPeopleWhoWantThem() {
    Map<String, String> able = Map.of("TERM", "xterm-256color", "NO_COLOR", "");

    assertThat(Terminal.hasColours(true, able)).isTrue();
    assertThat(Terminal.hasColours(false, able)).isFalse();
    assertThat(Terminal.hasColours(true, Map.of("TERM", "xterm", "NO_COLOR", "1"))).isFalse();
    assertThat(Terminal.hasColours(true, Map.of("TERM", "dumb"))).isFalse();
    assertThat(Terminal.hasColours(true, Map.of())).isFalse();
  }

  @Test
  void whoSaysHowWideTheTerminalIsIsBelieved() {
    assertThat(Terminal.columns(Map.of("COLUMNS", "57"))).isEqualTo(57);
    assertThat(Terminal.columns(Map.of("COLUMNS", "wide"))).isGreaterThanOrEqualTo(20);
  }
}
