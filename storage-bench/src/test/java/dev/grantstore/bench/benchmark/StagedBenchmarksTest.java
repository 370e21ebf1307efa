package dev.grantstore.bench.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.grantstore.BulkLoad;
import dev.grantstore.BulkLoadOptions;
import dev.grantstore.ForwardingGrantStore;
import dev.grantstore.Grant;
import dev.grantstore.GrantCursor;
import dev.grantstore.GrantQuery;
import dev.grantstore.GrantStore;
import dev.grantstore.GrantStores;
import dev.grantstore.OpenMode;
import dev.grantstore.StoreOptions;
import dev.grantstore.SyncRun;
import dev.grantstore.bench.benchmark.LimitedJvms.Ended;
import dev.grantstore.bench.measure.Halt;
import dev.grantstore.bench.result.CellResult;
import dev.grantstore.bench.result.CellResult.Outcome;
import dev.grantstore.bench.result.CellSettings;
import dev.grantstore.bench.result.StageNotes;
import dev.grantstore.bench.testengine.ManualTicker;
import dev.grantstore.bench.testengine.Subjects;
import dev.grantstore.container.SyncFiles;
import dev.grantstore.fixture.manifest.Manifest.SampleSize;
import dev.grantstore.fixture.spec.FixtureSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** G7 to G9: each stage in time that a test decides, and what is found if a store lies. */
final class StagedBenchmarksTest extends StagedCells {
  @ParameterizedTest
  @CsvSource({"G7, 10", "G7x50, 50", "G7skew, 10", "G7x500skew, 500", "G7base, 10"})
  void mergeGivesTheFixturesGrantsFromAllSources(String name, int sources) {
    List<String> made = new ArrayList<>();
    Subject subject =
        written(
            store ->
                new ForwardingGrantStore(store) {
                  @Override
                  public SyncRun seal(String syncId, Instant endedAt) {
                    made.add(syncId);
                    return super.seal(syncId, endedAt);
                  }
                });

    CellResult cell = measure(name, subject, warm());

    assertThat(made).hasSize(sources).doesNotHaveDuplicates();
    Outcome all = cell.outcomes().get(0);
    assertThat(all.ops()).isEqualTo(1);
    long grants = Subjects.SPEC.grants();
    assertThat(all.rows()).isEqualTo(grants + grants / SourceSyncs.ONE_OF);
    assertThat(cell.notes()).containsEntry("merged by", "rebuild");
  }

  @Test
  void sourcesOfOneSizeAreWithinOneOfEachOtherAndSkewedOnesAreNot() {
    int[] same = sizes(SourceSizes.SAME);
    int[] skewed = sizes(SourceSizes.SKEWED);
    int[] full = sizes(SourceSizes.FULL_AND_SMALL);

    for (int i = 0; i < same.length; i++) {
      assertThat(same[i]).isBetween(98, 102);
      assertThat(full[i]).isCloseTo(i == 0 ? 900 : 11, within(2));
      assertThat((double) skewed[i]).isEqualTo(1_000 / 2.928968 / (i + 1), within(3.0));
    }
  }

  private static int[] sizes(SourceSizes sizes) {
    int[] of = new int[10];
    for (int i = 0; i < 1_000; i++) {
      of[sizes.among(10).sourceOf(i)]++;
    }
    return of;
  }

  /** Of an id the older row wins. */
  @Test
  void mergeThatTakesTheOlderRowIsFound() {
    Subject subject =
        written(
            store ->
                new ForwardingGrantStore(store) {
                  @Override
                  public void putAll(String syncId, Collection<Grant> grants) {
                    super.putAll(
                        syncId,
                        grants.stream()
                            .map(g -> g.id().hashCode() % 100 == 0 ? later(g) : g)
                            .toList());
                  }
                });

    assertThatThrownBy(() -> measure("G7", subject, warm()))
        .isInstanceOf(WrongAnswerException.class)
        .hasMessageContaining("benchmark=G7 key=merged sync");
  }

  /** What a merge leaves to compaction is written too, only later. */
  @Test
  void writesOfAMergeAreToldUntilTheStoreHasSettled() {
    boolean[] merging = {false};
    Subject subject =
        written(
            store ->
                new ForwardingGrantStore(store) {
                  @Override
                  public BulkLoad bulkLoad(
                      String syncId, String type, Instant startedAt, BulkLoadOptions options) {
                    ticker.write(20_000);
                    merging[0] = true;
                    return super.bulkLoad(syncId, type, startedAt, options);
                  }

                  @Override
                  public void settle(Duration timeout) {
                    if (merging[0]) {
                      merging[0] = false;
                      ticker.advance(5_000_000);
                      ticker.write(60_000);
                    }
                  }
                });

    CellResult cell = measure("G7", subject, warm());

    double grants = Subjects.SPEC.grants();
    assertThat(cell.figures())
        .containsEntry("deviceWriteBytesPerGrantUntilSealed", 20_000 / grants)
        .containsEntry("deviceWriteBytesPerGrant", 80_000 / grants)
        .hasEntrySatisfying(
            "settleMillis", millis -> assertThat(millis).isCloseTo(5, within(0.001)));
    assertThat(nanos(cell, "all")).as("until it is sealed").isLessThan(5_000_000);
    assertThat(cell.notes()).containsKey("written");
  }

  @Test
  void warmUpIsToldWhereThereWasOneAndNotWhereThereWasNone() {
    CellSettings warmed = CellSettings.closed(Duration.ofSeconds(2), Duration.ofNanos(1), 1, 0, 1);

    assertThat(measure("G7", SUBJECT, warmed).warmup().seconds()).isPositive();
    assertThat(measure("G9", SUBJECT, warmed).warmup().seconds()).isPositive();
    assertThat(measure("G7", SUBJECT, warm()).notes().get(StageNotes.HOW))
        .contains("nothing before");
    assertThat(measure("G7", SUBJECT, warmed).notes().get(StageNotes.HOW))
        .contains("one merge before");
    for (String name : List.of("G6", "G8", "G10", "G10x10")) {
      assertThat(benchmark(name).warmsUp()).as(name).isFalse();
    }
  }

  @Test
  void burstHoldsSnapshotsOverALoadAndComparesAll() {
    CellResult cell = measure(Burst.NAME, SUBJECT, warm());

    assertThat(cell.outcomes().get(0).rows()).isEqualTo(6 * Subjects.SPEC.grants());
  }

  @Test
  void saveAndReadHasEachPart() {
    CellResult cell = measure("G9", SUBJECT, warm());

    assertThat(cell.outcomes()).extracting(Outcome::name).containsExactly("save", "ingest");
    assertThat(cell.outcomes().get(1).rows()).isEqualTo(Subjects.SPEC.grants());
    assertThat(cell.figures()).containsKeys("container.openMillis", "container.readMillis");
    assertThat(cell.figures().get("fileBytesPerGrant")).isBetween(5.0, 500.0);
  }

  /** With a clock of which each look takes a millisecond, and reading the next one. */
  @ParameterizedTest
  @ValueSource(strings = {"G6", "G7", "G9", "G10"})
  void figuresInMillisecondsAreThat(String name) {
    ManualTicker slow = new ManualTicker(1_000_000);
    Subject subject = name.equals("G6") ? opened(store -> unclosed(store)) : SUBJECT;

    CellResult cell =
        Cell.measure(benchmark(name), Subjects.timed(slow, subject), warm(), new Halt());

    cell.figures()
        .forEach(
            (figure, value) -> {
              if (figure.endsWith("Millis")) {
                assertThat(value).as(figure).isEqualTo(1);
              }
            });
    assertThat(cell.figures().keySet().stream().filter(f -> f.endsWith("Millis")))
        .hasSize(name.equals("G9") ? 2 : name.equals("G7") ? 1 : 0);
  }

  /** The file is whole in itself; it is only not of these grants. */
  @Test
  void saveAndReadComparesTheDigest() {
    Subject other =
        Subjects.inMemory(FixtureSpec.reference(2_000, 20, 100, 8), new SampleSize(50, 10, 20, 2));
    String id = SUBJECT.syncId();
    GrantStore of = other.store();
    GrantStore lying = of.sync(id).isPresent() ? of : renamed(of, other.syncId(), id);

    assertThatThrownBy(() -> measure("G9", SUBJECT.through(lying), warm()))
        .isInstanceOf(WrongAnswerException.class)
        .hasMessageContaining("benchmark=G9 key=digest of the container");
  }

  /** What is compared of engines is what each does itself: its own load. */
  @Test
  void ingestIsTheEnginesOwn() {
    Subject slow =
        written(
            store ->
                new ForwardingGrantStore(store) {
                  @Override
                  public BulkLoad bulkLoad(
                      String syncId, String type, Instant startedAt, BulkLoadOptions options) {
                    ticker.advance(9_000_000);
                    return super.bulkLoad(syncId, type, startedAt, options);
                  }
                });

    assertThat(nanos(measure("G9", slow, warm()), "ingest")).isEqualTo(9_000_000 + LOOK);
  }

  @Test
  void ingestThatLosesARowIsFound() {
    Subject losing =
        written(
            store ->
                new ForwardingGrantStore(store) {
                  @Override
                  public GrantCursor cursor(GrantQuery query) {
                    GrantCursor cursor = super.cursor(query);
                    cursor.next();
                    return cursor;
                  }
                });

    assertThatThrownBy(() -> measure("G9", losing, warm()))
        .isInstanceOf(WrongAnswerException.class)
        .hasMessageContaining("benchmark=G9 key=scan of");
  }

  private static GrantStore renamed(GrantStore from, String fromId, String id) {
    GrantStore to = GrantStores.open("memory:", StoreOptions.of(OpenMode.CREATE));
    SyncFiles.copy(from, fromId, to, id, BulkLoadOptions.defaults());
    return to;
  }

  /** With a warm-up each stage, rate and figure is of as many operations as without. */
  @ParameterizedTest
  @ValueSource(
      strings = {"G6", "G7", "G7base", "G7rebuild", "G8", "G8burst", "G9", "G10", "G10x10"})
  void whatWarmsUpIsInNoFigure(String name) {
    CellSettings once = warm();
    CellSettings warmed =
        new CellSettings(
            Duration.ofNanos(1),
            Duration.ofNanos(1),
            once.duration(),
            once.threads(),
            once.missRatio(),
            once.seed(),
            once.distribution(),
            once.temperature(),
            once.ratePerSecond());

    CellResult cold = measure(name, unused(name), once);
    CellResult warm = measure(name, unused(name), warmed);

    assertThat(warm.outcomes())
        .usingRecursiveFieldByFieldElementComparatorOnFields("name", "ops", "rows")
        .isEqualTo(cold.outcomes());
    assertThat(warm.rate().windowsPerSecond()).hasSameSizeAs(cold.rate().windowsPerSecond());
    assertThat(warm.figures().keySet()).isEqualTo(cold.figures().keySet());
    if (!benchmark(name).warmsUp()) {
      assertThat(warm.warmup().seconds()).isZero();
      assertThat(warm.outcomes())
          .as("the first operations of each, which take longer here")
          .extracting(Outcome::nanosPerOp)
          .isEqualTo(cold.outcomes().stream().map(Outcome::nanosPerOp).toList());
      assertThat(own(warm)).isEqualTo(own(cold));
    }
  }

  /** A subject of which nothing was asked; a burst is measured as in a JVM of its own. */
  private Subject unused(String name) {
    return switch (name) {
      case "G6" -> opened(StagedCells::unclosed);
      case "G8" ->
          Subjects.limited(
              (mib, benchmark, settings, patience) ->
                  Optional.of(new Ended(measure(benchmark, SUBJECT, settings), "", false)),
              SUBJECT);
      case "G10", "G10x10" -> written(this::slowAtFirst);
      default -> SUBJECT;
    };
  }

  /** Figures of the time that the test decides; memory is the process's. */
  private static Map<String, Double> own(CellResult cell) {
    Map<String, Double> own = new TreeMap<>(cell.figures());
    own.keySet().removeIf(figure -> figure.startsWith("peakRss"));
    return own;
  }

  /** Answers to the first two reads of each store take longer than later ones. */
  private GrantStore slowAtFirst(GrantStore store) {
    int[] reads = {0};
    return new ForwardingGrantStore(store) {
      @Override
      public Optional<Grant> get(String syncId, String grantId) {
        ticker.advance(++reads[0] > 2 ? 10 : 1_000);
        return super.get(syncId, grantId);
      }

      @Override
      public void close() {}
    };
  }

  @ParameterizedTest
  @ValueSource(strings = {"G6", "G7", "G8", "G9", "G10"})
  void noneIsSlowedOnPurpose(String name) {
    Subject slowed =
        new Subject(
            SUBJECT.measured(),
            SUBJECT.sync(),
            SUBJECT.keys(),
            SUBJECT.choice(),
            SUBJECT.grants(),
            SUBJECT.scratch(),
            SUBJECT.cooling(),
            SUBJECT.limited(),
            50,
            ticker);

    assertThatThrownBy(() -> Cell.measure(benchmark(name), slowed, warm(), new Halt()))
        .hasMessage(name + " cannot be slowed on purpose");
  }
}
