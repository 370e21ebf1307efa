package dev.grantstore.equivalence.relation;

import dev.grantstore.equivalence.check.Divergence;
import dev.grantstore.equivalence.check.History.Step;
import dev.grantstore.equivalence.run.Budget;
import dev.grantstore.equivalence.run.Reducer;
import dev.grantstore.equivalence.run.Result;
import dev.grantstore.equivalence.run.Runner;
import dev.grantstore.equivalence.run.Subject;
import dev.grantstore.equivalence.workload.Workload;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Predicate;

/** Runs workloads and their variations, and compares what comes of them. One thread. */
public final class RelationCheck {
  private final Relation relation;
  private final Subject ofBase;
  private final Subject ofVaried;

  private RelationCheck(Relation relation, Subject ofBase, Subject ofVaried) {
    this.relation = relation;
    this.ofBase = ofBase;
    this.ofVaried = ofVaried;
  }

  /**
   * {@return a check of one store against itself}
   *
   * @param relation that must hold
   * @param subject gives the stores
   */
  public static RelationCheck of(Relation relation, Subject subject) {
    return new RelationCheck(relation, subject, subject);
  }

  /**
   * {@return a check of two stores against each other, neither of which is taken to be right}
   *
   * @param relation that must hold; {@link Relations#OTHER_ENGINE} if nothing else is to differ
   * @param ofBase gives the stores for workloads
   * @param ofVaried gives the stores for their variations
   */
  public static RelationCheck between(Relation relation, Subject ofBase, Subject ofVaried) {
    return new RelationCheck(relation, ofBase, ofVaried);
  }

  /** {@return the relation} */
  public Relation relation() {
    return relation;
  }

  /**
   * {@return the first difference; empty too if nothing can be varied}
   *
   * @param workload run, then its variation
   * @param chance decides how it is varied
   */
  public Optional<Divergence> first(Workload workload, Chance chance) {
    Variation variation = relation.vary(workload, chance);
    if (!isWorthRunning(variation)) {
      return Optional.empty();
    }
    return first(variation, Runner.run(ofBase, variation.base()))
        .map(divergence -> within(workload, divergence));
  }

  /**
   * {@return the first difference, where the workload was run already}
   *
   * @param variation run
   * @param base what came of {@code variation.base()}
   */
  public Optional<Divergence> first(Variation variation, Result base) {
    if (!isWorthRunning(variation)) {
      return Optional.empty();
    }
    Result varied = Runner.run(ofVaried, variation.varied());
    return Comparison.first(ofVaried.name(), variation, base, varied);
  }

  /**
   * {@return the first of {@link Chance#attempts} with a difference like that}
   *
   * @param workload run, then its variations
   * @param wanted which differences count
   */
  public Optional<BrokenRelation> any(Workload workload, Predicate<Divergence> wanted) {
    for (Chance chance : Chance.attempts(workload.seed())) {
      Optional<Divergence> found = first(workload, chance).filter(wanted);
      if (found.isPresent()) {
        return Optional.of(
            new BrokenRelation(workload, chance, relation.vary(workload, chance), found.get()));
      }
    }
    return Optional.empty();
  }

  /**
   * {@return the smallest workload found that fails in the same way, and how; the workload as it is
   * if it does not fail again}
   *
   * @param workload fails under one of {@link Chance#attempts}
   * @param divergence how
   * @param budget when to stop
   * @param clock tells the time
   */
  public BrokenRelation reduce(
      Workload workload, Divergence divergence, Budget budget, InstantSource clock) {
    Predicate<Divergence> isSame = d -> d.signature().equals(divergence.signature());
    Reducer reducer =
        new Reducer(
            candidate -> any(candidate, isSame).map(BrokenRelation::divergence), budget, clock);
    Workload least = reducer.reduce(workload, divergence).workload();
    return any(least, isSame)
        .orElseGet(
            () -> {
              Chance chance = Chance.of(workload.seed());
              return new BrokenRelation(
                  workload, chance, relation.vary(workload, chance), divergence);
            });
  }

  private boolean isWorthRunning(Variation variation) {
    return variation.isAny() || ofBase != ofVaried;
  }

  /** {@return the divergence told of the last operation, if it is one that the relation added} */
  private static Divergence within(Workload workload, Divergence divergence) {
    Step step = divergence.expected();
    return step.op() <= workload.ops().size()
        ? divergence
        : new Divergence(
            divergence.subject(),
            new Step(workload.ops().size(), step.oracle(), step.kind(), step.answer()),
            divergence.actual());
  }
}
