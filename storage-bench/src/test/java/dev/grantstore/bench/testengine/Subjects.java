package dev.grantstore.bench.testengine;

import dev.grantstore.BulkLoad;
import dev.grantstore.BulkLoadOptions;
import dev.grantstore.BulkPart;
import dev.grantstore.GrantStore;
import dev.grantstore.GrantStores;
import dev.grantstore.OpenMode;
import dev.grantstore.StoreOptions;
import dev.grantstore.SyncRun;
import dev.grantstore.bench.benchmark.SampledGrants;
import dev.grantstore.bench.benchmark.ScratchStores;
import dev.grantstore.bench.benchmark.Subject;
import dev.grantstore.bench.run.StoredFeed;
import dev.grantstore.fixture.generate.GrantGenerator;
import dev.grantstore.fixture.inspect.Census;
import dev.grantstore.fixture.inspect.SyncCensus;
import dev.grantstore.fixture.manifest.SampleSize;
import dev.grantstore.fixture.manifest.SyncEntry;
import dev.grantstore.fixture.progress.Progress;
import dev.grantstore.fixture.spec.FixtureSpec;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;

/** Subjects to measure, in memory. */
public final class Subjects {
  /** Small, with lists of several rows. */
  public static final FixtureSpec SPEC = FixtureSpec.reference(2_000, 20, 100, 7);

  private static final StoreOptions CREATE = StoreOptions.of(OpenMode.CREATE);

  private Subjects() {}

  /** {@return a subject in a new memory store, with keys taken from a scan of it} */
  public static Subject inMemory() {
    GrantStore store = GrantStores.open("memory:", CREATE);
    GrantGenerator generator = GrantGenerator.of(SPEC);
    try (BulkLoad load =
        store.bulkLoad(SPEC.syncId(), "test", generator.startedAt(), BulkLoadOptions.defaults())) {
      try (BulkPart part = load.openPart()) {
        for (long i = 0; i < SPEC.grants(); i++) {
          part.add(generator.grant(i));
        }
      }
      SyncRun run = load.commit(generator.endedAt());
      return new Subject(
          store,
          entry(run, census(store)),
          census(store).sample(),
          (seed, halt) -> new SampledGrants(census(store).sample().grants()),
          new StoredFeed(store, SPEC.syncId()),
          new MemoryScratch(),
          0);
    }
  }

  /** {@return the same subject, asked through another store} */
  public static Subject through(GrantStore store, Subject subject) {
    return new Subject(
        store,
        subject.sync(),
        subject.keys(),
        subject.choice(),
        subject.grants(),
        subject.scratch(),
        subject.slowdownPercent());
  }

  private static SyncCensus census(GrantStore store) {
    return Census.take(store, SPEC.syncId(), new SampleSize(50, 10, 20, 2), Progress.NONE);
  }

  private static SyncEntry entry(SyncRun run, SyncCensus census) {
    return new SyncEntry(
        run.id(),
        run.type(),
        run.startedAt(),
        run.endedAt().orElseThrow(),
        true,
        census.all(),
        census.needingExpansion(),
        1,
        1,
        census.canonicalBytes(),
        census.all().rows());
  }

  /** Scratch stores in memory. */
  public static final class MemoryScratch implements ScratchStores {
    private final Deque<GrantStore> open = new ArrayDeque<>();

    /** Starts without any. */
    public MemoryScratch() {}

    @Override
    public GrantStore open() {
      GrantStore store = GrantStores.open("memory:", CREATE);
      open.push(store);
      return store;
    }

    @Override
    public String durability() {
      return "WAL";
    }

    @Override
    public long discard() {
      Objects.requireNonNull(open.poll(), "no scratch store is open").close();
      return 4096;
    }
  }
}
