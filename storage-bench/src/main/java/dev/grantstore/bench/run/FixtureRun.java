package dev.grantstore.bench.run;

import dev.grantstore.GrantStore;
import dev.grantstore.OpenMode;
import dev.grantstore.StoreOptions;
import dev.grantstore.bench.benchmark.Cell;
import dev.grantstore.bench.benchmark.GrantChoice;
import dev.grantstore.bench.benchmark.GrantFeed;
import dev.grantstore.bench.benchmark.SampledGrants;
import dev.grantstore.bench.benchmark.ScratchStores;
import dev.grantstore.bench.benchmark.Subject;
import dev.grantstore.bench.environment.EnvironmentReader;
import dev.grantstore.bench.measure.Halt;
import dev.grantstore.bench.measure.Ticker;
import dev.grantstore.bench.result.CellResult;
import dev.grantstore.bench.result.CellResult.ReadCounters;
import dev.grantstore.bench.result.CellResult.StoreState;
import dev.grantstore.bench.result.Environment;
import dev.grantstore.bench.result.ForkResult;
import dev.grantstore.bench.result.RunResult.DiskUse;
import dev.grantstore.bench.result.RunResult.EngineFacts;
import dev.grantstore.bench.result.RunResult.ResidentUse;
import dev.grantstore.bench.run.FixturePlan.Step;
import dev.grantstore.fixture.Fixture;
import dev.grantstore.fixture.Fixtures;
import dev.grantstore.fixture.error.FixtureException;
import dev.grantstore.fixture.error.FixtureException.Problem;
import dev.grantstore.fixture.generate.GrantGenerator;
import dev.grantstore.fixture.manifest.KeySample;
import dev.grantstore.fixture.manifest.Manifest;
import dev.grantstore.fixture.manifest.Manifest.Origin;
import dev.grantstore.fixture.manifest.Manifest.SyncEntry;
import dev.grantstore.fixture.progress.Progress;
import dev.grantstore.folder.FolderTree;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Opens a fixture, measures on its largest sync, and closes it again. */
public final class FixtureRun {
  private static final String OPTION = "option.";

  /** What an engine says that takes no cache of a given size, but has its own way. */
  private static final String CACHE = "cache";

  /** As many as the extra pass asks for at most. */
  private static final long COUNTED_KEYS = 10_000;

  private final FixturePlan plan;
  private final Clock clock;
  private final Halt halt;
  private final Progress progress;

  /**
   * Creates a run.
   *
   * @param plan what to do
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
   * Does every step of the plan.
   *
   * @return the result; the store is closed
   * @throws FixtureException if the folder is no sound fixture
   * @throws dev.grantstore.bench.benchmark.WrongAnswerException if an answer is wrong
   * @throws IOException if the fixture's files cannot be read
   */
  public ForkResult run() throws IOException {
    Instant startedAt = clock.instant();
    Fixture fixture = Fixtures.open(plan.fixture());
    SyncEntry sync = largest(fixture.manifest());
    StoreOptions options =
        new StoreOptions(
            OpenMode.READ_ONLY, plan.durability(), plan.cacheBytes(), plan.engineOptions());
    try (Answering answering = Answering.of(plan.engine(), fixture, sync, options)) {
      return run(startedAt, fixture, sync, options, answering);
    }
  }

  private ForkResult run(
      Instant startedAt, Fixture fixture, SyncEntry sync, StoreOptions options, Answering answering)
      throws IOException {
    Path storeFolder = Path.of(fixture.storeUri().substring(scheme(fixture).length() + 1));
    Environment environment = new EnvironmentReader(Path.of("/")).read(storeFolder);
    KeySample keys = keys(fixture, sync);
    Work work = new Work(fixture, sync, keys, options, answering);
    work.run();
    return new ForkResult(
        startedAt,
        clock.instant(),
        halt.isRequested(),
        FixtureWords.facts(fixture, sync),
        facts(answering, options, work.state),
        environment,
        answering.isOnDisk()
            ? disk(FolderTree.allocatedBytes(storeFolder), work.state, fixture.manifest())
            : new DiskUse(0, "in memory", new TreeMap<>(), 0, 0, 0),
        work.resident,
        work.cells,
        work.counters);
  }

  /** The steps, on one open store. */
  private final class Work {
    private final Fixture fixture;
    private final SyncEntry sync;
    private final KeySample keys;
    private final StoreOptions options;
    private final Answering answering;
    private final Optional<GrantGenerator> generator;
    private @Nullable ResidentUse resident;
    private StoreState state = new StoreState(List.of(), 0, new TreeMap<>());
    private List<CellResult> cells = List.of();
    private SortedMap<String, ReadCounters> counters = new TreeMap<>();

    Work(
        Fixture fixture,
        SyncEntry sync,
        KeySample keys,
        StoreOptions options,
        Answering answering) {
      this.fixture = fixture;
      this.generator = generator(fixture.manifest());
      this.sync = sync;
      this.keys = keys;
      this.options = options;
      this.answering = answering;
    }

    void run() {
      try (FolderScratch scratch =
          new FolderScratch(answering.scheme(), plan.scratchFolder(), options)) {
        Subject subject;
        Optional<ResidentPass> memory =
            plan.steps().contains(Step.RESIDENT) && plan.engine() != AnsweringEngine.NULL
                ? Optional.of(beforeOpening())
                : Optional.empty();
        try (GrantStore store = answering.open(progress)) {
          GrantFeed feed = feed(store);
          GrantChoice choice = choice(Long.MAX_VALUE);
          ScratchStores written = answering.scratch(scratch);
          subject =
              new Subject(
                  store, sync, keys, choice, feed, written, plan.slowdownPercent(), Ticker.SYSTEM);
          if (plan.steps().contains(Step.CHECK)) {
            CellSequence.check(subject, halt, progress);
          }
          if (memory.isPresent()) {
            boolean inHeap = !answering.isOnDisk();
            resident = memory.get().whenWarm(subject, inHeap, plan.cells(), halt);
          }
          if (plan.steps().contains(Step.MEASURE)) {
            cells = CellSequence.measure(subject, plan.cells(), halt, progress);
          }
          state = Cell.state(store.stats());
        }
        if (plan.steps().contains(Step.COUNT) && answering.isOnDisk()) {
          progress.phase("counting blocks in an extra pass", -1);
          counters =
              new CounterPass(answering.uri(), options, halt)
                  .count(plan.cells(), subject.asking(choice(COUNTED_KEYS)));
        }
      }
    }

    private ResidentPass beforeOpening() {
      long seed = plan.cells().isEmpty() ? 0 : plan.cells().get(0).settings().seed();
      return ResidentPass.beforeOpening(
          fixture, sync, choice(COUNTED_KEYS).choose(seed, halt), progress);
    }

    private GrantFeed feed(GrantStore store) {
      return generator
          .<GrantFeed>map(SyntheticFeed::new)
          .orElseGet(() -> new StoredFeed(answering.source(store), sync.id()));
    }

    private GrantChoice choice(long most) {
      return generator
          .<GrantChoice>map(made -> (seed, halt) -> GeneratedGrants.draw(made, most, seed, halt))
          .orElseGet(
              () -> {
                SampledGrants sampled = new SampledGrants(keys.grants());
                return (seed, halt) -> sampled;
              });
    }
  }

  private static String scheme(Fixture fixture) {
    return fixture.manifest().engine().scheme();
  }

  static SyncEntry largest(Manifest manifest) {
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

  /** What made the fixture's grants, if this program still has the same rule. */
  private static Optional<GrantGenerator> generator(Manifest manifest) {
    if (manifest.origin() instanceof Origin.Synthetic synthetic
        && synthetic.generatorVersion() == GrantGenerator.VERSION) {
      return Optional.of(GrantGenerator.of(synthetic.spec()));
    }
    return Optional.empty();
  }

  private static EngineFacts facts(Answering answering, StoreOptions options, StoreState state) {
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
