package dev.grantstore.lmdb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantstore.GrantStore;
import dev.grantstore.GrantStores;
import dev.grantstore.OpenMode;
import dev.grantstore.StoreOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SessionPoolTest {
  private static final int PLACES = 16;
  private static final int THREADS = 4;
  private static final int MOST_SESSIONS = 3 * THREADS;

  @TempDir private Path temp;

  /** What waits in the places of other threads can be lent before the system has no more. */
  @Test
  void allSessionsThatThereMayBeAreLentToOneThreadWhoeverGaveThemBack() throws Exception {
    int most = PLACES / 2;
    Path location = temp.resolve("store");
    StoreOptions options =
        StoreOptions.of(OpenMode.OPEN)
            .withEngineOption(LmdbOption.MAX_READERS.label(), Integer.toString(most));
    try (GrantStore store =
        GrantStores.open("lmdb:" + location, StoreOptions.of(OpenMode.CREATE))) {
      SampleStore.fill(store);
    }
    try (LmdbFile file = LmdbFile.open(location.resolve("grants.mdb"), options);
        SessionPool pool = new SessionPool(file)) {
      List<Session> lent = new ArrayList<>();
      for (int i = 0; i < most; i++) {
        lent.add(pool.borrow());
      }
      for (Session session : lent) {
        Thread thread = new Thread(() -> pool.giveBack(session));
        thread.start();
        thread.join();
      }
      lent.clear();
      for (int i = 0; i < most; i++) {
        lent.add(pool.borrow());
      }
      lent.forEach(pool::giveBack);
      assertThat(lent).doesNotHaveDuplicates();
    }
  }

  /** Their numbers are alike modulo the places, so that all of them meet at one. */
  @Test
  void sessionsOfThreadsThatShareAPlaceAreNeverLost() throws Exception {
    Path location = temp.resolve("store");
    try (GrantStore store =
        GrantStores.open("lmdb:" + location, StoreOptions.of(OpenMode.CREATE))) {
      SampleStore.fill(store);
    }
    try (LmdbFile file =
        LmdbFile.open(location.resolve("grants.mdb"), StoreOptions.of(OpenMode.OPEN))) {
      try (SessionPool pool = new SessionPool(file)) {
        Callable<Void> lending =
            () -> {
              for (int i = 0; i < 1_000_000; i++) {
                Session session = pool.borrow();
                pool.giveBack(session);
              }
              return null;
            };
        List<FutureTask<Void>> tasks = new ArrayList<>();
        while (tasks.size() < THREADS) {
          FutureTask<Void> task = new FutureTask<>(lending);
          Thread thread = new Thread(task);
          if (thread.getId() % PLACES == 1) {
            tasks.add(task);
            thread.start();
          }
        }
        for (FutureTask<Void> task : tasks) {
          task.get();
        }
      }
      // One more for each time that a session went from queue to place while both were looked at.
      assertThat(file.info().numReaders).isLessThanOrEqualTo(MOST_SESSIONS);
    }
  }
}
