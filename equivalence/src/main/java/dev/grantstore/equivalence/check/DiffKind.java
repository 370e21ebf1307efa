package dev.grantstore.equivalence.check;

import dev.grantstore.Grant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How two answers differ. */
public enum DiffKind {
  /** One was refused, the other not, or for another reason. */
  REFUSAL("refusal"),
  /** Another word: true for false, more for end. */
  OUTCOME("outcome"),
  /** Rows are missing. */
  MISSING_ROW("missing-row"),
  /** There are rows too many. */
  EXTRA_ROW("extra-row"),
  /** The same rows in another order. */
  ORDER("order"),
  /** As many rows, but not the same. */
  CONTENT("content"),
  /** The syncs differ. */
  SYNCS("syncs");

  private final String label;

  DiffKind(String label) {
    this.label = label;
  }

  /** {@return its name in signatures} */
  public String label() {
    return label;
  }

  /**
   * {@return how two answers differ}
   *
   * @param expected one answer
   * @param actual another, not equal to it
   */
  public static DiffKind of(Answer expected, Answer actual) {
    if (expected.isRefused() != actual.isRefused()
        || (actual.isRefused() && !expected.outcome().equals(actual.outcome()))) {
      return REFUSAL;
    }
    if (!expected.syncs().equals(actual.syncs())) {
      return SYNCS;
    }
    if (expected.rows().equals(actual.rows())) {
      return OUTCOME;
    }
    int more = actual.rows().size() - expected.rows().size();
    if (more != 0) {
      return more < 0 ? MISSING_ROW : EXTRA_ROW;
    }
    return counts(expected.rows()).equals(counts(actual.rows())) ? ORDER : CONTENT;
  }

  private static Map<Optional<Grant>, Integer> counts(List<Optional<Grant>> rows) {
    Map<Optional<Grant>, Integer> counts = new HashMap<>();
    rows.forEach(row -> counts.merge(row, 1, Integer::sum));
    return counts;
  }
}
