package dev.grantstore.equivalence.cli;

import dev.grantstore.equivalence.check.Coverage;
import dev.grantstore.equivalence.workload.Op;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Tells what a campaign did, so that nobody need believe that it did something. */
final class CoverageText {
  private CoverageText() {}

  static String of(Coverage coverage) {
    SortedMap<String, SortedMap<String, Long>> kinds = new TreeMap<>();
    coverage
        .ops()
        .forEach(
            (op, count) -> {
              int space = op.indexOf(' ');
              kinds
                  .computeIfAbsent(op.substring(0, space), any -> new TreeMap<>())
                  .put(op.substring(space + 1), count);
            });
    StringBuilder out = new StringBuilder();
    // Those of whole syncs are a type of their own.
    int allKinds =
        Op.class.getPermittedSubclasses().length
            - 1
            + Op.OfSyncs.class.getPermittedSubclasses().length;
    out.append(
        String.format(
            Locale.ROOT,
            "operations: %d of %d kinds, %d of %d pairs\n",
            kinds.size(),
            allKinds,
            coverage.pairs().size(),
            allKinds * allKinds));
    kinds.forEach(
        (kind, outcomes) ->
            out.append(String.format(Locale.ROOT, "  %-16s %s\n", kind, counts(outcomes))));
    out.append(String.format(Locale.ROOT, "facts: %s\n", counts(new TreeMap<>(coverage.facts()))));
    return out.toString();
  }

  private static String counts(Map<?, Long> counts) {
    return counts.entrySet().stream()
        .map(entry -> String.format(Locale.ROOT, "%s %,d", entry.getKey(), entry.getValue()))
        .collect(Collectors.joining(", "));
  }
}
