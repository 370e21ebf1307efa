package dev.grantstore.bench.run;

import dev.grantstore.GrantStore;
import dev.grantstore.GrantStores;
import dev.grantstore.OpenMode;
import dev.grantstore.StoreOptions;
import dev.grantstore.bench.benchmark.Cell;
import dev.grantstore.bench.benchmark.GrantChoice;
import dev.grantstore.bench.benchmark.GrantFeed;
import dev.grantstore.bench.benchmark.SampledGrants;
import dev.grantstore.bench.benchmark.Subject;
import dev.grantstore.bench.environment.EnvironmentReader;
import dev.grantstore.bench.measure.Halt;
import dev.grantstore.bench.result.CellResult;
import dev.grantstore.bench.result.DiskUse;
import dev.grantstore.bench.result.EngineFacts;
import dev.grantstore.bench.result.Environment;
import dev.grantstore.bench.result.ForkResult;
import dev.grantstore.bench.result.StoreState;
import dev.grantstore.fixture.Fixture;
import dev.grantstore.fixture.Fixtures;
import dev.grantstore.fixture.error.FixtureException;
import dev.grantstore.fixture.error.Problem;
import dev.grantstore.fixture.generate.GrantGenerator;
import dev.grantstore.fixture.load.Trees;
import dev.grantstore.fixture.manifest.KeySample;
import dev.grantstore.fixture.manifest.Manifest;
import dev.grantstore.fixture.manifest.Origin;
import dev.grantstore.fixture.manifest.SyncEntry;
import dev.grantstore.fixture.progress.Progress;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Opens a fixture, measures on its largest sync, and closes it again. */
public final class FixtureRun {
  private static final String OPTION = "option.";

  /** As many as the extra pass asks for at most. */
  private static final long COUNTED_KEYS = 10_000;

  private final FixturePlan plan;
  private final Clock clock;
  private final Halt halt;
  private final Progress progress;

  /**
   * Creates a run.
   *
   * @param plan what to measure
   * @param clock says when it was
   * @param halt ends it early; what was measured is returned all the same
   * @param progress is told what goes on
   */
  public FixtureRun(FixturePlan plan, Clock clock, Halt halt, Progress progress) {
    this.plan = plan;
    this.clock = clock;
    this.halt = halt;
    this.progress = progress;
  }

  /**
   * Runs every cell.
   *
   * @return the result; the store is closed
   * @throws FixtureException if the folder is no sound fixture
   * @throws dev.grantstore.bench.benchmark.WrongAnswerException if an answer is wrong
   * @throws IOException if the fixture's files cannot be read
   */
  public ForkResult run() throws IOException {
    Instant startedAt = clock.instant();
    Fixture fixture = Fixtures.open(plan.fixture());
    Manifest manifest = fixture.manifest();
    SyncEntry sync = largest(manifest);
    KeySample keys = keys(fixture, sync);
    String scheme = manifest.engine().scheme();
    Path storeFolder = Path.of(fixture.storeUri().substring(scheme.length() + 1));
    StoreOptions options = StoreOptions.of(OpenMode.READ_ONLY).withCacheBytes(plan.cacheBytes());
    Environment environment = new EnvironmentReader(Path.of("/")).read(storeFolder);
    List<CellResult> cells;
    StoreState state;
    try (FolderScratch scratch = new FolderScratch(scheme, plan.scratchFolder(), options)) {
      Subject subject;
      try (GrantStore store = GrantStores.open(fixture.storeUri(), options)) {
        GrantFeed feed = feed(manifest, store, sync);
        GrantChoice choice = choice(manifest, keys, Long.MAX_VALUE);
        subject = new Subject(store, sync, keys, choice, feed, scratch);
        cells = CellSequence.run(subject, plan.cells(), halt, progress);
        state = Cell.state(store.stats());
      }
      progress.phase("counting blocks in an extra pass", -1);
      cells =
          new CounterPass(fixture.storeUri(), options, halt)
              .addTo(cells, plan.cells(), subject.asking(choice(manifest, keys, COUNTED_KEYS)));
    }
    return new ForkResult(
        startedAt,
        clock.instant(),
        halt.isRequested(),
        FixtureWords.facts(fixture, sync),
        engine(fixture.storeUri(), options, state),
        environment,
        disk(Trees.allocatedBytes(storeFolder), state, manifest),
        cells);
  }

  private static SyncEntry largest(Manifest manifest) {
    return manifest.syncs().stream()
        .max(Comparator.comparingLong(sync -> sync.all().rows()))
        .filter(sync -> sync.all().rows() > 0)
        .orElseThrow(() -> new FixtureException(Problem.NOT_A_FIXTURE, "fixture holds no grants"));
  }

  private static KeySample keys(Fixture fixture, SyncEntry sync) throws IOException {
    return fixture.keys().stream()
        .filter(sample -> sample.syncId().equals(sync.id()))
        .findFirst()
        .orElseThrow(
            () ->
                new FixtureException(
                    Problem.DAMAGED,
                    "fixture has no keys for its largest sync: " + fixture.path()));
  }

  private static GrantFeed feed(Manifest manifest, GrantStore store, SyncEntry sync) {
    return generator(manifest)
        .<GrantFeed>map(SyntheticFeed::new)
        .orElseGet(() -> new StoredFeed(store, sync.id()));
  }

  private static GrantChoice choice(Manifest manifest, KeySample keys, long most) {
    return generator(manifest)
        .<GrantChoice>map(
            generator -> (seed, halt) -> GeneratedGrants.draw(generator, most, seed, halt))
        .orElseGet(
            () -> {
              SampledGrants sampled = new SampledGrants(keys.grants());
              return (seed, halt) -> sampled;
            });
  }

  /** What made the fixture's grants, if this program still has the same rule. */
  private static Optional<GrantGenerator> generator(Manifest manifest) {
    if (manifest.origin() instanceof Origin.Synthetic synthetic
        && synthetic.generatorVersion() == GrantGenerator.VERSION) {
      return Optional.of(GrantGenerator.of(synthetic.spec()));
    }
    return Optional.empty();
  }

  private static EngineFacts engine(String uri, StoreOptions options, StoreState state) {
    SortedMap<String, String> effective = new TreeMap<>();
    state
        .engine()
        .forEach(
            (name, value) -> {
              if (name.startsWith(OPTION)) {
                effective.put(name.substring(OPTION.length()), value);
              }
            });
    return new EngineFacts(
        GrantStores.provider(uri).scheme(),
        GrantStores.provider(uri).engineVersion(),
        options.mode().name(),
        options.durability().name(),
        options.cacheBytes(),
        new TreeMap<>(options.engineOptions()),
        effective);
  }

  private static DiskUse disk(long bytes, StoreState state, Manifest manifest) {
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
