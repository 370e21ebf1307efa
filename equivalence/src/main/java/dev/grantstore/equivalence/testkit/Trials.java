package dev.grantstore.equivalence.testkit;

import dev.grantstore.equivalence.card.Card.WorkloadRuns;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a test of many workloads is told from outside, and where it says what it did. One thread.
 */
final class Trials {
  private final Function<String, Optional<String>> parameters;
  private final Path folder;
  private final String engine;
  private final List<WorkloadRuns> runs = new ArrayList<>();
  private Optional<Path> replay = Optional.empty();

  Trials(Function<String, Optional<String>> parameters, Path folder, String engine) {
    this.parameters = parameters;
    this.folder = folder;
    this.engine = engine;
  }

  /** {@return a number given as a JUnit configuration parameter or system property} */
  long number(String name, long otherwise) {
    return parameters.apply(name).map(Long::decode).orElse(otherwise);
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
    runs.add(more);
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
