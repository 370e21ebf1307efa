package dev.grantstore.bench.testengine;

import dev.grantstore.BulkLoad;
import dev.grantstore.BulkLoadOptions;
import dev.grantstore.BulkPart;
import dev.grantstore.GrantStore;
import dev.grantstore.GrantStores;
import dev.grantstore.OpenMode;
import dev.grantstore.StoreOptions;
import dev.grantstore.SyncRun;
import dev.grantstore.bench.benchmark.LimitedJvms;
import dev.grantstore.bench.benchmark.MeasuredStore;
import dev.grantstore.bench.benchmark.SampledGrants;
import dev.grantstore.bench.benchmark.ScratchStores;
import dev.grantstore.bench.benchmark.Subject;
import dev.grantstore.bench.measure.Ticker;
import dev.grantstore.bench.run.FixtureGrants;
import dev.grantstore.fixture.generate.GrantGenerator;
import dev.grantstore.fixture.inspect.Census;
import dev.grantstore.fixture.inspect.SyncCensus;
import dev.grantstore.fixture.manifest.Manifest.SampleSize;
import dev.grantstore.fixture.manifest.Manifest.SyncEntry;
import dev.grantstore.fixture.progress.Progress;
import dev.grantstore.fixture.spec.FixtureSpec;
import dev.grantstore.folder.FolderTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Subjects to measure, in memory. */
public final class Subjects {
  /** Small, with lists of several rows. */
  public static final FixtureSpec SPEC = FixtureSpec.reference(2_000, 20, 100, 7);

  private static final StoreOptions CREATE = StoreOptions.of(OpenMode.CREATE);

  private Subjects() {}

  /** {@return a subject in a new memory store, with keys taken from a scan of it} */
  public static Subject inMemory() {
    return inMemory(SPEC, new SampleSize(50, 10, 20, 2));
  }

  /** {@return the same of other grants, of which so many are asked for} */
  public static Subject inMemory(FixtureSpec spec, SampleSize size) {
    GrantStore store = GrantStores.open("memory:", CREATE);
    GrantGenerator generator = GrantGenerator.of(spec);
    try (BulkLoad load =
        store.bulkLoad(spec.syncId(), "test", generator.startedAt(), BulkLoadOptions.defaults())) {
      try (BulkPart part = load.openPart()) {
        for (long i = 0; i < spec.grants(); i++) {
          part.add(generator.grant(i));
        }
      }
      SyncRun run = load.commit(generator.endedAt());
      SyncCensus census = Census.take(store, spec.syncId(), size, Progress.NONE);
      SampledGrants asked = new SampledGrants(census.sample().grants());
      return new Subject(
          new MeasuredStore(store, () -> store, Path.of("none")),
          entry(run, census),
          census.sample(),
          (seed, halt) -> asked,
          FixtureGrants.stored(store, spec.syncId()),
          new MemoryScratch(),
          () -> {},
          LimitedJvms.NONE,
          0,
          Ticker.SYSTEM);
    }
  }

  /** {@return the same subject, asked through another store} */
  public static Subject through(GrantStore store, Subject subject) {
    return subject.through(store);
  }

  /** {@return the same subject, written elsewhere} */
  public static Subject writing(ScratchStores scratch, Subject subject) {
    return new Subject(
        subject.measured(),
        subject.sync(),
        subject.keys(),
        subject.choice(),
        subject.grants(),
        scratch,
        subject.cooling(),
        subject.limited(),
        subject.slowdownPercent(),
        subject.ticker());
  }

  /** {@return the same subject, cooled by that} */
  public static Subject cooled(Runnable cooling, Subject subject) {
    return new Subject(
        subject.measured(),
        subject.sync(),
        subject.keys(),
        subject.choice(),
        subject.grants(),
        subject.scratch(),
        cooling,
        subject.limited(),
        subject.slowdownPercent(),
        subject.ticker());
  }

  /** {@return the same subject, whose store a benchmark opens in that way, with those files} */
  public static Subject opening(Supplier<GrantStore> opening, Path files, Subject subject) {
    return of(new MeasuredStore(null, opening, files), subject.limited(), subject);
  }

  /** {@return the same subject, with those JVMs of less memory} */
  public static Subject limited(LimitedJvms limited, Subject subject) {
    return of(subject.measured(), limited, subject);
  }

  private static Subject of(MeasuredStore measured, LimitedJvms limited, Subject subject) {
    return new Subject(
        measured,
        subject.sync(),
        subject.keys(),
        subject.choice(),
        subject.grants(),
        subject.scratch(),
        subject.cooling(),
        limited,
        subject.slowdownPercent(),
        subject.ticker());
  }

  /** {@return the same subject in another time} */
  public static Subject timed(Ticker ticker, Subject subject) {
    return new Subject(
        subject.measured(),
        subject.sync(),
        subject.keys(),
        subject.choice(),
        subject.grants(),
        subject.scratch(),
        subject.cooling(),
        subject.limited(),
        subject.slowdownPercent(),
        ticker);
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
    private final UnaryOperator<GrantStore> through;
    private @Nullable Path folder;

    /** Starts without any. */
    public MemoryScratch() {
      this(store -> store);
    }

    /** Starts without any; {@code through} is what each store is asked and written through. */
    public MemoryScratch(UnaryOperator<GrantStore> through) {
      this.through = through;
    }

    @Override
    public GrantStore open() {
      GrantStore store = GrantStores.open("memory:", CREATE);
      open.push(store);
      return through.apply(store);
    }

    @Override
    public String durability() {
      return "WAL";
    }

    @Override
    public Path folder() {
      try {
        Path made = Files.createTempDirectory("grantstore-test-scratch");
        folder = made;
        return made;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** Of an engine that keeps in memory what its folder names, so that copies hold the same. */
    @Override
    public GrantStore openAt(Path location, OpenMode mode) {
      String address = GrantStores.address(KeptEngine.SCHEME, location);
      return through.apply(GrantStores.open(address, StoreOptions.of(mode)));
    }

    @Override
    public long cacheBytes() {
      return StoreOptions.DEFAULT_CACHE_BYTES;
    }

    @Override
    public long discard() {
      Path made = folder;
      if (made != null) {
        folder = null;
        try {
          FolderTree.delete(made);
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
        return 4096;
      }
      Objects.requireNonNull(open.poll(), "no scratch store is open").close();
      return 4096;
    }
  }
}
