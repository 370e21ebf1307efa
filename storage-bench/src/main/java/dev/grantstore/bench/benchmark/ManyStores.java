package dev.grantstore.bench.benchmark;

import dev.grantstore.Closing;
import dev.grantstore.Grant;
import dev.grantstore.GrantStore;
import dev.grantstore.GrantStoreException;
import dev.grantstore.OpenMode;
import dev.grantstore.bench.measure.Halt;
import dev.grantstore.bench.measure.ResidentMemory;
import dev.grantstore.bench.measure.Ticker;
import dev.grantstore.bench.result.CellSettings;
import dev.grantstore.bench.result.StageNotes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * G10: many small stores open at once in one process, and one grant asked of each in turn. They are
 * copies of one store, which holds the first of the fixture's grants, and are open for reading
 * only. No engine shares a cache among stores, so there is no hit rate of one.
 *
 * <p>What a store takes in memory is told of a further one: the memory with all of them open, minus
 * that with half of them, by the other half. What the JVM and the engine need once is in neither;
 * of a single store it cannot be told apart, and nothing is said.
 *
 * <p>Where the system or the engine lets no more be opened, those that are open are measured, and a
 * note and a warning say how many, and why.
 */
final class ManyStores implements StagedBenchmark {
  /** Small: of these there are many. */
  private static final int MOST_GRANTS = 200;

  /** What else the process may open meanwhile. */
  private static final int SPARE_HANDLES = 256;

  /** Of the stores at least the fourth part must be opened between the two looks. */
  private static final int LEAST_PART = 4;

  private final int stores;

  ManyStores(int stores) {
    this.stores = stores;
  }

  @Override
  public String name() {
    return stores == 1 ? "G10" : "G10x" + stores;
  }

  @Override
  public String title() {
    return stores == 1
        ? "one small store"
        : String.format(Locale.ROOT, "%,d small stores at once", stores);
  }

  @Override
  public String description() {
    return "open: one store more; read: one grant of one store, of all stores in turn";
  }

  @Override
  public boolean opensStores() {
    return true;
  }

  @Override
  public boolean warmsUp() {
    return false;
  }

  @Override
  public Needs needs() {
    return Needs.FILES;
  }

  @Override
  public boolean countsRows() {
    return false;
  }

  @Override
  public void run(Subject subject, CellSettings settings, StagedCell cell, Halt halt) {
    cell.how(
        "each store opened once and read once, nothing before; then reads in turn until the time"
            + " is up");
    cell.note("shared cache", "none: stores of no engine share one, so it has no hit rate");
    Path folder = subject.scratch().folder();
    List<GrantStore> open = new ArrayList<>();
    try (Closing.Together closing = Closing.together(open, "a store did not close")) {
      Path first = folder.resolve("first");
      List<Grant> grants = make(subject, first);
      for (int i = 0; i < stores && !halt.isRequested(); i++) {
        copy(first, place(folder, i));
      }
      OptionalInt handles = cell.ticker().handles();
      SplittableRandom random = new SplittableRandom(settings.seed());
      List<Growth> memory = new ArrayList<>();
      for (int upTo : stores == 1 ? List.of(1) : List.of(stores / 2, stores)) {
        int had = open.size();
        openUpTo(upTo, subject, folder, open, cell, halt);
        for (GrantStore store : open.subList(had, open.size())) {
          if (!halt.isRequested()) {
            read("first-read", subject, store, grants, random, cell);
          }
        }
        if (stores > 1 && open.size() > had) {
          cell.ticker().resident().ifPresent(now -> memory.add(new Growth(open.size(), now)));
        }
      }
      if (open.isEmpty()) {
        return;
      }
      cell.figure("stores", open.size());
      addHandles(handles, open.size(), cell);
      addMemory(memory, cell);
      readInTurn(subject, settings, open, grants, random, cell, halt);
    } catch (IOException e) {
      throw new UncheckedIOException("stores cannot be copied: " + folder, e);
    } finally {
      subject.scratch().discard();
    }
  }

  /** {@return what the store holds that was made there} */
  private static List<Grant> make(Subject subject, Path place) {
    List<Grant> grants = new ArrayList<>();
    subject
        .grants()
        .part(
            0,
            1,
            grant -> {
              grants.add(grant);
              return grants.size() < MOST_GRANTS;
            });
    try (GrantStore store = subject.scratch().openAt(place, OpenMode.CREATE)) {
      String id = subject.syncId();
      store.startSync(id, subject.sync().type(), subject.sync().startedAt());
      store.putAll(id, grants);
      store.seal(id, subject.sync().endedAt());
      Cell.settle(store);
    }
    return grants;
  }

  private static Path place(Path folder, int store) {
    return folder.resolve(String.format(Locale.ROOT, "copy-%04d", store));
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> all = Files.walk(from)) {
      for (Path each : all.toList()) {
        Files.copy(each, to.resolve(from.relativize(each).toString()));
      }
    }
  }

  private void openUpTo(
      int upTo, Subject subject, Path folder, List<GrantStore> open, StagedCell cell, Halt halt) {
    Ticker ticker = cell.ticker();
    OptionalInt most = ticker.mostHandles();
    String why = "";
    while (open.size() < upTo && why.isEmpty() && !halt.isRequested()) {
      if (most.isPresent() && ticker.handles().orElse(0) + SPARE_HANDLES > most.getAsInt()) {
        why = String.format(Locale.ROOT, "a process may have %,d file handles", most.getAsInt());
        break;
      }
      StagedCell.Use use = cell.use();
      try {
        long start = ticker.nanos();
        open.add(subject.scratch().openAt(place(folder, open.size()), OpenMode.READ_ONLY));
        cell.record("open", ticker.nanos() - start, 0);
      } catch (GrantStoreException e) {
        why = String.valueOf(e.getMessage());
      }
      use.end();
    }
    if (!why.isEmpty()) {
      cell.note(
          StageNotes.FEWER,
          String.format(
              Locale.ROOT, "%,d of %,d stores could be opened: %s", open.size(), stores, why));
    }
  }

  private void readInTurn(
      Subject subject,
      CellSettings settings,
      List<GrantStore> open,
      List<Grant> grants,
      SplittableRandom random,
      StagedCell cell,
      Halt halt) {
    Ticker ticker = cell.ticker();
    long begin = ticker.nanos();
    while (!halt.isRequested()) {
      for (GrantStore store : open) {
        read("read", subject, store, grants, random, cell);
      }
      if (ticker.nanos() - begin >= settings.duration().toNanos()) {
        return;
      }
    }
  }

  private void read(
      String stage,
      Subject subject,
      GrantStore store,
      List<Grant> grants,
      SplittableRandom random,
      StagedCell cell) {
    Ticker ticker = cell.ticker();
    Grant expected = grants.get(random.nextInt(grants.size()));
    long start = ticker.nanos();
    Optional<Grant> answer = store.get(subject.syncId(), expected.id());
    long nanos = ticker.nanos() - start;
    if (!answer.equals(Optional.of(expected))) {
      throw new WrongAnswerException(
          name(), expected.id(), expected.toString(), String.valueOf(answer.orElse(null)));
    }
    cell.record(stage, nanos, 1);
  }

  private static void addHandles(OptionalInt before, int open, StagedCell cell) {
    OptionalInt after = cell.ticker().handles();
    if (before.isPresent() && after.isPresent()) {
      cell.figure("fileHandlesPerStore", (double) (after.getAsInt() - before.getAsInt()) / open);
    }
  }

  /** What the process has with so many stores open, each of which was read once. */
  private record Growth(int stores, ResidentMemory memory) {
    double kib() {
      return (memory.heapBytes() + memory.nativeBytes() + memory.mappedFileBytes()) / 1024.0;
    }
  }

  /** The slope between two numbers of stores: what is needed once is in both. */
  private void addMemory(List<Growth> memory, StagedCell cell) {
    if (stores == 1) {
      cell.note("resident memory", "not known of one store: benchmarks of more have it");
      return;
    }
    if (cell.ticker().resident().isEmpty()) {
      cell.note("resident memory", "not known: this system does not say what a process takes");
      return;
    }
    if (memory.size() < 2
        || (memory.get(1).stores() - memory.get(0).stores()) * LEAST_PART < stores) {
      cell.note("resident memory", "not known: too few of the stores could be opened");
      return;
    }
    Growth half = memory.get(0);
    Growth all = memory.get(1);
    cell.figure(
        StageNotes.RESIDENT_PER_STORE, (all.kib() - half.kib()) / (all.stores() - half.stores()));
    cell.note(
        "resident memory",
        String.format(
            Locale.ROOT, "of each store more, from %,d to %,d", half.stores(), all.stores()));
  }
}
