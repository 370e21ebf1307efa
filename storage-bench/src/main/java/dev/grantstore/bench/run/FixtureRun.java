package dev.grantstore.bench.run;

import dev.grantstore.GrantStore;
import dev.grantstore.GrantStoreException;
import dev.grantstore.OpenMode;
import dev.grantstore.Reason;
import dev.grantstore.StoreOptions;
import dev.grantstore.bench.benchmark.Benchmark;
import dev.grantstore.bench.benchmark.Cell;
import dev.grantstore.bench.benchmark.LimitedJvms;
import dev.grantstore.bench.benchmark.MeasuredStore;
import dev.grantstore.bench.benchmark.Subject;
import dev.grantstore.bench.benchmark.SyncCheck;
import dev.grantstore.bench.benchmark.WrongAnswerException;
import dev.grantstore.bench.environment.EnvironmentReader;
import dev.grantstore.bench.measure.Halt;
import dev.grantstore.bench.measure.Ticker;
import dev.grantstore.bench.result.CellResult;
import dev.grantstore.bench.result.CellResult.StoreState;
import dev.grantstore.bench.result.Environment;
import dev.grantstore.bench.result.ForkResult;
import dev.grantstore.bench.result.ReadCounters;
import dev.grantstore.bench.result.RunResult.CellFailure;
import dev.grantstore.bench.result.RunResult.ResidentUse;
import dev.grantstore.bench.run.CellRequest.AskedCell;
import dev.grantstore.bench.run.CellRequest.Engine;
import dev.grantstore.bench.run.CellRequest.Step;
import dev.grantstore.fixture.Fixture;
import dev.grantstore.fixture.Fixtures;
import dev.grantstore.fixture.progress.Progress;
import dev.grantstore.tool.Failures;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Does a request in this JVM: opens the fixture, does the steps on its largest sync, closes it
 * again. One thread.
 */
final class FixtureRun {
  private static final Logger LOG = Logger.getLogger(FixtureRun.class.getName());

  /** As many as the extra passes ask for at most. */
  private static final long COUNTED_KEYS = 10_000;

  private final CellRequest request;
  private final Halt halt;
  private final Progress progress;
  private final LimitedJvms limited;
  private final Fixture fixture;
  private final FixtureGrants grants;
  private final StoreOptions options;
  private @Nullable ResidentUse resident;
  private StoreState state = new StoreState(List.of(), 0, new TreeMap<>());
  private List<CellResult> cells = List.of();
  private SortedMap<String, ReadCounters> counters = new TreeMap<>();

  private FixtureRun(CellRequest request, Halt halt, Progress progress, LimitedJvms limited)
      throws IOException {
    this.request = request;
    this.limited = limited;
    this.halt = halt;
    this.progress = progress;
    this.fixture = Fixtures.open(Path.of(request.fixture()));
    this.grants = FixtureGrants.of(fixture);
    this.options =
        new StoreOptions(
            OpenMode.READ_ONLY, request.durability(), request.cacheBytes(), request.ownOptions());
  }

  /** {@return what was found, or what went wrong; the store is closed} */
  static CellRunner.Answer answer(
      CellRequest request, Clock clock, Halt halt, Progress progress, LimitedJvms limited) {
    try {
      Instant startedAt = clock.instant();
      return CellRunner.Answer.of(
          new FixtureRun(request, halt, progress, limited).run(startedAt, clock));
    } catch (WrongAnswerException e) {
      return failed(CellFailure.Kind.WRONG_ANSWER, e);
    } catch (GrantStoreException e) {
      return failed(kind(e.reason()), e);
    } catch (IOException | RuntimeException | LinkageError | OutOfMemoryError e) {
      return failed(CellFailure.Kind.FAILED, e);
    }
  }

  /** {@return whether there was no memory left, whoever found that out first} */
  private static boolean isOfMemory(Throwable failure) {
    for (Throwable each = failure; each != null; each = each.getCause()) {
      if (each instanceof OutOfMemoryError) {
        return true;
      }
    }
    return false;
  }

  private static CellFailure.Kind kind(Reason reason) {
    return switch (reason) {
      case CORRUPTION, DATA_LOSS, SYNC_UNKNOWN -> CellFailure.Kind.WRONG_ANSWER;
      case UNSUPPORTED -> CellFailure.Kind.UNAVAILABLE;
      default -> CellFailure.Kind.FAILED;
    };
  }

  private static CellRunner.Answer failed(CellFailure.Kind kind, Throwable failure) {
    LOG.log(Level.FINE, "request failed", failure);
    String words = Failures.words(failure);
    return isOfMemory(failure)
        ? CellRunner.Answer.outOfMemory(words)
        : CellRunner.Answer.failed(kind, words);
  }

  private ForkResult run(Instant startedAt, Clock clock) throws IOException {
    try (AnsweringStore answering =
        new AnsweringStore(request.engine(), request.address(), fixture, grants.sync(), options)) {
      Environment environment =
          new EnvironmentReader(Path.of("/")).read(answering.filesOfFixture());
      steps(answering);
      return new ForkResult(
          startedAt,
          clock.instant(),
          halt.isRequested(),
          grants.facts(),
          answering.facts(state),
          environment,
          answering.disk(state),
          resident,
          cells,
          counters);
    }
  }

  /** All but the counting, on one open store. */
  private void steps(AnsweringStore answering) {
    try (OwnedScratch scratch = answering.newScratch(Path.of(request.scratchFolder()))) {
      if (isUnopened()) {
        cells = measure(unopened(answering, scratch));
        return;
      }
      Subject subject;
      Optional<ResidentPass> memory =
          has(Step.RESIDENT) && request.engine() != Engine.NULL
              ? Optional.of(beforeOpening())
              : Optional.empty();
      try (GrantStore store = answering.open(progress)) {
        subject =
            new Subject(
                new MeasuredStore(
                    store, () -> answering.open(progress), answering.filesOfFixture()),
                grants.sync(),
                grants.keys(),
                grants.choice(Long.MAX_VALUE),
                grants.feed(() -> answering.source(store)),
                answering.scratch(scratch),
                this::cool,
                limited,
                request.slowdownPercent(),
                Ticker.SYSTEM);
        if (has(Step.CHECK)) {
          check(subject);
        }
        if (memory.isPresent()) {
          boolean inHeap = answering.isInMemory();
          resident = memory.get().whenWarm(subject, inHeap, request.cells(), halt);
        }
        if (has(Step.MEASURE)) {
          cells = measure(subject);
        }
        state = Cell.state(store.stats());
      }
      if (has(Step.COUNT) && answering.isOnDisk()) {
        progress.phase("counting blocks in an extra pass", -1);
        counters =
            new CounterPass(answering.uri(), options, halt)
                .count(request.cells(), subject.asking(grants.choice(COUNTED_KEYS)));
      }
    }
  }

  /** {@return whether nothing is asked but of benchmarks that open their stores themselves} */
  private boolean isUnopened() {
    return has(Step.MEASURE)
        && request.cells().stream().allMatch(cell -> cell.named().opensStores());
  }

  private Subject unopened(AnsweringStore answering, OwnedScratch scratch) {
    return new Subject(
        new MeasuredStore(null, () -> answering.open(progress), answering.filesOfFixture()),
        grants.sync(),
        grants.keys(),
        grants.choice(COUNTED_KEYS),
        grants.feed(answering::source),
        answering.scratch(scratch),
        this::cool,
        limited,
        request.slowdownPercent(),
        Ticker.SYSTEM);
  }

  private void cool() {
    try {
      PageCache.drop(Path.of(request.fixture()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean has(Step step) {
    return request.steps().contains(step);
  }

  private ResidentPass beforeOpening() {
    long seed = request.cells().isEmpty() ? 0 : request.cells().get(0).settings().seed();
    return ResidentPass.beforeOpening(
        fixture, grants.sync(), grants.choice(COUNTED_KEYS).choose(seed, halt), progress);
  }

  /** Waits until the store has no work left, and compares the whole sync with the manifest. */
  private void check(Subject subject) {
    progress.phase("waiting for compaction", -1);
    Cell.settle(subject.store());
    if (!subject.isNull()) {
      progress.phase("comparing every row with the manifest", -1);
      SyncCheck.verify(subject, halt);
    }
  }

  /** Keeps a cell that was cut short if anything of it was measured. */
  private List<CellResult> measure(Subject subject) {
    List<CellResult> results = new ArrayList<>();
    for (AskedCell cell : request.cells()) {
      if (halt.isRequested()) {
        break;
      }
      Benchmark benchmark = cell.named();
      progress.phase(
          String.format(Locale.ROOT, "measuring %s (%s)", benchmark.name(), benchmark.title()), -1);
      CellResult result = Cell.measure(benchmark, subject, cell.settings(), halt);
      if (!result.outcomes().isEmpty()) {
        results.add(result);
      }
    }
    return results;
  }
}
