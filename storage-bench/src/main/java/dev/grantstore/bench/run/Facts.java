package dev.grantstore.bench.run;

import dev.grantstore.Excerpt;
import dev.grantstore.StoreOptions;
import dev.grantstore.bench.result.CellResult.StoreState;
import dev.grantstore.bench.result.RunResult.DiskUse;
import dev.grantstore.bench.result.RunResult.EngineFacts;
import dev.grantstore.bench.result.RunResult.FixtureFacts;
import dev.grantstore.fixture.Fixture;
import dev.grantstore.fixture.manifest.Manifest;
import dev.grantstore.fixture.manifest.Manifest.Origin;
import dev.grantstore.fixture.manifest.Manifest.SyncEntry;
import dev.grantstore.fixture.spec.FixtureSpec;
import dev.grantstore.folder.FolderTree;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/** What a result says of the grants, of the engine that answered, and of its files. */
final class Facts {
  private static final String OPTION = "option.";

  /** What an engine says that takes no cache of a given size, but has its own way. */
  private static final String CACHE = "cache";

  private Facts() {}

  static FixtureFacts fixture(Fixture fixture, SyncEntry sync) {
    return new FixtureFacts(
        fixture.path().toString(),
        origin(fixture.manifest().origin()),
        sync.id(),
        sync.all().rows(),
        sync.all().digest().hex(),
        fixture.manifest().generator(),
        fixture.manifest().createdAt(),
        load(fixture.manifest().load()));
  }

  /** A bulk load has no durability of its own to name: it is durable when it is there. */
  private static String load(Manifest.Load load) {
    return load.durability().isEmpty()
        ? load.mode()
        : String.format(Locale.ROOT, "%s, durability %s", load.mode(), load.durability());
  }

  private static String origin(Origin origin) {
    if (origin instanceof Origin.Synthetic synthetic) {
      FixtureSpec spec = synthetic.spec();
      return String.format(
          Locale.ROOT,
          "synthetic, %s: grants %d, entitlement ids %d, principals %d, seed %d, ids %s,"
              + " needing expansion %s, sources %d, annotation bytes %d, rule %d",
          spec.shape().word(),
          spec.grants(),
          spec.entitlements(),
          spec.principals(),
          spec.seed(),
          spec.idStyle(),
          spec.needsExpansionShare(),
          spec.sourcesMean(),
          spec.annotationBytes(),
          synthetic.generatorVersion());
    }
    if (origin instanceof Origin.Imported imported) {
      return String.format(
          Locale.ROOT,
          "imported from %s (%s, sha256 %s)",
          Excerpt.of(imported.name()),
          imported.format(),
          imported.sha256());
    }
    throw new IllegalArgumentException("unknown origin: " + origin);
  }

  static EngineFacts engine(AnsweringStore answering, StoreOptions options, StoreState state) {
    SortedMap<String, String> effective = new TreeMap<>();
    state
        .engine()
        .forEach(
            (name, value) -> {
              if (name.startsWith(OPTION)) {
                effective.put(name.substring(OPTION.length()), value);
              }
            });
    String cache = answering.isOnDisk() ? state.engine().get(CACHE) : "none, all is in memory";
    if (cache != null) {
      effective.put(CACHE, cache);
    }
    return new EngineFacts(
        answering.scheme(),
        answering.version(),
        answering.isOnDisk() ? options.mode().name() : "in memory",
        options.durability().name(),
        options.cacheBytes(),
        new TreeMap<>(options.engineOptions()),
        effective);
  }

  static DiskUse disk(
      AnsweringStore answering, Path storeFolder, StoreState state, Manifest manifest)
      throws IOException {
    if (!answering.isOnDisk()) {
      return new DiskUse(0, "in memory", new TreeMap<>(), 0, 0, 0);
    }
    long bytes = FolderTree.allocatedBytes(storeFolder);
    long canonical = manifest.syncs().stream().mapToLong(SyncEntry::canonicalBytes).sum();
    SortedMap<String, Long> keyspaces = new TreeMap<>();
    long keyspaceBytes = 0;
    for (StoreState.Keyspace keyspace : state.keyspaces()) {
      keyspaces.put(keyspace.name(), keyspace.fileBytes());
      keyspaceBytes += keyspace.fileBytes();
    }
    return new DiskUse(
        bytes,
        "allocated blocks",
        keyspaces,
        Math.max(0, bytes - keyspaceBytes),
        (double) bytes / manifest.grants(),
        canonical == 0 ? 0 : (double) bytes / canonical);
  }
}
