package dev.grantstore.equivalence.run;

import dev.grantstore.equivalence.check.Divergence;
import dev.grantstore.equivalence.workload.Op;
import dev.grantstore.equivalence.workload.Settings;
import dev.grantstore.equivalence.workload.Workload;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes a failing workload small: fewer operations (delta debugging), fewer elements in batches,
 * smaller numbers, fewer and plainer ids. Accepts only what fails with the same signature. One
 * thread.
 */
public final class Reducer {
  /** Of more, most are soon gone one by one. */
  private static final int MOST_OPS_IN_PAIRS = 16;

  private final Function<Workload, Optional<Divergence>> comparison;
  private final Budget budget;
  private final InstantSource clock;

  /**
   * Creates a reducer.
   *
   * @param comparison runs a candidate; on a store that nothing else has been done to, if what is
   *     left is to fail anywhere else
   * @param budget when to stop
   * @param clock tells the time
   */
  public Reducer(
      Function<Workload, Optional<Divergence>> comparison, Budget budget, InstantSource clock) {
    this.comparison = comparison;
    this.budget = budget;
    this.clock = clock;
  }

  /**
   * {@return the smallest workload found that fails in the same way}
   *
   * @param failing fails
   * @param divergence how
   */
  public Reduction reduce(Workload failing, Divergence divergence) {
    return reduce(failing, divergence, better -> {});
  }

  /**
   * {@return the smallest workload found that fails in the same way}
   *
   * @param failing fails
   * @param divergence how
   * @param listener is given each that is smaller than the one before
   */
  public Reduction reduce(Workload failing, Divergence divergence, Consumer<Workload> listener) {
    Attempts attempts =
        new Attempts(failing, divergence.signature(), comparison, budget, clock, listener);
    attempts.divergence = divergence;
    int last = divergence.expected().op();
    if (last < failing.ops().size()) {
      attempts.accepts(failing.without(last, failing.ops().size()));
    }
    untilNothingHelps(attempts);
    Workload best = attempts.best();
    if (best.ops().size() > Run.OPS_BETWEEN_AUDITS && attempts.accepts(withAudits(best))) {
      untilNothingHelps(attempts);
    }
    // Last: what settings were drawn for, such as small files, makes stores cheaper to open.
    simplifySettings(attempts);
    return attempts.reduction();
  }

  /**
   * {@return the workload with a flush where an audit comes by number alone} A store may fail only
   * because it was looked at there; the flush, which is audited too, stays as operations go.
   */
  private static Workload withAudits(Workload workload) {
    List<Op> ops = new ArrayList<>();
    for (Op op : workload.ops()) {
      ops.add(op);
      if (ops.size() % Run.OPS_BETWEEN_AUDITS == 0) {
        ops.add(new Op.Flush());
      }
    }
    return workload.withOps(ops);
  }

  private static void untilNothingHelps(Attempts attempts) {
    Workload before;
    do {
      before = attempts.best();
      removeOps(attempts);
      removePairs(attempts);
      mergeWrites(attempts);
      for (Simplification way : Simplification.values()) {
        simplify(attempts, way);
      }
      IdReduction.run(attempts);
    } while (!attempts.best().equals(before) && attempts.isLeft());
  }

  /**
   * {@return what is tried to make a workload smaller, each with one change, in the order in which
   * it is tried} For a search of somebody else's, such as jqwik's; made as it is asked for.
   *
   * @param workload any
   */
  public static Stream<Workload> candidates(Workload workload) {
    List<Consumer<Attempts>> passes = new ArrayList<>();
    for (int chunk = workload.ops().size() / 2; chunk > 1; chunk /= 2) {
      int size = chunk;
      passes.add(attempts -> removeChunks(attempts, size));
    }
    passes.add(attempts -> removeChunks(attempts, 1));
    passes.add(Reducer::removePairs);
    passes.add(Reducer::mergeWrites);
    for (Simplification way : Simplification.values()) {
      passes.add(attempts -> simplify(attempts, way));
    }
    passes.add(IdReduction::run);
    passes.add(Reducer::simplifySettings);
    return passes.stream().flatMap(pass -> refused(workload, pass));
  }

  /** All that a pass tries if nothing it tries is taken. */
  private static Stream<Workload> refused(Workload workload, Consumer<Attempts> pass) {
    List<Workload> tried = new ArrayList<>();
    pass.accept(
        new Attempts(
            workload,
            "",
            candidate -> {
              tried.add(candidate);
              return Optional.empty();
            },
            Budget.UNLIMITED,
            InstantSource.fixed(Instant.EPOCH),
            better -> {}));
    return tried.stream();
  }

  /** Chunks of half of all, then of a quarter, down to one. */
  private static void removeOps(Attempts attempts) {
    int chunk = Math.max(1, attempts.best().ops().size() / 2);
    while (attempts.isLeft()) {
      boolean removed = removeChunks(attempts, chunk);
      if (chunk == 1 && !removed) {
        return;
      }
      chunk = chunk == 1 ? 1 : chunk / 2;
    }
  }

  /** From the end, where least depends; whether one could go. */
  private static boolean removeChunks(Attempts attempts, int chunk) {
    boolean removed = false;
    int to = attempts.best().ops().size();
    while (to > 0 && attempts.isLeft()) {
      int from = Math.max(0, to - chunk);
      if (attempts.accepts(attempts.best().without(from, to))) {
        removed = true;
      }
      to = from;
    }
    return removed;
  }

  /** Two that only together can go, such as an opening and its closing, where there are few. */
  private static void removePairs(Attempts attempts) {
    for (int second = attempts.best().ops().size() - 1; second > 0; second--) {
      for (int first = second - 1; first >= 0 && attempts.isLeft(); first--) {
        int ops = attempts.best().ops().size();
        if (ops > MOST_OPS_IN_PAIRS || second >= ops) {
          break;
        }
        Workload less = attempts.best().without(second, second + 1).without(first, first + 1);
        attempts.accepts(less);
      }
    }
  }

  /** One batch for two puts in a row. */
  private static void mergeWrites(Attempts attempts) {
    for (int i = attempts.best().ops().size() - 2; i >= 0 && attempts.isLeft(); i--) {
      List<Op> ops = attempts.best().ops();
      Optional<Op> both = Simplification.merged(ops.get(i), ops.get(i + 1));
      if (both.isPresent()) {
        attempts.accepts(attempts.best().with(i, both.get()).without(i + 1, i + 2));
      }
    }
  }

  /** Tries every simpler form of every operation, again as long as one is taken. */
  private static void simplify(Attempts attempts, Simplification way) {
    for (int i = 0; i < attempts.best().ops().size(); i++) {
      boolean taken = true;
      while (taken && attempts.isLeft()) {
        taken = false;
        Op op = attempts.best().ops().get(i);
        for (Op simpler : new ArrayList<>(way.of(op))) {
          if (attempts.accepts(attempts.best().with(i, simpler))) {
            taken = true;
            break;
          }
        }
      }
    }
  }

  /** Each to the defaults; else one option less, as long as one can go. */
  private static void simplifySettings(Attempts attempts) {
    for (int i = 0; i < attempts.best().settings().size(); i++) {
      Settings settings = attempts.best().settings().get(i);
      if (acceptsSettings(attempts, i, Settings.DEFAULTS)) {
        continue;
      }
      for (String name : settings.names()) {
        acceptsSettings(attempts, i, attempts.best().settings().get(i).without(name));
      }
    }
  }

  private static boolean acceptsSettings(Attempts attempts, int index, Settings settings) {
    List<Settings> changed = new ArrayList<>(attempts.best().settings());
    changed.set(index, settings);
    return attempts.accepts(attempts.best().withSettings(changed));
  }

  /** The best so far, and what may still be tried. One thread. */
  static final class Attempts {
    private final String signature;
    private final Function<Workload, Optional<Divergence>> comparison;
    private final int mostRuns;
    private final long endMillis;
    private final InstantSource clock;
    private final Consumer<Workload> listener;
    private Workload best;
    private @Nullable Divergence divergence;
    private int runs;

    private Attempts(
        Workload failing,
        String signature,
        Function<Workload, Optional<Divergence>> comparison,
        Budget budget,
        InstantSource clock,
        Consumer<Workload> listener) {
      this.best = failing;
      this.signature = signature;
      this.comparison = comparison;
      this.mostRuns = budget.runs();
      this.clock = clock;
      this.listener = listener;
      this.endMillis = clock.millis() + budget.time().toMillis();
    }

    Workload best() {
      return best;
    }

    boolean isLeft() {
      return runs < mostRuns && clock.millis() < endMillis;
    }

    /** {@return whether the candidate fails in the same way, and is the best from now on} */
    boolean accepts(Workload candidate) {
      if (!isLeft() || candidate.equals(best)) {
        return false;
      }
      runs++;
      Optional<Divergence> found = comparison.apply(candidate);
      if (found.isEmpty() || !found.get().signature().equals(signature)) {
        return false;
      }
      best = candidate;
      divergence = found.get();
      listener.accept(best);
      return true;
    }

    private Reduction reduction() {
      return new Reduction(best, Objects.requireNonNull(divergence), runs, isLeft());
    }
  }
}
