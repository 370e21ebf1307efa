package dev.grantstore.equivalence.cli;

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

/**
 * Holds engines against the memory engine, or against themselves under a relation, workload after
 * workload. One thread.
 */
final class Comparison implements Function<Workload, Optional<Divergence>>, AutoCloseable {
  private final Subject memory = ForgetfulSubject.memory();
  private final List<Subject> subjects;
  private final Optional<Relation> relation;
  private final String signature;

  private Comparison(List<Subject> subjects, Optional<Relation> relation, String signature) {
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
  static Comparison of(String signature, List<Subject> subjects) {
    Optional<Relation> relation =
        Relations.OF_ONE_ENGINE.stream()
            .filter(one -> signature.startsWith(one.oracle() + "/"))
            .findFirst();
    return new Comparison(subjects, relation, signature);
  }

  @Override
  public Optional<Divergence> apply(Workload workload) {
    return relation
        .map(one -> broken(one, workload))
        .orElseGet(() -> Equivalence.compare(workload, memory, subjects.toArray(Subject[]::new)));
  }

  @Override
  public void close() {
    subjects.forEach(Subject::close);
  }

  private Optional<Divergence> broken(Relation one, Workload workload) {
    for (Subject subject : subjects) {
      Optional<Divergence> found =
          RelationCheck.of(one, subject)
              .any(workload, divergence -> divergence.signature().equals(signature))
              .map(BrokenRelation::divergence);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }
}
