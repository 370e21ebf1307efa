package dev.grantstore.equivalence.testkit;

import dev.grantstore.equivalence.card.Card.WorkloadRuns;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * What a test of many workloads is told from outside, and where it says what it did. One thread.
 */
final class Trials {
  private final Function<String, Optional<String>> parameters;
  private final Path folder;
  private final String engine;
  private final ToLongFunction<String> most;
  private final SortedMap<String, String> leftOut = new TreeMap<>();
  private final List<WorkloadRuns> runs = new ArrayList<>();
  private Optional<Path> replay = Optional.empty();

  /**
   * Starts with nothing run.
   *
   * @param parameters gives JUnit configuration parameters and system properties
   * @param folder for files about failures
   * @param engine its name
   * @param most gives the most of each number that the engine's test allows
   */
  Trials(
      Function<String, Optional<String>> parameters,
      Path folder,
      String engine,
      ToLongFunction<String> most) {
    this.parameters = parameters;
    this.folder = folder;
    this.engine = engine;
    this.most = most;
  }

  /**
   * {@return a number given as a JUnit configuration parameter or system property, or less if the
   * engine's test allows no more; what is left out then is told with what was run}
   */
  long number(String name, long otherwise) {
    long asked = parameters.apply(name).map(Long::decode).orElse(otherwise);
    long allowed = most.applyAsLong(name);
    if (asked > allowed) {
      leftOut.put(name, String.format(Locale.ROOT, "%s=%d of %d", name, allowed, asked));
    }
    return Math.min(asked, allowed);
  }

  /** {@return where files about failures go; it may not be there yet} */
  Path folder() {
    return folder;
  }

  /** {@return the engine's name} */
  String engine() {
    return engine;
  }

  void ran(WorkloadRuns more) {
    String origin =
        leftOut.isEmpty()
            ? more.origin()
            : more.origin()
                + "; no more, since the engine's test allows "
                + String.join(", ", leftOut.values());
    runs.add(new WorkloadRuns(more.name(), origin, more.runs(), more.coverage(), more.oracles()));
  }

  List<WorkloadRuns> runs() {
    return runs;
  }

  /** Notes the file of the workload that shows the failure. */
  void failsBy(Path file) {
    replay = Optional.of(file);
  }

  Optional<Path> replay() {
    return replay;
  }
}
