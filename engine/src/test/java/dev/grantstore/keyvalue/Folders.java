package dev.grantstore.keyvalue;

import dev.grantstore.BulkLoad;
import dev.grantstore.BulkLoadOptions;
import dev.grantstore.BulkPart;
import dev.grantstore.EntitlementRef;
import dev.grantstore.Grant;
import dev.grantstore.GrantCursor;
import dev.grantstore.GrantQuery;
import dev.grantstore.GrantStore;
import dev.grantstore.GrantStores;
import dev.grantstore.OpenMode;
import dev.grantstore.PrincipalRef;
import dev.grantstore.StoreOptions;
import dev.grantstore.SyncRun;
import dev.grantstore.folder.FolderTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The folders of one engine's store at several moments, and of another store. */
final class Folders {
  static final Instant NOW = Instant.parse("2024-03-01T10:00:00Z");

  private static final int ROWS = 60;

  /** Of a load: more pages of a database than what is written afterwards changes. */
  private static final int LOADED_ROWS = 600;

  final String engine;
  final Path root;

  /** As a kill leaves it while the store is open, and as it was earlier. */
  final Path killed;

  final Path olderKilled;
  final Path otherKilled;

  /** As closing leaves it. */
  final Path closed;

  final Path olderClosed;
  final Path otherClosed;

  /** What the store answers. */
  final List<String> truth;

  Folders(String engine, Path root) throws IOException {
    this.engine = engine;
    this.root = root;
    killed = root.resolve("killed");
    olderKilled = root.resolve("older-killed");
    otherKilled = root.resolve("other-killed");
    closed = root.resolve("closed");
    olderClosed = root.resolve("older-closed");
    otherClosed = root.resolve("other-closed");
    Path live = root.resolve("live");
    first(live, 0, olderKilled);
    copy(live, olderClosed);
    truth = second(live, 0, killed);
    copy(live, closed);
    Path other = root.resolve("other");
    first(other, 1_000, root.resolve("unused"));
    second(other, 1_000, otherKilled);
    // Later than the store itself, so that a number alone does not tell.
    try (GrantStore store = open(other, OpenMode.OPEN)) {
      for (int i = 0; i < 20; i++) {
        store.startSync("more-" + i, "full", NOW);
        store.seal("more-" + i, NOW);
      }
      copy(other, root.resolve("later"));
    }
    FolderTree.delete(otherKilled);
    Files.move(root.resolve("later"), otherKilled);
    copy(other, otherClosed);
  }

  GrantStore open(Path location, OpenMode mode) {
    return GrantStores.open(engine + ":" + location, StoreOptions.of(mode));
  }

  /** Everything that a store answers, as text. */
  static List<String> read(GrantStore store) {
    List<String> answers = new ArrayList<>();
    for (SyncRun run : store.syncs()) {
      answers.add(run.toString());
      list(store, new GrantQuery.Scan(run.id()), answers);
      for (int i = 0; i < 11; i++) {
        list(store, new GrantQuery.ByPrincipal(run.id(), grant(i).principal()), answers);
        list(store, new GrantQuery.ByEntitlement(run.id(), grant(i).entitlement()), answers);
      }
    }
    return answers;
  }

  /** The files in a folder, by their paths in it; without directories. */
  static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).map(folder::relativize).sorted().toList();
    }
  }

  /** What the files in a folder hold, but for locks. */
  static Map<Path, byte[]> contents(Path folder) throws IOException {
    Map<Path, byte[]> contents = new TreeMap<>();
    for (Path file : files(folder)) {
      if (!file.endsWith("LOCK")) {
        contents.put(file, Files.readAllBytes(folder.resolve(file)));
      }
    }
    return contents;
  }

  /** Copies a folder, but for locks: to close such a file would give up the process' lock. */
  static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path target = to.resolve(from.relativize(file));
        if (file.endsWith("LOCK")) {
          Files.createFile(target);
        } else {
          Files.copy(file, target);
        }
      }
    }
  }

  private void first(Path live, int from, Path early) throws IOException {
    try (GrantStore store = open(live, OpenMode.CREATE)) {
      store.startSync("a", "full", NOW);
      store.putAll("a", grants(from, ROWS));
      store.seal("a", NOW);
      copy(live, early);
    }
  }

  /** One of each call that makes something durable, with what it needs. */
  private List<String> second(Path live, int from, Path image) throws IOException {
    try (GrantStore store = open(live, OpenMode.OPEN)) {
      try (BulkLoad load = store.bulkLoad("b", "full", NOW, BulkLoadOptions.defaults())) {
        try (BulkPart part = load.openPart()) {
          grants(from + 5, LOADED_ROWS).forEach(part::add);
        }
        load.commit(NOW);
      }
      store.drop("a");
      store.startSync("c", "full", NOW);
      store.putAll("c", grants(from, ROWS));
      store.seal("c", NOW);
      store.startSync("d", "full", NOW);
      store.putAll("d", grants(from, ROWS));
      store.flush();
      copy(live, image);
      return read(store);
    }
  }

  private static void list(GrantStore store, GrantQuery query, List<String> answers) {
    try (GrantCursor cursor = store.cursor(query)) {
      while (cursor.next()) {
        answers.add(cursor.grant().toString());
      }
    }
  }

  private static List<Grant> grants(int from, int count) {
    return IntStream.range(from, from + count).mapToObj(Folders::grant).toList();
  }

  private static Grant grant(int number) {
    return Grant.of(
        "g" + number,
        new EntitlementRef("app", "app-" + number % 7, "member"),
        new PrincipalRef("user", "u" + number % 11),
        NOW);
  }
}
