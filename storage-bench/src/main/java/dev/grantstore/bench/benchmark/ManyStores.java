package dev.grantstore.bench.benchmark;

import dev.grantstore.Grant;
import dev.grantstore.GrantStore;
import dev.grantstore.GrantStoreException;
import dev.grantstore.OpenMode;
import dev.grantstore.bench.measure.Halt;
import dev.grantstore.bench.measure.OpenFiles;
import dev.grantstore.bench.measure.ResidentMemory;
import dev.grantstore.bench.measure.Ticker;
import dev.grantstore.bench.result.CellResult;
import dev.grantstore.bench.result.CellSettings;
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
 * only. Each has a cache of its own: no engine shares one among stores.
 *
 * <p>Where the system or the engine lets no more be opened, those that are open are measured, and a
 * note and a warning say how many, and why.
 */
final class ManyStores implements StagedBenchmark {
  /** Small: of these there are many. */
  private static final int MOST_GRANTS = 200;

  /** What else the process may open meanwhile. */
  private static final int SPARE_HANDLES = 256;

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
  public Needs needs() {
    return Needs.FILES;
  }

  @Override
  public boolean countsRows() {
    return false;
  }

  @Override
  public void run(Subject subject, CellSettings settings, StagedCell cell, Halt halt) {
    cell.note("cache", "each store its own: no engine shares one");
    Path folder = subject.scratch().folder();
    List<GrantStore> open = new ArrayList<>();
    try {
      Path first = folder.resolve("first");
      List<Grant> grants = make(subject, first);
      for (int i = 0; i < stores && !halt.isRequested(); i++) {
        copy(first, place(folder, i));
      }
      OptionalInt handles = OpenFiles.all();
      Optional<ResidentMemory> memory = ResidentMemory.now();
      openAll(subject, folder, open, cell, halt);
      if (open.isEmpty()) {
        return;
      }
      addHandles(handles, open.size(), cell);
      readInTurn(subject, settings, open, grants, cell, halt);
      addMemory(memory, open.size(), cell);
    } catch (IOException e) {
      throw new UncheckedIOException("stores cannot be copied: " + folder, e);
    } finally {
      open.forEach(GrantStore::close);
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

  private void openAll(
      Subject subject, Path folder, List<GrantStore> open, StagedCell cell, Halt halt) {
    Ticker ticker = cell.ticker();
    OptionalInt most = OpenFiles.most();
    String why = "";
    while (open.size() < stores && why.isEmpty() && !halt.isRequested()) {
      if (most.isPresent() && OpenFiles.all().orElse(0) + SPARE_HANDLES > most.getAsInt()) {
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
    cell.figure("stores", open.size());
    if (!why.isEmpty()) {
      cell.note(
          CellResult.FEWER,
          String.format(
              Locale.ROOT, "%,d of %,d stores could be opened: %s", open.size(), stores, why));
    }
  }

  private void readInTurn(
      Subject subject,
      CellSettings settings,
      List<GrantStore> open,
      List<Grant> grants,
      StagedCell cell,
      Halt halt) {
    Ticker ticker = cell.ticker();
    SplittableRandom random = new SplittableRandom(settings.seed());
    long begin = ticker.nanos();
    for (int round = 0; !halt.isRequested(); round++) {
      for (GrantStore store : open) {
        Grant expected = grants.get(random.nextInt(grants.size()));
        long start = ticker.nanos();
        Optional<Grant> answer = store.get(subject.syncId(), expected.id());
        long nanos = ticker.nanos() - start;
        if (!answer.equals(Optional.of(expected))) {
          throw new WrongAnswerException(
              name(), expected.id(), expected.toString(), String.valueOf(answer.orElse(null)));
        }
        if (round > 0) {
          cell.record("read", nanos, 1);
        } else {
          cell.record("first-read", nanos, 1);
        }
      }
      if (round > 0 && ticker.nanos() - begin >= settings.duration().toNanos()) {
        return;
      }
    }
  }

  private static void addHandles(OptionalInt before, int open, StagedCell cell) {
    OptionalInt after = OpenFiles.all();
    if (before.isPresent() && after.isPresent()) {
      cell.figure("fileHandlesPerStore", (double) (after.getAsInt() - before.getAsInt()) / open);
    }
  }

  private static void addMemory(Optional<ResidentMemory> before, int open, StagedCell cell) {
    Optional<ResidentMemory> after = ResidentMemory.now();
    if (before.isPresent() && after.isPresent()) {
      cell.figure(
          "residentKiBPerStore", (bytes(after.get()) - bytes(before.get())) / 1024.0 / open);
    }
  }

  private static long bytes(ResidentMemory memory) {
    return memory.heapBytes() + memory.nativeBytes() + memory.mappedFileBytes();
  }
}
