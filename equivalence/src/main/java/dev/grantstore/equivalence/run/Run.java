package dev.grantstore.equivalence.run;

import dev.grantstore.equivalence.check.Answer;
import dev.grantstore.equivalence.check.Audit;
import dev.grantstore.equivalence.check.Divergence;
import dev.grantstore.equivalence.check.Fact;
import dev.grantstore.equivalence.check.History;
import dev.grantstore.equivalence.check.History.Step;
import dev.grantstore.equivalence.check.Oracle;
import dev.grantstore.equivalence.workload.Op;
import dev.grantstore.equivalence.workload.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** One run of a workload against one store: operations, audits, the end. One thread, used once. */
final class Run {
  static final int OPS_BETWEEN_AUDITS = 50;
  private static final int MOST_PAGE_ROWS = 3;

  private final Subject subject;
  private final Workload workload;
  private final boolean isDoubted;
  private final Audit audit;
  private final Execution execution;
  private final Tally tally;
  private final List<Step> steps = new ArrayList<>();
  private Optional<Divergence> contradiction = Optional.empty();

  Run(Subject subject, Workload workload, boolean isDoubted) {
    this.subject = subject;
    this.workload = workload;
    this.isDoubted = isDoubted;
    this.tally = new Tally(subject.isForgetful());
    this.audit = new Audit(workload);
    this.execution = new Execution(subject, workload, isDoubted);
  }

  Result toEnd() {
    int number = 0;
    for (Op op : workload.ops()) {
      number++;
      perform(number, op);
      if (contradiction.isPresent() || execution.isLost()) {
        break;
      }
    }
    if (contradiction.isEmpty() && !execution.isLost()) {
      auditAll(number, Oracle.O2);
    }
    end(number);
    return new Result(new History(steps), tally.coverage(), contradiction);
  }

  private void perform(int number, Op op) {
    boolean isLifecycle = Oracles.isLifecycle(op);
    Answer before = isLifecycle ? content(number, Oracle.O2, Audit.KIND) : Answer.OK;
    Answer answer = answer(() -> op.accept(execution));
    tally.count(op, answer);
    steps.add(new Step(number, Oracles.of(op), op.kind(), answer));
    if (execution.isLost()) {
      return;
    }
    if (Oracles.isRestart(op)) {
      Answer after = content(number, Oracle.O9, op.kind());
      if (!after.equals(before)) {
        contradict(new Step(number, Oracle.O9, op.kind(), before), after);
      }
    } else if (op instanceof Op.Bad) {
      content(number, Oracle.O6, op.kind());
    }
    if (isLifecycle || number % OPS_BETWEEN_AUDITS == 0) {
      auditAll(number, Oracle.O2);
    }
  }

  /** Notes what the store shows, and looks for contradictions in it. */
  private void auditAll(int number, Oracle oracle) {
    tally.count(Fact.AUDIT);
    content(number, oracle, Audit.KIND);
    if (isDoubted && contradiction.isEmpty()) {
      // By the seed, which stays when operations go: so a failure stays the same while reduced.
      int pageRows = 1 + Math.floorMod(workload.seed(), MOST_PAGE_ROWS);
      try {
        contradiction = audit.contradiction(subject.name(), number, execution.store(), pageRows);
      } catch (RuntimeException | AssertionError | LinkageError | StackOverflowError e) {
        contradict(new Step(number, Oracle.O3, Audit.KIND, Answer.OK), Answer.refused(e));
      }
    }
  }

  private Answer content(int number, Oracle oracle, String kind) {
    Answer content = answer(() -> Audit.content(execution.store()));
    steps.add(new Step(number, oracle, kind, content));
    return content;
  }

  /** Closing must work with everything still open, twice, and end it all. */
  private void end(int number) {
    if (execution.isLost()) {
      return;
    }
    boolean isKept = subject.isKept();
    Answer answer =
        answer(
            () -> {
              if (isKept) {
                execution.slots().closeAll();
              }
              subject.finish(execution.store());
              if (isKept) {
                return Answer.OK;
              }
              execution.store().close();
              List<String> alive = execution.slots().stillAlive();
              return alive.isEmpty() ? Answer.OK : Answer.of("used after close: " + alive);
            });
    if (contradiction.isEmpty() && !answer.equals(Answer.OK)) {
      contradict(new Step(number, Oracle.O11, "close", Answer.OK), answer);
    }
  }

  private void contradict(Step expected, Answer actual) {
    if (contradiction.isEmpty()) {
      contradiction = Optional.of(new Divergence(subject.name(), expected, actual));
    }
  }

  /** A refusal is an answer, and so is a failure: which, is for the comparison to judge. */
  private static Answer answer(Supplier<Answer> call) {
    try {
      return call.get();
    } catch (RuntimeException | AssertionError | LinkageError | StackOverflowError e) {
      return Answer.refused(e);
    }
  }
}
