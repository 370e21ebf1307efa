package dev.grantstore.equivalence.testkit;

import dev.grantstore.GrantStoreException;
import dev.grantstore.Reason;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.opentest4j.AssertionFailedError;

/**
 * A failure that says whose it is and which rule is broken: the topics are the same classes for all
 * engines, so that their names alone do not tell.
 */
final class BrokenRuleError extends AssertionFailedError {
  private static final long serialVersionUID = 1L;

  private final String problem;

  private BrokenRuleError(String message, String problem, Throwable failure) {
    super(message, causeOf(failure));
    this.problem = problem;
    takeTraceOf(failure);
  }

  /** For a failure that has values to be shown side by side. */
  private BrokenRuleError(String message, String problem, AssertionFailedError failure) {
    super(message, failure.getExpected(), failure.getActual(), failure.getCause());
    this.problem = problem;
    takeTraceOf(failure);
  }

  /**
   * {@return the failure, with the rule in front}
   *
   * @param contract the name of the test class
   * @param rule topic and rule in words
   * @param claimed the capabilities that the rule needs, all claimed
   * @param failure what the test ended with
   */
  static BrokenRuleError of(
      String contract, String rule, Set<Capability> claimed, Throwable failure) {
    String problem = problem(claimed, failure);
    String message =
        String.format(
            Locale.ROOT, "%s breaks the rule \"%s\"\n%s", contract, rule, problem.strip());
    boolean hasValues =
        failure instanceof AssertionFailedError known
            && known.isExpectedDefined()
            && known.isActualDefined();
    return hasValues
        ? new BrokenRuleError(message, problem, (AssertionFailedError) failure)
        : new BrokenRuleError(message, problem, failure);
  }

  /** {@return what went wrong, without the rule} */
  String problem() {
    return problem;
  }

  private static String problem(Set<Capability> claimed, Throwable failure) {
    if (failure instanceof GrantStoreException refusal) {
      boolean isDenied = refusal.reason() == Reason.UNSUPPORTED && !claimed.isEmpty();
      return String.format(
          Locale.ROOT,
          "%s%s: %s",
          isDenied ? "claimed, but UNSUPPORTED when it is used: " + claimed + "; " : "",
          refusal.reason(),
          refusal.getMessage());
    }
    String message = failure.getMessage();
    return failure instanceof AssertionError && message != null ? message : failure.toString();
  }

  /** An assertion says all in its message, which is in this one's. */
  private static @Nullable Throwable causeOf(Throwable failure) {
    return failure instanceof AssertionError ? failure.getCause() : failure;
  }

  private void takeTraceOf(Throwable failure) {
    setStackTrace(failure.getStackTrace());
    for (Throwable suppressed : failure.getSuppressed()) {
      addSuppressed(suppressed);
    }
  }
}
