package dev.grantstore.equivalence.jqwik;

import dev.grantstore.equivalence.replay.ReplayFile;
import dev.grantstore.equivalence.workload.Workload;
import net.jqwik.api.SampleReportingFormat;

/** Prints a workload as the replay file that {@code equiv replay} takes. */
public final class WorkloadFormat implements SampleReportingFormat {
  /** For jqwik, which finds it as a service. */
  public WorkloadFormat() {}

  @Override
  public boolean appliesTo(Object value) {
    return value instanceof Workload;
  }

  @Override
  public Object report(Object value) {
    return SampleReportingFormat.plainLabel(
        "\n" + ReplayFile.passing((Workload) value).text().stripTrailing());
  }
}
