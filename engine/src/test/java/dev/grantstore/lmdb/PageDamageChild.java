package dev.grantstore.lmdb;

import dev.grantstore.EntitlementRef;
import dev.grantstore.Grant;
import dev.grantstore.GrantCursor;
import dev.grantstore.GrantQuery;
import dev.grantstore.GrantStore;
import dev.grantstore.GrantStoreException;
import dev.grantstore.GrantStores;
import dev.grantstore.OpenMode;
import dev.grantstore.PrincipalRef;
import dev.grantstore.StoreOptions;
import dev.grantstore.SyncRun;
import dev.grantstore.folder.FolderTree;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Opens stores with damaged pages and makes every kind of call on those that open. Arguments: a
 * folder with stores, the seed, the first case, the one after the last, and for how long a file
 * pages are checked when it is opened for writing. Prints a line before and after each case.
 */
final class PageDamageChild {
  static final String BEGUN = "begun ";
  static final String REFUSED = "refused ";
  static final String USED = "used ";
  static final String BROKEN = "broken ";

  private static final String CHECKED = LmdbOption.CHECK_PAGES_UP_TO.label();

  private PageDamageChild() {}

  public static void main(String[] arguments) throws IOException {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    Path folder = Path.of(arguments[0]);
    long seed = Long.parseLong(arguments[1]);
    int end = Integer.parseInt(arguments[3]);
    List<Path> stores;
    try (var entries = Files.list(folder.resolve("stores"))) {
      stores = entries.sorted().toList();
    }
    for (int i = Integer.parseInt(arguments[2]); i < end; i++) {
      Random random = new Random(seed + i);
      Path store = stores.get(random.nextInt(stores.size()));
      byte[] damaged = PageDamage.any(Files.readAllBytes(store.resolve("grants.mdb")), random);
      Path copy = folder.resolve("copy");
      FolderTree.delete(copy);
      Files.createDirectory(copy);
      for (String name : SampleStore.names(store)) {
        Files.copy(store.resolve(name), copy.resolve(name));
      }
      Files.write(copy.resolve("grants.mdb"), damaged);
      Files.deleteIfExists(copy.resolve("grants.mdb-lock"));
      out.println(BEGUN + i);
      out.println(use(copy, random.nextInt(3) == 0, arguments[4]) + " " + i);
    }
  }

  private static String use(Path store, boolean onlyRead, String checked) {
    StoreOptions options =
        StoreOptions.of(onlyRead ? OpenMode.READ_ONLY : OpenMode.OPEN)
            .withEngineOption(CHECKED, checked);
    try (GrantStore opened = GrantStores.open("lmdb:" + store, options)) {
      tried(() -> readAll(opened));
      if (!onlyRead) {
        write(opened);
        tried(() -> readAll(opened));
      }
      tried(opened::stats);
      return USED;
    } catch (GrantStoreException e) {
      return REFUSED + e.reason();
    } catch (RuntimeException e) {
      return BROKEN + e;
    }
  }

  private static void write(GrantStore store) {
    List<Grant> grants = IntStream.range(0, 400).mapToObj(PageDamageStores::grant).toList();
    for (SyncRun run : store.syncs()) {
      if (run.state() == SyncRun.State.OPEN) {
        tried(() -> store.putAll(run.id(), grants.subList(100, 300)));
        tried(
            () ->
                store.deleteAll(run.id(), grants.subList(0, 200).stream().map(Grant::id).toList()));
        tried(() -> store.seal(run.id(), PageDamageStores.NOW));
      }
      if (run.id().hashCode() % 2 == 0) {
        tried(() -> store.drop(run.id()));
      }
    }
    tried(
        () -> {
          store.startSync("more", "full", PageDamageStores.NOW);
          store.putAll("more", grants);
          store.put("more", PageDamageStores.large(1));
        });
    store.syncs().forEach(run -> tried(() -> store.drop(run.id())));
    tried(
        () -> {
          store.startSync("last", "full", PageDamageStores.NOW);
          store.putAll("last", grants);
        });
    tried(() -> store.settle(Duration.ofMinutes(1)));
  }

  private static void readAll(GrantStore store) {
    for (SyncRun run : store.syncs()) {
      String sync = run.id();
      PrincipalRef user = PageDamageStores.grant(3).principal();
      EntitlementRef entitlement = PageDamageStores.grant(3).entitlement();
      tried(() -> store.get(sync, "g3"));
      tried(() -> store.holds(sync, user, entitlement));
      for (GrantQuery query :
          List.of(
              new GrantQuery.Scan(sync),
              new GrantQuery.ByPrincipal(sync, user),
              new GrantQuery.ByEntitlement(sync, entitlement),
              new GrantQuery.NeedingExpansion(sync))) {
        tried(
            () -> {
              try (GrantCursor cursor = store.cursor(query)) {
                while (cursor.next()) {
                  cursor.grant();
                }
              }
            });
      }
    }
  }

  /** Makes calls until one is refused, as a damaged store may. */
  private static void tried(Runnable calls) {
    try {
      calls.run();
    } catch (GrantStoreException e) {
      // Whatever the reason: this is about the process, which goes on.
      e.reason();
    }
  }
}
