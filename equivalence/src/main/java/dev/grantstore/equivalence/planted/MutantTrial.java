package dev.grantstore.equivalence.planted;

import dev.grantstore.equivalence.check.Divergence;
import dev.grantstore.equivalence.check.Oracle;
import dev.grantstore.equivalence.run.Budget;
import dev.grantstore.equivalence.run.Equivalence;
import dev.grantstore.equivalence.run.FolderSubject;
import dev.grantstore.equivalence.run.ForgetfulSubject;
import dev.grantstore.equivalence.run.Reducer;
import dev.grantstore.equivalence.run.Reduction;
import dev.grantstore.equivalence.run.Subject;
import dev.grantstore.equivalence.workload.Settings;
import dev.grantstore.equivalence.workload.SettingsAxes;
import dev.grantstore.equivalence.workload.Workload;
import dev.grantstore.equivalence.workload.WorkloadGenerator;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** Measures how fast the harness finds a planted bug, and how small it gets what shows it. */
public final class MutantTrial {
  /** The longest workload tried. */
  public static final int MOST_OPS = 200;

  private static final int RUNS_PER_STORE = WorkloadGenerator.SEEDS_PER_SETTINGS;

  /** All with small write buffers: a log file is as large from the start, also in memory. */
  private static final SettingsAxes SETTINGS =
      new SettingsAxes(
          new TreeMap<>(),
          Stream.of("SYNC 4096", "WAL 4096", "WAL 64", "BULK 64")
              .map(line -> line.split(" ", 2))
              .map(
                  value ->
                      Settings.of(
                          Map.of(
                              Settings.DURABILITY,
                              value[0],
                              "rocksdb.block_size",
                              value[1],
                              "rocksdb.write_buffer_size",
                              "65536")))
              .toList());

  private static final WorkloadGenerator GENERATOR =
      WorkloadGenerator.upTo(MOST_OPS).withSettings(SETTINGS);
  private static final Subject MEMORY = ForgetfulSubject.memory();

  private final PlantedBug bug;
  private final Path folder;
  private final InstantSource clock;
  private final BooleanSupplier cancelled;

  private MutantTrial(PlantedBug bug, Path folder, InstantSource clock, BooleanSupplier cancelled) {
    this.bug = bug;
    this.folder = folder;
    this.clock = clock;
    this.cancelled = cancelled;
  }

  /**
   * {@return how the harness did against one bug}
   *
   * @param bug planted into new stores
   * @param mostTries how many workloads are tried at most
   * @param firstSeed the seed of the first; the others follow
   * @param folder an existing folder for stores, empty again afterwards
   * @param clock tells how long it took
   * @param cancelled asked before each workload
   * @throws CancellationException once it was; the folder is empty then, too
   */
  public static MutantResult run(
      PlantedBug bug,
      int mostTries,
      long firstSeed,
      Path folder,
      InstantSource clock,
      BooleanSupplier cancelled) {
    return new MutantTrial(bug, folder, clock, cancelled).run(mostTries, firstSeed);
  }

  private Optional<Divergence> compare(Workload workload, Subject broken) {
    if (cancelled.getAsBoolean()) {
      throw new CancellationException("trial was cancelled");
    }
    return Equivalence.compare(workload, MEMORY, broken);
  }

  private MutantResult run(int mostTries, long firstSeed) {
    long startMillis = clock.millis();
    int tries = 0;
    Workload workload = GENERATOR.generate(firstSeed);
    Optional<Divergence> found = Optional.empty();
    try (Subject broken = bug.in(sound(RUNS_PER_STORE))) {
      while (found.isEmpty() && tries < mostTries) {
        workload = GENERATOR.generate(firstSeed + tries);
        found = compare(workload, broken);
        tries++;
      }
    }
    Duration searched = Duration.ofMillis(clock.millis() - startMillis);
    Workload failing = workload;
    return new MutantResult(
        bug,
        tries,
        searched,
        found.map(
            divergence ->
                new MutantResult.Finding(failing, divergence, reduce(failing, divergence))));
  }

  /** On stores that serve many runs, unless it is about how a store closes at the end of one. */
  private Reduction reduce(Workload workload, Divergence found) {
    int runs = found.expected().oracle() == Oracle.O11 ? 1 : RUNS_PER_STORE;
    try (Subject broken = bug.in(sound(runs))) {
      return new Reducer(candidate -> compare(candidate, broken), Budget.DEFAULT, clock)
          .reduce(workload, found);
    }
  }

  private Subject sound(int runsPerStore) {
    return bug.engine().equals(MEMORY.name())
        ? ForgetfulSubject.memory()
        : FolderSubject.of(bug.engine(), folder, runsPerStore);
  }
}
