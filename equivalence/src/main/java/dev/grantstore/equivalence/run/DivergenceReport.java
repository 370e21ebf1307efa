package dev.grantstore.equivalence.run;

import dev.grantstore.Excerpt;
import dev.grantstore.Grant;
import dev.grantstore.equivalence.check.Answer;
import dev.grantstore.equivalence.check.AnswerText;
import dev.grantstore.equivalence.check.Divergence;
import dev.grantstore.equivalence.replay.OpText;
import dev.grantstore.equivalence.workload.Op;
import dev.grantstore.equivalence.workload.Row;
import dev.grantstore.equivalence.workload.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Tells a divergence to people: what differs, side by side, and what was done to it before. */
public final class DivergenceReport {
  private static final int OPS_SHOWN = 5;
  private static final int PARTS_SHOWN = 20;

  private DivergenceReport() {}

  /**
   * {@return the report, several lines of printable ASCII}
   *
   * @param workload what was run
   * @param divergence where it failed
   */
  public static String text(Workload workload, Divergence divergence) {
    int number = divergence.expected().op();
    StringBuilder out = new StringBuilder();
    out.append(
        String.format(
            Locale.ROOT,
            "divergence: store=%s signature=%s op=%d of %d seed=%d\n",
            divergence.subject(),
            divergence.signature(),
            number,
            workload.ops().size(),
            workload.seed()));
    if (number > 0) {
      out.append("  at: ").append(OpText.of(workload.ops().get(number - 1))).append('\n');
    }
    sideBySide(out, divergence.expected().answer(), divergence.actual());
    Optional<String> key = key(divergence);
    key.ifPresent(
        id -> {
          out.append(String.format(Locale.ROOT, "  the last operations on %s:\n", Excerpt.of(id)));
          lastOn(workload, workload.ids().indexOf(id), number)
              .forEach(line -> out.append("    ").append(line).append('\n'));
        });
    return out.toString();
  }

  private static void sideBySide(StringBuilder out, Answer expected, Answer actual) {
    List<String> right = AnswerText.parts(expected);
    List<String> given = AnswerText.parts(actual);
    int shown = 0;
    for (int i = 0; i < Math.max(right.size(), given.size()) && shown < PARTS_SHOWN; i++) {
      String one = i < right.size() ? right.get(i) : "(nothing)";
      String other = i < given.size() ? given.get(i) : "(nothing)";
      if (!one.equals(other)) {
        shown++;
        out.append(
            String.format(Locale.ROOT, "  expected[%d] %s\n  actual[%d]   %s\n", i, one, i, other));
      }
    }
    if (shown == 0) {
      out.append("  the difference lies in what is cut from long ids\n");
    }
  }

  /** {@return the id of the first grant that is not the same on both sides} */
  private static Optional<String> key(Divergence divergence) {
    List<Optional<Grant>> right = divergence.expected().answer().rows();
    List<Optional<Grant>> given = divergence.actual().rows();
    for (int i = 0; i < Math.max(right.size(), given.size()); i++) {
      Optional<Grant> one = i < right.size() ? right.get(i) : Optional.empty();
      Optional<Grant> other = i < given.size() ? given.get(i) : Optional.empty();
      if (!one.equals(other)) {
        return one.or(() -> other).map(Grant::id);
      }
    }
    return Optional.empty();
  }

  private static List<String> lastOn(Workload workload, int id, int number) {
    List<String> lines = new ArrayList<>();
    for (int i = number - 1; i >= 0 && lines.size() < OPS_SHOWN; i--) {
      Op op = workload.ops().get(i);
      if (touches(op, id)) {
        lines.add(0, (i + 1) + " " + OpText.of(op));
      }
    }
    return lines;
  }

  private static boolean touches(Op op, int id) {
    if (op instanceof Op.Delete delete) {
      return delete.id() == id;
    }
    if (op instanceof Op.DeleteAll deleteAll) {
      return deleteAll.ids().contains(id);
    }
    return op instanceof Op.Drop
        || Workload.rowsOf(op).stream().map(Row::id).anyMatch(i -> i == id);
  }
}
