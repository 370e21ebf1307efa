package dev.grantstore.equivalence.concurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grantstore.equivalence.replay.ReplaySyntaxException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is no such file is refused with its place, and not taken for another. */
final class ConcurrentReplayTest {
  private static final String WHOLE =
      """
      #! equiv-concurrent 1
      # a remark
      seed 7
      id a = "g"
      sync S0 = "s"
      1 startSync sync=S0
      lane 1
      2 get sync=S0 id=a
      lane 2
      3 drop sync=S0
      schedule 4:2 9:1
      expect no-legal-order
      """;

  @Test
  void comesBackFromItsText() {
    ConcurrentReplay whole = ConcurrentReplay.parse(WHOLE);

    assertThat(whole.text()).isEqualTo(WHOLE);
    assertThat(whole.program().lanes()).hasSize(2);
    assertThat(whole.expected()).contains("no-legal-order");
    assertThat(ConcurrentReplay.parse("\ufeff" + WHOLE.replace("\n", "\r\n"))).isEqualTo(whole);
    assertThat(ConcurrentReplay.isOne("\ufeff" + WHOLE)).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "#! equiv-concurrent 1|#! equiv-concurrent 2|1:1: first line is not",
        "# a remark|#! equiv-concurrent 1|2:1: another replay file begins",
        "# a remark|x #! equiv-concurrent 1|2:3: another replay file begins",
        "lane 2|lane 3|9:1: lanes are numbered from 1",
        "lane 2|lane|9:1: neither \"lane NUMBER\"",
        "lane 2|lane two|9:1: neither \"lane NUMBER\"",
        "lane 2|lane 2~lane 3|13:1: a lane does nothing",
        "schedule 4:2 9:1|schedule 4:2 9|11:1: not DECISION:LANE: 9",
        "schedule 4:2 9:1|schedule 4:2 ^[2J|11:1: not DECISION:LANE: \\u001b[2J",
        "schedule 4:2 9:1|schedule 4:2 -9:1|11:1: not DECISION:LANE",
        "schedule 4:2 9:1|schedule 4:2 99999999999:1|11:1: not DECISION:LANE",
        "schedule 4:2 9:1|schedule 4:2 9:0|11:1: not a decision and a lane",
        "schedule 4:2 9:1|schedule 4:2 9:3|schedule has a lane",
        "schedule 4:2 9:1|schedule 4:2 4:1|11:1: decision stands twice",
        "schedule 4:2 9:1|schedule 4:2~schedule|12:1: schedule stands twice",
        "expect no-legal-order|expect no-legal|12:1: neither",
        "expect no-legal-order|expect pass|12:1: neither",
        "expect no-legal-order|expect fail O1/get/missing-row|12:1: neither",
        "expect no-legal-order|expect legal~expect legal|13:1: file goes on after expect",
        "expect no-legal-order|expect legal~schedule 4:2|13:1: file goes on after expect",
        "expect no-legal-order|expect legal~lane 3|13:1: file goes on after expect",
        "expect no-legal-order|expect legal~4 get sync=S0 id=a|13:1: file goes on after expect",
        "expect no-legal-order|# nothing|13:1: file was cut",
        "3 drop sync=S0|3 drop sync=S1|10:",
        "3 drop sync=S0|3 crash|not to be done in such a program: crash",
        "1 startSync sync=S0|1 reopen|not to be done in such a program: reopen",
        "# a remark|# ^|2:3: file is damaged",
      })
  void whatIsNotSuchAFileIsRefusedWithItsPlace(String line, String instead, String message) {
    String text =
        WHOLE.replaceFirst("(?m)^" + line + "$", instead.replace('~', '\n').replace('^', '\u001b'));
    assertThat(text).isNotEqualTo(WHOLE);

    assertThatThrownBy(() -> ConcurrentReplay.parse(text))
        .isInstanceOf(ReplaySyntaxException.class)
        .hasMessageContaining(message)
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\u001b"));
  }

  @Test
  void whatIsLeftOfACutFileIsRefused() {
    for (int length = 0; length < WHOLE.length() - 1; length++) {
      String cut = WHOLE.substring(0, length);
      assertThatThrownBy(() -> ConcurrentReplay.parse(cut))
          .as(cut)
          .isInstanceOf(ReplaySyntaxException.class);
    }
  }
}
