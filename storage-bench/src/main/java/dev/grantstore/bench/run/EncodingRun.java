package dev.grantstore.bench.run;

import dev.grantstore.BulkLoad;
import dev.grantstore.BulkLoadOptions;
import dev.grantstore.BulkPart;
import dev.grantstore.Grant;
import dev.grantstore.GrantStore;
import dev.grantstore.GrantStores;
import dev.grantstore.OpenMode;
import dev.grantstore.StoreOptions;
import dev.grantstore.StoreStats;
import dev.grantstore.bench.encoding.EncodingKind;
import dev.grantstore.bench.encoding.study.EncodingStudy;
import dev.grantstore.bench.encoding.study.GrantSample;
import dev.grantstore.bench.environment.EnvironmentReader;
import dev.grantstore.bench.result.EncodingFigures;
import dev.grantstore.bench.result.EncodingResult;
import dev.grantstore.bench.result.Environment;
import dev.grantstore.fixture.Fixture;
import dev.grantstore.fixture.Fixtures;
import dev.grantstore.fixture.error.FixtureException;
import dev.grantstore.fixture.error.Problem;
import dev.grantstore.fixture.manifest.SyncEntry;
import dev.grantstore.fixture.progress.Progress;
import dev.grantstore.folder.FolderTree;
import dev.grantstore.folder.LockedFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Compares record encodings on a fixture's largest sync. */
public final class EncodingRun {
  private static final long CACHE_BYTES = 64L << 20;

  private final EncodingPlan plan;
  private final Clock clock;
  private final Progress progress;

  /**
   * Creates a run.
   *
   * @param plan what to do
   * @param clock says when it was
   * @param progress is told what goes on, and asked whether to stop
   */
  public EncodingRun(EncodingPlan plan, Clock clock, Progress progress) {
    this.plan = plan;
    this.clock = clock;
    this.progress = progress;
  }

  /**
   * Measures every encoding.
   *
   * @return the figures; the databases are removed
   * @throws FixtureException if the folder is no sound fixture, if no dictionary can be trained on
   *     it, or if the run was told to stop
   * @throws IOException if files cannot be read or written
   */
  public EncodingResult run() throws IOException {
    Instant startedAt = clock.instant();
    Fixture fixture = Fixtures.open(plan.fixture());
    SyncEntry sync = FixtureRun.largest(fixture.manifest());
    Environment environment = new EnvironmentReader(Path.of("/")).read(plan.scratchFolder());
    progress.phase("reading grants", sync.all().rows());
    GrantSample sample;
    try (GrantStore store = fixture.openStore(CACHE_BYTES)) {
      sample = GrantSample.read(store, sync.id(), sync.all().rows(), plan.sampleGrants());
    }
    try (LockedFolder scratch = LockedFolder.temporary(plan.scratchFolder(), "encodings")) {
      Path folder = scratch.path();
      SortedMap<String, Double> engineBytes = engineBytes(sample.measured(), folder);
      List<EncodingFigures> figures = figures(sample, folder);
      return new EncodingResult(
          EncodingResult.FORMAT_VERSION,
          plan.toolVersion(),
          plan.command(),
          startedAt,
          clock.instant(),
          FixtureWords.facts(fixture, sync),
          environment,
          sample.measured().size(),
          sample.training().size(),
          engineBytes,
          figures);
    }
  }

  private List<EncodingFigures> figures(GrantSample sample, Path folder) throws IOException {
    EncodingStudy study;
    try {
      study = new EncodingStudy(sample, folder);
    } catch (IllegalArgumentException e) {
      throw new FixtureException(Problem.BAD_INPUT, String.valueOf(e.getMessage()), e);
    }
    List<EncodingFigures> figures = new ArrayList<>();
    for (EncodingKind kind : EncodingKind.values()) {
      stopIfAsked();
      progress.phase("measuring " + kind.label(), -1);
      figures.add(study.measure(kind));
      removeContents(folder);
    }
    return figures;
  }

  /** Through the contract: the same grants, as the engines themselves store them. */
  private SortedMap<String, Double> engineBytes(List<Grant> grants, Path folder)
      throws IOException {
    SortedMap<String, Double> bytes = new TreeMap<>();
    for (String scheme : List.of("rocksdb", "sqlite")) {
      stopIfAsked();
      progress.phase("loading into " + scheme, grants.size());
      try (GrantStore store =
          GrantStores.open(
              GrantStores.address(scheme, folder.resolve(scheme)),
              StoreOptions.of(OpenMode.CREATE))) {
        try (BulkLoad load =
            store.bulkLoad("sample", "sample", clock.instant(), BulkLoadOptions.defaults())) {
          try (BulkPart part = load.openPart()) {
            grants.forEach(part::add);
          }
          load.commit(clock.instant());
        }
        long total =
            store.stats().keyspaces().stream().mapToLong(StoreStats.Keyspace::fileBytes).sum();
        bytes.put(scheme, (double) total / grants.size());
      }
      removeContents(folder);
    }
    return bytes;
  }

  private void stopIfAsked() {
    if (progress.cancelled()) {
      throw new FixtureException(Problem.CANCELLED, "interrupted; nothing was measured");
    }
  }

  private static void removeContents(Path folder) throws IOException {
    for (Path entry : FolderTree.entries(folder)) {
      FolderTree.delete(entry);
    }
  }
}
