package dev.grantstore.equivalence.relation;

import dev.grantstore.equivalence.check.Divergence;
import dev.grantstore.equivalence.replay.ReplayFile;
import dev.grantstore.equivalence.run.DivergenceReport;
import dev.grantstore.equivalence.workload.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A workload under which a relation does not hold. Immutable.
 *
 * @param workload the workload
 * @param chance how it was varied
 * @param variation into what
 * @param divergence where the two differ
 */
public record BrokenRelation(
    Workload workload, Chance chance, Variation variation, Divergence divergence) {
  /** {@return the workload to be kept and run again, with the variation among its remarks} */
  public ReplayFile replay() {
    List<String> remarks = new ArrayList<>();
    remarks.add(
        String.format(
            Locale.ROOT,
            "relation %s on %s, seed=%d leastShare=%s",
            variation.relation(),
            divergence.subject(),
            chance.seed(),
            chance.leastShare()));
    remarks.add("differs from:");
    ReplayFile.passing(variation.varied())
        .text()
        .lines()
        .skip(1)
        .map(String::strip)
        .forEach(remarks::add);
    return new ReplayFile(remarks, workload, Optional.of(divergence.signature()));
  }

  /** {@return all of it for people, several lines of printable ASCII} */
  public String text() {
    return DivergenceReport.text(workload, divergence) + replay().text();
  }
}
