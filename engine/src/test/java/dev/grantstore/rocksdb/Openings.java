package dev.grantstore.rocksdb;

import static dev.grantstore.rocksdb.Misuse.check;
import static dev.grantstore.rocksdb.Misuse.filledStore;
import static dev.grantstore.rocksdb.Misuse.refusedWith;

import dev.grantstore.GrantStore;
import dev.grantstore.GrantStoreException;
import dev.grantstore.OpenMode;
import dev.grantstore.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/** Opening what is not there, or is open already. */
final class Openings {
  private static final int THREADS = 4;
  private static final int ROUNDS = Boolean.getBoolean("tests.deep") ? 8 : 4;

  private Openings() {}

  static void missingFolders(Path folder) throws IOException {
    Files.createDirectory(folder);
    Path missing = folder.resolve("missing");
    refusedWith(Reason.STORE_MISSING, () -> Misuse.open(missing, OpenMode.READ_ONLY).close());
    refusedWith(Reason.STORE_MISSING, () -> Misuse.open(missing, OpenMode.OPEN).close());
    Path below = missing.resolve("below");
    refusedWith(Reason.STORE_MISSING, () -> Misuse.open(below, OpenMode.READ_ONLY).close());
    refusedWith(Reason.STORE_MISSING, () -> Misuse.open(below, OpenMode.CREATE).close());
    check(isEmpty(folder), "something was left");
  }

  static void twiceInOneProcess(Path folder) throws IOException {
    try (GrantStore store = filledStore(folder)) {
      Path link = folder.resolveSibling("link-to-" + folder.getFileName());
      Files.createSymbolicLink(link, folder);
      Path roundabout = folder.resolve("..").resolve(folder.getFileName());
      Path relative = Path.of("").toAbsolutePath().relativize(folder);
      for (Path path : List.of(folder, link, roundabout, relative)) {
        refusedWith(Reason.LOCKED, () -> Misuse.open(path, OpenMode.OPEN).close());
        refusedWith(Reason.LOCKED, () -> Misuse.open(path, OpenMode.OPEN_OR_CREATE).close());
        refusedWith(Reason.STORE_EXISTS, () -> Misuse.open(path, OpenMode.CREATE).close());
      }
      store.put(Misuse.OPEN, SampleGrants.grant(1, 1));
      Misuse.readAll(store);
      try (GrantStore reader = Misuse.open(folder, OpenMode.READ_ONLY)) {
        Misuse.readAll(reader);
        refusedWith(Reason.READ_ONLY, () -> reader.put(Misuse.OPEN, SampleGrants.grant(1, 1)));
      }
    }
    Misuse.open(folder, OpenMode.OPEN).close();
  }

  /** The folder must be held by the process that started this one. */
  static void heldByAnotherProcess(Path held) {
    refusedWith(Reason.LOCKED, () -> Misuse.open(held, OpenMode.OPEN).close());
    refusedWith(Reason.LOCKED, () -> Misuse.open(held, OpenMode.OPEN_OR_CREATE).close());
    refusedWith(Reason.STORE_EXISTS, () -> Misuse.open(held, OpenMode.CREATE).close());
    try (GrantStore reader = Misuse.open(held, OpenMode.READ_ONLY)) {
      Misuse.readAll(reader);
    }
  }

  /** Who loses the race for a new folder must not take it from who won. */
  static void manyAtOnceOnANewFolder(Path folder) throws Exception {
    Files.createDirectory(folder);
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      for (int round = 0; round < ROUNDS; round++) {
        Path store = folder.resolve("store-" + round);
        OpenMode mode = round % 2 == 0 ? OpenMode.OPEN_OR_CREATE : OpenMode.CREATE;
        CyclicBarrier start = new CyclicBarrier(THREADS);
        List<Future<Boolean>> opened = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
          String sync = "sync-" + i;
          opened.add(threads.submit(() -> startSync(start, store, mode, sync)));
        }
        int winners = 0;
        for (int i = 0; i < THREADS; i++) {
          boolean won = opened.get(i).get();
          winners += won ? 1 : 0;
          if (won) {
            try (GrantStore again = Misuse.open(store, OpenMode.OPEN)) {
              check(again.sync("sync-" + i).isPresent(), "an acknowledged sync is gone");
            }
          }
        }
        check(winners >= 1, "nobody could open");
        check(mode != OpenMode.CREATE || winners == 1, "two made one store: " + winners);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static boolean startSync(CyclicBarrier start, Path path, OpenMode mode, String sync)
      throws Exception {
    start.await();
    try (GrantStore store = Misuse.open(path, mode)) {
      store.startSync(sync, "full", SampleGrants.STARTED);
      return true;
    } catch (GrantStoreException e) {
      check(
          e.reason() == Reason.LOCKED || e.reason() == Reason.STORE_EXISTS,
          "refused with another reason: " + e.reason() + " " + e);
      return false;
    }
  }

  private static boolean isEmpty(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.findAny().isEmpty();
    }
  }
}
