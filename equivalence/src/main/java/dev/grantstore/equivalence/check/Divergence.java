package dev.grantstore.equivalence.check;

import dev.grantstore.equivalence.check.History.Step;
import java.util.Locale;
import java.util.Objects;

/**
 * The first place where a store did not answer as it should. Immutable.
 *
 * @param subject the store's name
 * @param expected the step as it should be
 * @param actual the step as it was
 */
public record Divergence(String subject, Step expected, Answer actual) {
  /** Refuses equal answers. */
  public Divergence {
    Objects.requireNonNull(subject, "subject");
    if (expected.answer().equals(actual)) {
      throw new IllegalArgumentException("answers do not differ: " + expected.line());
    }
  }

  /** {@return what stays the same while a workload is reduced: oracle, kind, and how it differs} */
  public String signature() {
    return String.format(
        Locale.ROOT,
        "%s/%s/%s",
        expected.oracle(),
        expected.kind(),
        DiffKind.of(expected.answer(), actual).label());
  }
}
