package dev.grantstore.equivalence.cli;

import dev.grantstore.Closing;
import dev.grantstore.equivalence.check.Divergence;
import dev.grantstore.equivalence.relation.BrokenRelation;
import dev.grantstore.equivalence.relation.Relation;
import dev.grantstore.equivalence.relation.RelationCheck;
import dev.grantstore.equivalence.relation.Relations;
import dev.grantstore.equivalence.run.Equivalence;
import dev.grantstore.equivalence.run.ForgetfulSubject;
import dev.grantstore.equivalence.run.Subject;
import dev.grantstore.equivalence.workload.Workload;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Holds engines against the memory engine, or against themselves under a relation, workload after
 * workload. One thread.
 */
final class EngineComparison implements Function<Workload, Optional<Divergence>>, AutoCloseable {
  private final Subject memory = ForgetfulSubject.memory();
  private final List<Subject> subjects;
  private final Optional<Relation> relation;
  private final String signature;

  private EngineComparison(List<Subject> subjects, Optional<Relation> relation, String signature) {
    this.subjects = subjects;
    this.relation = relation;
    this.signature = signature;
  }

  /**
   * {@return the comparison that finds what has this signature}
   *
   * @param signature of a finding; empty if none is expected
   * @param subjects closed with the comparison
   */
  static EngineComparison of(String signature, List<Subject> subjects) {
    Optional<Relation> relation =
        Relations.OF_ONE_ENGINE.stream()
            .filter(one -> signature.startsWith(one.oracle() + "/"))
            .findFirst();
    return new EngineComparison(subjects, relation, signature);
  }

  /** What has the expected signature comes first, then any other divergence. */
  @Override
  public Optional<Divergence> apply(Workload workload) {
    Optional<Divergence> found =
        relation.flatMap(one -> broken(one, workload, d -> d.signature().equals(signature)));
    if (found.isEmpty()) {
      found = Equivalence.compare(workload, memory, subjects.toArray(Subject[]::new));
    }
    return found.or(() -> relation.flatMap(one -> broken(one, workload, any -> true)));
  }

  @Override
  public void close() {
    Closing.all(subjects, "an engine did not close");
  }

  private Optional<Divergence> broken(
      Relation one, Workload workload, Predicate<Divergence> wanted) {
    for (Subject subject : subjects) {
      Optional<Divergence> found =
          RelationCheck.of(one, subject).any(workload, wanted).map(BrokenRelation::divergence);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }
}
