package dev.grantstore.equivalence.campaign;

import dev.grantstore.equivalence.campaign.CampaignResult.Finding;
import dev.grantstore.equivalence.check.Divergence;
import dev.grantstore.equivalence.replay.ReplayFile;
import dev.grantstore.equivalence.run.Budget;
import dev.grantstore.equivalence.run.DivergenceReport;
import dev.grantstore.equivalence.run.Reducer;
import dev.grantstore.equivalence.run.Reduction;
import dev.grantstore.equivalence.workload.Workload;
import dev.grantstore.folder.WholeFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * Reduces what failed, and keeps a replay file of the smallest workload so far: what is on disk is
 * whole at any moment, also when the process is ended in between.
 */
public final class FindingFile {
  /** How often the smallest is run again, to tell what fails each time from what does not. */
  static final int RUNS_TO_CONFIRM = 20;

  private FindingFile() {}

  /**
   * What was written.
   *
   * @param path where
   * @param file what
   * @param report the divergence for people
   */
  public record Written(Path path, ReplayFile file, String report) {}

  /**
   * Writes a replay file of a finding, reduced as far as the budget goes.
   *
   * @param finding reduced
   * @param comparison runs a candidate on fresh stores
   * @param path the file; replaced if it is there
   * @param budget of the reduction
   * @param clock tells the time
   * @return the last state of the file
   */
  public static Written write(
      Finding finding,
      Function<Workload, Optional<Divergence>> comparison,
      Path path,
      Budget budget,
      InstantSource clock) {
    Divergence divergence = finding.divergence();
    String signature = divergence.signature();
    List<String> remarks = new ArrayList<>();
    remarks.add(
        String.format(
            Locale.ROOT,
            "found with seed %d, store %s, signature %s",
            finding.workload().seed(),
            divergence.subject(),
            signature));
    if (!finding.vote().isEmpty()) {
      remarks.add("who answered alike: " + finding.vote());
    }
    save(path, file(remarks, finding.workload(), signature));
    if (!fails(comparison, finding.workload(), signature)) {
      remarks.add("does not fail on a fresh store: it takes what earlier runs left in it");
      ReplayFile file = file(remarks, finding.workload(), signature);
      save(path, file);
      return new Written(path, file, DivergenceReport.text(finding.workload(), divergence));
    }
    Reduction reduction =
        new Reducer(comparison, budget, clock)
            .reduce(
                finding.workload(),
                divergence,
                better -> save(path, file(remarks, better, signature)));
    remarks.add(confirmation(comparison, reduction, signature));
    ReplayFile file = file(remarks, reduction.workload(), signature);
    save(path, file);
    return new Written(
        path, file, DivergenceReport.text(reduction.workload(), reduction.divergence()));
  }

  private static String confirmation(
      Function<Workload, Optional<Divergence>> comparison, Reduction reduction, String signature) {
    int failed = 0;
    for (int i = 0; i < RUNS_TO_CONFIRM; i++) {
      if (fails(comparison, reduction.workload(), signature)) {
        failed++;
      }
    }
    return String.format(
        Locale.ROOT,
        "reduced to %d operations in %d runs%s; fails in %d of %d runs",
        reduction.workload().ops().size(),
        reduction.runs(),
        reduction.isComplete() ? "" : " (out of budget)",
        failed,
        RUNS_TO_CONFIRM);
  }

  private static boolean fails(
      Function<Workload, Optional<Divergence>> comparison, Workload workload, String signature) {
    return comparison.apply(workload).filter(d -> d.signature().equals(signature)).isPresent();
  }

  private static ReplayFile file(List<String> remarks, Workload workload, String signature) {
    return new ReplayFile(remarks, workload, Optional.of(signature));
  }

  private static void save(Path path, ReplayFile file) {
    try {
      WholeFile.write(path, file.text());
    } catch (IOException e) {
      throw new UncheckedIOException("replay file could not be written: " + path, e);
    }
  }
}
