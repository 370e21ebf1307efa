package dev.grantstore.equivalence.run;

import dev.grantstore.equivalence.check.Answer;
import dev.grantstore.equivalence.check.Divergence;
import dev.grantstore.equivalence.check.History.Step;
import dev.grantstore.equivalence.workload.Workload;
import java.util.List;
import java.util.Optional;

/** Compares stores, answer by answer. */
public final class Equivalence {
  private Equivalence() {}

  /**
   * {@return the first place where a store does not answer as the reference does, or contradicts
   * itself; empty if all are equal}
   *
   * @param workload what is done to each
   * @param reference taken to be right
   * @param subjects compared with it, one after the other
   */
  public static Optional<Divergence> compare(
      Workload workload, Subject reference, Subject... subjects) {
    Result expected = Runner.observe(reference, workload);
    for (Subject subject : subjects) {
      Result actual = Runner.run(subject, workload);
      Optional<Divergence> found = first(subject.name(), expected, actual);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  /**
   * {@return the first difference between two results of one workload}
   *
   * @param subject the name of the store that gave the second
   * @param expected taken to be right
   * @param actual compared with it
   */
  public static Optional<Divergence> first(String subject, Result expected, Result actual) {
    List<Step> right = expected.history().steps();
    List<Step> given = actual.history().steps();
    for (int i = 0; i < Math.min(right.size(), given.size()); i++) {
      Answer answer = given.get(i).answer();
      if (!right.get(i).answer().equals(answer)) {
        return Optional.of(new Divergence(subject, right.get(i), answer));
      }
    }
    if (actual.contradiction().isPresent()) {
      return actual.contradiction();
    }
    if (given.size() < right.size()) {
      return Optional.of(
          new Divergence(subject, right.get(given.size()), Answer.of("Nothing: the run ended")));
    }
    return Optional.empty();
  }
}
