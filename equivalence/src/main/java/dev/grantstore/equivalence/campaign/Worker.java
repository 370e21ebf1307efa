package dev.grantstore.equivalence.campaign;

import dev.grantstore.equivalence.campaign.CampaignResult.Finding;
import dev.grantstore.equivalence.check.Answer;
import dev.grantstore.equivalence.check.Coverage;
import dev.grantstore.equivalence.check.Divergence;
import dev.grantstore.equivalence.check.History.Step;
import dev.grantstore.equivalence.check.Oracle;
import dev.grantstore.equivalence.relation.Chance;
import dev.grantstore.equivalence.relation.Relation;
import dev.grantstore.equivalence.relation.RelationCheck;
import dev.grantstore.equivalence.run.Equivalence;
import dev.grantstore.equivalence.run.ForgetfulSubject;
import dev.grantstore.equivalence.run.Result;
import dev.grantstore.equivalence.run.Runner;
import dev.grantstore.equivalence.run.Subject;
import dev.grantstore.equivalence.workload.Workload;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** One thread of a campaign. Its figures may be read while it runs. */
final class Worker implements Runnable {
  private static final Workload NOTHING = new Workload(0, List.of(), List.of(), List.of());

  private final Plan plan;
  private final Board board;
  private final Supplier<List<Subject>> opening;
  private final Subject reference = ForgetfulSubject.memory();
  private List<Subject> subjects = List.of();
  private Workload last = NOTHING;
  private volatile Coverage coverage = Coverage.NONE;
  private final AtomicLong ops = new AtomicLong();
  private volatile Optional<Trying> trying = Optional.empty();

  /** What is run at the moment, and since when. */
  private record Trying(long seed, long sinceNanos) {}

  Worker(Plan plan, Board board, Supplier<List<Subject>> opening) {
    this.plan = plan;
    this.board = board;
    this.opening = opening;
  }

  Coverage coverage() {
    return coverage;
  }

  long ops() {
    return ops.get();
  }

  /** {@return the seed that has been run since before that time} */
  OptionalLong stuckSince(long nanos) {
    return trying
        .filter(now -> now.sinceNanos() - nanos < 0)
        .map(now -> OptionalLong.of(now.seed()))
        .orElse(OptionalLong.empty());
  }

  @Override
  public void run() {
    try {
      subjects = opening.get();
      Board.Seeds seeds = board.next();
      while (seeds.count() > 0 && !board.isOver()) {
        all(seeds);
        seeds = board.next();
      }
      closeSubjects(last);
    } catch (RuntimeException | Error e) {
      board.failed(
          trying
              .<Throwable>map(
                  now ->
                      new IllegalStateException(
                          String.format(
                              Locale.ROOT, "workload could not be run: seed=%d: %s", now.seed(), e),
                          e))
              .orElse(e));
    }
  }

  private void all(Board.Seeds seeds) {
    Coverage sum = coverage;
    for (int i = 0; i < seeds.count() && !board.isOver(); i++) {
      long seed = seeds.first() + i;
      trying = Optional.of(new Trying(seed, System.nanoTime()));
      sum = sum.plus(one(plan.generator().generate(seed)));
    }
    trying = Optional.empty();
    coverage = sum;
  }

  /** {@return what the first engine on trial did} */
  private Coverage one(Workload workload) {
    last = workload;
    Result expected = Runner.observe(reference, workload);
    Coverage done = expected.coverage();
    Map<String, Result> results = new LinkedHashMap<>();
    results.put(reference.name(), expected);
    List<Divergence> found = new ArrayList<>();
    for (Subject subject : subjects) {
      Result actual = Runner.run(subject, workload);
      results.put(subject.name(), actual);
      if (subject.equals(subjects.get(0))) {
        done = actual.coverage();
      }
      Equivalence.first(subject.name(), expected, actual).ifPresent(found::add);
    }
    if (found.isEmpty()) {
      brokenRelations(workload).forEach(found::add);
    }
    if (!found.isEmpty()) {
      String vote = Vote.of(results);
      found.forEach(divergence -> board.found(new Finding(workload, divergence, vote)));
      // What went wrong may have spoilt the stores.
      closeSubjects(workload);
      subjects = opening.get();
    }
    board.tried();
    ops.addAndGet(workload.ops().size());
    return done;
  }

  private List<Divergence> brokenRelations(Workload workload) {
    List<Relation> relations = plan.relations();
    List<Divergence> broken = new ArrayList<>();
    if (!relations.isEmpty()) {
      Relation relation =
          relations.get((int) Math.floorMod(workload.seed(), (long) relations.size()));
      for (Subject subject : subjects) {
        RelationCheck.of(relation, subject)
            .first(workload, Chance.of(workload.seed()))
            .ifPresent(broken::add);
      }
    }
    return broken;
  }

  /** A store that cannot be closed is a finding, too. */
  private void closeSubjects(Workload workload) {
    for (Subject subject : subjects) {
      try {
        subject.close();
      } catch (RuntimeException e) {
        Step step = new Step(workload.ops().size(), Oracle.O11, "close", Answer.OK);
        Divergence divergence = new Divergence(subject.name(), step, Answer.refused(e));
        board.found(new Finding(workload, divergence, ""));
      }
    }
    subjects = List.of();
  }
}
