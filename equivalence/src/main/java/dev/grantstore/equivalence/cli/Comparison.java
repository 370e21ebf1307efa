package dev.grantstore.equivalence.cli;

import dev.grantstore.equivalence.check.Divergence;
import dev.grantstore.equivalence.run.Equivalence;
import dev.grantstore.equivalence.run.ForgetfulSubject;
import dev.grantstore.equivalence.run.Subject;
import dev.grantstore.equivalence.workload.Workload;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Compares engines with the memory engine, workload after workload. One thread. */
final class Comparison implements Function<Workload, Optional<Divergence>>, AutoCloseable {
  private final Subject memory = ForgetfulSubject.memory();
  private final List<Subject> subjects;

  /** Takes over the subjects. */
  Comparison(List<Subject> subjects) {
    this.subjects = subjects;
  }

  @Override
  public Optional<Divergence> apply(Workload workload) {
    return Equivalence.compare(workload, memory, subjects.toArray(Subject[]::new));
  }

  @Override
  public void close() {
    subjects.forEach(Subject::close);
  }
}
