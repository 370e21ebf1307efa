package dev.grantstore.bench.fork;

import dev.grantstore.bench.result.ForkResult;
import dev.grantstore.bench.result.RunResult.CellFailure;
import org.jspecify.annotations.Nullable;

/**
 * What a fork answered: a result, or why there is none.
 *
 * @param result null where there is none
 * @param failure what went wrong; null where nothing did
 * @param reason the same in a line; empty where nothing went wrong
 */
public record ForkAnswer(
    @Nullable ForkResult result, CellFailure.@Nullable Kind failure, String reason) {

  /**
   * {@return an answer with a result}
   *
   * @param result what was measured
   */
  public static ForkAnswer of(ForkResult result) {
    return new ForkAnswer(result, null, "");
  }

  /**
   * {@return whether asking again would change nothing: it was measured, or an answer was wrong}
   */
  public boolean isFinal() {
    return result != null || failure == CellFailure.Kind.WRONG_ANSWER;
  }

  /**
   * {@return an answer without one}
   *
   * @param kind what went wrong
   * @param reason the same in a line
   */
  public static ForkAnswer failed(CellFailure.Kind kind, String reason) {
    return new ForkAnswer(null, kind, reason);
  }
}
