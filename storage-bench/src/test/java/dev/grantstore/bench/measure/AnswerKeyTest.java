package dev.grantstore.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** A key that keeps two numbers says of each question what one with an array of them says. */
final class AnswerKeyTest {
  private static final int MOST = 5;

  @Test
  void questionsAnsweredAlikeAreThoseOfFilledArrays() {
    for (int questions = 0; questions <= MOST; questions++) {
      for (int firstMiss = 0; firstMiss <= questions; firstMiss++) {
        long[] answers = new long[questions];
        Arrays.fill(answers, 0, firstMiss, 7);
        Arrays.fill(answers, firstMiss, questions, 9);
        long[] rows = new long[questions];
        Arrays.fill(rows, 0, firstMiss, 3);

        assertSame(
            AnswerKey.alike(questions, firstMiss, 7, 9, 3),
            new AnswerKey(answers, rows, firstMiss));
      }
    }
  }

  @Test
  void otherAnswersLeaveTheRows() {
    AnswerKey key = new AnswerKey(new long[] {1, 2, 3, 4}, new long[] {5, 6, 7, 0}, 3);

    assertSame(
        key.withAnswers(8, 9), new AnswerKey(new long[] {8, 8, 8, 9}, new long[] {5, 6, 7, 0}, 3));
    assertThat(key.meanRows()).isEqualTo(6);
    assertThat(AnswerKey.alike(4, 3, 1, 0, 11).meanRows()).isEqualTo(11);
    assertThat(AnswerKey.alike(4, 0, 1, 0, 11).meanRows()).isZero();
  }

  @Test
  void whatDoesNotFitIsRefused() {
    for (int firstMiss : new int[] {-1, 3}) {
      assertThatThrownBy(() -> AnswerKey.alike(2, firstMiss, 1, 0, 1))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("questions=2 firstMiss=" + firstMiss);
      assertThatThrownBy(() -> new AnswerKey(new long[2], new long[2], firstMiss))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> new AnswerKey(new long[2], new long[3], 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static void assertSame(AnswerKey key, AnswerKey expected) {
    assertThat(key.size()).isEqualTo(expected.size());
    assertThat(key.firstMiss()).isEqualTo(expected.firstMiss());
    assertThat(key.meanRows()).isEqualTo(expected.meanRows());
    for (int question = 0; question < expected.size(); question++) {
      assertThat(key.answer(question)).isEqualTo(expected.answer(question));
      assertThat(key.rows(question)).isEqualTo(expected.rows(question));
    }
  }
}
