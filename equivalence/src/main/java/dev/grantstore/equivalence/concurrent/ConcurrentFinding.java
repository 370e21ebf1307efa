package dev.grantstore.equivalence.concurrent;

import dev.grantstore.equivalence.run.Subject;
import dev.grantstore.equivalence.workload.Op;
import dev.grantstore.folder.WholeFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Makes a run that was wrong small: lanes, operations, parts of operations, switches; draws what is
 * left, and writes it to a file. Each candidate runs on a store of its own. One thread.
 */
final class ConcurrentFinding {
  private static final int RUNS_TO_CONFIRM = 20;

  /** What is wrong on a schedule is most often wrong on one like it, when something is left out. */
  private static final Exploration NEAR = new Exploration(1, 60, 4);

  private static final int RACES = 300;

  private final Supplier<Subject> subjects;
  private final boolean isScheduled;
  private final long until;
  private Trial.Outcome smallest;
  private int candidates;

  /**
   * Starts with what was found.
   *
   * @param found the run
   * @param subjects gives a new one for each candidate
   * @param isScheduled whether it was scheduled, or raced
   * @param longest how long may be taken
   */
  ConcurrentFinding(
      Trial.Outcome found, Supplier<Subject> subjects, boolean isScheduled, Duration longest) {
    this.smallest = found;
    this.subjects = subjects;
    this.isScheduled = isScheduled;
    this.until = System.nanoTime() + longest.toNanos();
  }

  /** {@return the smallest that is wrong in the same way} */
  Trial.Outcome reduce() {
    boolean smaller = true;
    while (smaller && !isOver()) {
      smaller = dropLanes();
      smaller |= dropOps();
      smaller |= simplify();
    }
    dropSwitches();
    return smallest;
  }

  /**
   * Writes the file.
   *
   * @param engine whose
   * @param folder made if it is not there
   * @return where
   */
  Path write(String engine, Path folder) {
    int again = 0;
    for (int i = 0; i < RUNS_TO_CONFIRM; i++) {
      again += runs(smallest.program(), this::once).isPresent() ? 1 : 0;
    }
    List<String> remarks = new ArrayList<>();
    remarks.add(
        String.format(
            Locale.ROOT,
            "found with seed %d, engine %s, reduced to %d operations in %d runs; wrong in %d of %d",
            smallest.program().setup().seed(),
            engine,
            smallest.program().size(),
            candidates,
            again,
            RUNS_TO_CONFIRM));
    Picture.of(smallest).lines().map(line -> ("| " + line).strip()).forEach(remarks::add);
    Path file =
        folder.resolve(
            String.format(
                Locale.ROOT, "%s-%d.concurrent", engine, smallest.program().setup().seed()));
    Optional<Schedule> schedule = isScheduled ? Optional.of(smallest.schedule()) : Optional.empty();
    save(file, new ConcurrentReplay(remarks, smallest.program(), schedule, smallest.kind()));
    return file;
  }

  static void save(Path file, ConcurrentReplay replay) {
    try {
      Path folder = file.toAbsolutePath().getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      WholeFile.write(file, replay.text());
    } catch (IOException e) {
      throw new UncheckedIOException("replay file could not be written: " + file, e);
    }
  }

  private boolean dropLanes() {
    boolean smaller = false;
    for (int lane = smallest.program().lanes().size() - 1; lane >= 0; lane--) {
      if (smallest.program().lanes().size() > 1) {
        smaller |= take(smallest.program().with(lane, List.of()));
      }
    }
    return smaller;
  }

  private boolean dropOps() {
    boolean smaller = false;
    for (int lane = smallest.program().lanes().size() - 1; lane >= -1; lane--) {
      for (int op = ops(lane).size() - 1; op >= 0; op--) {
        if (lane < smallest.program().lanes().size() && op < ops(lane).size()) {
          smaller |= take(smallest.program().without(lane, op));
        }
      }
    }
    return smaller;
  }

  private boolean simplify() {
    boolean smaller = false;
    for (int lane = -1; lane < smallest.program().lanes().size(); lane++) {
      for (int op = 0; op < ops(lane).size(); op++) {
        for (Op simpler : simpler(ops(lane).get(op))) {
          if (take(smallest.program().with(lane, op, simpler))) {
            smaller = true;
            break;
          }
        }
      }
    }
    return smaller;
  }

  private void dropSwitches() {
    for (int at : List.copyOf(smallest.schedule().switches().keySet())) {
      Schedule fewer = smallest.schedule().without(at);
      Program program = smallest.program();
      if (isScheduled && !isOver()) {
        runs(program, trial -> Optional.of(trial.run(Steering.along(fewer))))
            .ifPresent(outcome -> smallest = outcome);
      }
    }
  }

  private List<Op> ops(int lane) {
    return lane < 0 ? smallest.program().setup().ops() : smallest.program().lanes().get(lane);
  }

  private static List<Op> simpler(Op op) {
    List<Op> simpler = new ArrayList<>();
    if (op instanceof Op.PutAll all && all.rows().size() > 1) {
      all.rows().forEach(row -> simpler.add(all.with(List.of(row))));
    } else if (op instanceof Op.BulkLoad load) {
      if (load.parts() > 1) {
        simpler.add(new Op.BulkLoad(load.sync(), load.rows(), 1));
      }
      if (load.rows().size() > 1) {
        load.rows()
            .forEach(row -> simpler.add(new Op.BulkLoad(load.sync(), List.of(row), load.parts())));
      }
    } else if (op instanceof Op.GetAll all && all.ids().size() > 2) {
      simpler.add(
          new Op.GetAll(
              all.via(), all.sync(), all.ids().stream().distinct().collect(Collectors.toList())));
    }
    return simpler;
  }

  /** {@return whether the program is wrong too, and now the smallest} */
  private boolean take(Program candidate) {
    if (isOver()) {
      return false;
    }
    Optional<Trial.Outcome> wrong = runs(candidate, trial -> search(trial, candidate));
    wrong.ifPresent(outcome -> smallest = outcome);
    return wrong.isPresent();
  }

  private Optional<Trial.Outcome> search(Trial trial, Program candidate) {
    if (!isScheduled) {
      return once(trial);
    }
    Trial.Outcome same = trial.run(Steering.along(smallest.schedule()));
    if (same.isFound()) {
      return Optional.of(same);
    }
    BooleanSupplier over = this::isOver;
    return NEAR.run(
            trial::run, Math.max(1, candidate.lanes().size()), candidate.setup().seed(), over)
        .found();
  }

  private Optional<Trial.Outcome> once(Trial trial) {
    if (isScheduled) {
      return Optional.of(trial.run(Steering.along(smallest.schedule())));
    }
    for (int i = 0; i < RACES; i++) {
      Trial.Outcome outcome = trial.race();
      if (outcome.isFound()) {
        return Optional.of(outcome);
      }
    }
    return Optional.empty();
  }

  private interface Runs {
    Optional<Trial.Outcome> of(Trial trial);
  }

  /** {@return what goes wrong in the same way on a fresh store} */
  private Optional<Trial.Outcome> runs(Program program, Runs runs) {
    candidates++;
    Subject subject = subjects.get();
    try (Trial trial = new Trial(program, subject)) {
      return runs.of(trial).filter(outcome -> outcome.kind().equals(smallest.kind()));
    } finally {
      Trials.closeBroken(subject);
    }
  }

  private boolean isOver() {
    return System.nanoTime() > until;
  }
}
