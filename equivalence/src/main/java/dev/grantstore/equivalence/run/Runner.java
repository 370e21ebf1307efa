package dev.grantstore.equivalence.run;

import dev.grantstore.equivalence.workload.Workload;

/** Runs a workload against one store. */
public final class Runner {
  private Runner() {}

  /**
   * {@return everything the store answered; the store's answers are also held against each other,
   * and the run ends where two contradict}
   *
   * @param subject gives the store
   * @param workload what is done
   */
  public static Result run(Subject subject, Workload workload) {
    return new Run(subject, workload, true).toEnd();
  }

  /**
   * {@return the same history, if nothing contradicts, without looking for contradictions}
   *
   * @param subject gives the store, which is taken to be right
   * @param workload what is done
   */
  public static Result observe(Subject subject, Workload workload) {
    return new Run(subject, workload, false).toEnd();
  }
}
