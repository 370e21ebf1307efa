package dev.grantstore.lmdb;

import dev.grantstore.Annotation;
import dev.grantstore.Bytes;
import dev.grantstore.EntitlementRef;
import dev.grantstore.Grant;
import dev.grantstore.GrantStore;
import dev.grantstore.GrantStores;
import dev.grantstore.OpenMode;
import dev.grantstore.PrincipalRef;
import dev.grantstore.StoreOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Stores whose files have pages of every kind, some of them free. */
final class PageDamageStores {
  static final Instant NOW = SampleStore.NOW;

  private PageDamageStores() {}

  /** Makes them in a folder; one is a copy of a store that was open, as a kill leaves it. */
  static void make(Path folder) throws IOException {
    make(folder.resolve("small"), 60, folder.resolve("small-killed"));
    make(folder.resolve("large"), 600, folder.resolve("large-killed"));
  }

  static Grant grant(int number) {
    return Grant.of(
        "g" + number,
        new EntitlementRef("app", "app-" + number % 7, "member"),
        new PrincipalRef("user", "u" + number % 11 + "x".repeat(number % 90)),
        NOW);
  }

  /** A grant that has pages of its own. */
  static Grant large(int number) {
    return new Grant(
        "large-" + number,
        new EntitlementRef("app", "app-1", "member"),
        new PrincipalRef("user", "u1"),
        NOW,
        false,
        Optional.empty(),
        List.of(),
        List.of(new Annotation("t", Bytes.copyOf(new byte[30_000]))));
  }

  private static void make(Path store, int grants, Path killed) throws IOException {
    List<Grant> all = IntStream.range(0, grants).mapToObj(PageDamageStores::grant).toList();
    StoreOptions options = StoreOptions.of(OpenMode.CREATE);
    try (GrantStore opened = GrantStores.open("lmdb:" + store, options)) {
      for (String sync : List.of("sync-1", "sync-2", "sync-3", "sync-4")) {
        opened.startSync(sync, "full", NOW);
        opened.putAll(sync, all);
        opened.put(sync, large(1));
        opened.put(sync, large(2));
      }
      opened.seal("sync-3", NOW);
      opened.drop("sync-1");
      opened.deleteAll("sync-2", all.stream().limit(grants / 2).map(Grant::id).toList());
      Files.createDirectories(killed);
      Files.copy(store.resolve("grants.mdb"), killed.resolve("grants.mdb"));
      opened.putAll("sync-2", all);
    }
  }
}
