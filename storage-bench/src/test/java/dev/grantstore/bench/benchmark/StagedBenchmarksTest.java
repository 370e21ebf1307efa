package dev.grantstore.bench.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.grantstore.BulkLoadOptions;
import dev.grantstore.CheckpointFiles;
import dev.grantstore.ForwardingGrantStore;
import dev.grantstore.Grant;
import dev.grantstore.GrantStore;
import dev.grantstore.GrantStoreException;
import dev.grantstore.GrantStores;
import dev.grantstore.OpenMode;
import dev.grantstore.Reason;
import dev.grantstore.StoreOptions;
import dev.grantstore.SyncRun;
import dev.grantstore.bench.measure.Halt;
import dev.grantstore.bench.result.CellResult;
import dev.grantstore.bench.result.CellResult.Outcome;
import dev.grantstore.bench.result.CellSettings;
import dev.grantstore.bench.result.CellSettings.KeyDistribution;
import dev.grantstore.bench.result.CellSettings.Temperature;
import dev.grantstore.bench.testengine.ManualTicker;
import dev.grantstore.bench.testengine.Subjects;
import dev.grantstore.container.SyncFiles;
import dev.grantstore.fixture.manifest.Manifest.SampleSize;
import dev.grantstore.fixture.spec.FixtureSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** G6 to G10: each stage in time that a test decides, and what is found if a store lies. */
final class StagedBenchmarksTest {
  private static final Subject SUBJECT = Subjects.inMemory();
  private static final Duration ONCE = Duration.ofNanos(1);

  /** A look at the clock takes this, so that time goes on. */
  private static final long LOOK = 1;

  private final ManualTicker ticker = new ManualTicker(LOOK);

  @TempDir private Path folder;

  @Test
  void coldOpenTellsEachPartAndWhatIsPutOffUntilTheFirstAnswer() {
    CellResult cell = measure("G6", opened(store -> slow(store)), warm());

    assertThat(nanos(cell, "open")).isEqualTo(7_000 + LOOK);
    assertThat(nanos(cell, "answer")).isEqualTo(500 + LOOK);
    assertThat(nanos(cell, "ready")).isEqualTo(7_500 + 2 * LOOK);
    assertThat(nanos(cell, "close")).isEqualTo(30 + LOOK);
    assertThat(cell.outcomes()).extracting(Outcome::ops).containsOnly(1L);
  }

  @Test
  void checkpointIsTimedComparedAndNotInTheTimeToClose() {
    CellResult cell = measure("G6", opened(store -> slow(checkpointing(store, SUBJECT))), warm());

    assertThat(nanos(cell, "checkpoint")).isEqualTo(2_000 + LOOK);
    assertThat(nanos(cell, "close")).isEqualTo(30 + LOOK);
    assertThat(cell.notes()).containsEntry("checkpoint", "files linked");
  }

  @Test
  void checkpointThatCannotBeLinkedIsCopiedAndOneThatCannotBeMadeIsLeftOut() {
    CellResult copied =
        measure(
            "G6",
            opened(
                store ->
                    new ForwardingGrantStore(checkpointing(store, SUBJECT)) {
                      @Override
                      public void checkpoint(Path to, CheckpointFiles files) {
                        if (files == CheckpointFiles.LINKED) {
                          throw new GrantStoreException(Reason.UNSUPPORTED, "another file system");
                        }
                        super.checkpoint(to, files);
                      }

                      @Override
                      public void close() {}
                    }),
            warm());
    CellResult none =
        measure(
            "G6",
            opened(
                store ->
                    new ForwardingGrantStore(store) {
                      @Override
                      public void checkpoint(Path to, CheckpointFiles files) {
                        throw new GrantStoreException(Reason.UNSUPPORTED, "cannot");
                      }

                      @Override
                      public void close() {}
                    }),
            warm());

    assertThat(copied.notes())
        .containsEntry("checkpoint", "files copied, not linked: another file system");
    assertThat(none.notes()).containsEntry("checkpoint", "left out: cannot");
    assertThat(none.outcomes())
        .extracting(Outcome::name)
        .containsExactly("ready", "open", "answer", "close");
  }

  @Test
  void checkpointThatHoldsOtherGrantsIsFound() {
    Subject other =
        Subjects.inMemory(FixtureSpec.reference(2_000, 20, 100, 8), new SampleSize(50, 10, 20, 2));

    assertThatThrownBy(
            () -> measure("G6", opened(store -> slow(checkpointing(store, other))), warm()))
        .isInstanceOf(WrongAnswerException.class)
        .hasMessageContaining("benchmark=G6 key=scan of");
  }

  /** A store whose checkpoints hold that subject's grants. */
  private GrantStore checkpointing(GrantStore store, Subject held) {
    return new ForwardingGrantStore(store) {
      @Override
      public void checkpoint(Path to, CheckpointFiles files) {
        ticker.advance(2_000);
        SyncFiles.copy(
            held.store(),
            held.syncId(),
            SUBJECT.scratch().openAt(to, OpenMode.CREATE),
            SUBJECT.syncId(),
            BulkLoadOptions.defaults());
      }

      @Override
      public void close() {}
    };
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void coldOpenDropsTheCacheBeforeItOpensIfColdAndOnlyThen(boolean cold) {
    List<String> order = new ArrayList<>();
    Subject subject =
        Subjects.cooled(
            () -> order.add("cooled"),
            Subjects.opening(
                () -> {
                  order.add("opened");
                  return unclosed(SUBJECT.store());
                },
                folder,
                SUBJECT));
    Temperature temperature = cold ? Temperature.COLD : Temperature.WARM;

    measure("G6", subject, settings(temperature));

    assertThat(order).isEqualTo(cold ? List.of("cooled", "opened") : List.of("opened"));
  }

  @Test
  void coldOpenLooksAtEveryFieldOfTheFirstAnswer() {
    Subject lying =
        opened(
            store ->
                new ForwardingGrantStore(store) {
                  @Override
                  public Optional<Grant> get(String syncId, String grantId) {
                    return super.get(syncId, grantId).map(StagedBenchmarksTest::later);
                  }

                  @Override
                  public void close() {}
                });

    assertThatThrownBy(() -> measure("G6", lying, warm()))
        .isInstanceOf(WrongAnswerException.class)
        .hasMessageContaining("benchmark=G6");
  }

  @Test
  void filesThatAStoreHoldsOpenAreCounted() throws IOException {
    Path file = Files.writeString(folder.resolve("data"), "x");
    Subject subject =
        Subjects.opening(
            () -> {
              try {
                var channel = Files.newByteChannel(file);
                return new ForwardingGrantStore(SUBJECT.store()) {
                  @Override
                  public void close() {
                    try {
                      channel.close();
                    } catch (IOException e) {
                      throw new IllegalStateException(e);
                    }
                  }
                };
              } catch (IOException e) {
                throw new IllegalStateException(e);
              }
            },
            folder,
            SUBJECT);

    assertThat(measure("G6", subject, warm()).figures()).containsEntry("openedFiles", 1.0);
  }

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

  @Test
  void burstHoldsSnapshotsOverALoadAndComparesAll() {
    CellResult cell = measure(Burst.NAME, SUBJECT, warm());

    assertThat(cell.outcomes().get(0).rows()).isEqualTo(6 * Subjects.SPEC.grants());
  }

  @Test
  void saveAndReadHasEachPart() {
    CellResult cell = measure("G9", SUBJECT, warm());

    assertThat(cell.outcomes()).extracting(Outcome::name).containsExactly("save", "open", "read");
    assertThat(cell.outcomes().get(2).rows()).isEqualTo(Subjects.SPEC.grants());
    assertThat(cell.figures().get("fileBytesPerGrant")).isBetween(5.0, 500.0);
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

  private static GrantStore renamed(GrantStore from, String fromId, String id) {
    GrantStore to = GrantStores.open("memory:", StoreOptions.of(OpenMode.CREATE));
    SyncFiles.copy(from, fromId, to, id, BulkLoadOptions.defaults());
    return to;
  }

  @ParameterizedTest
  @CsvSource({"G10, 1", "G10x10, 10"})
  void manyStoresAreOpenedOnceAndReadInTurn(String name, int stores) {
    CellResult cell = measure(name, scratch(store -> slow(store)), warm());

    Outcome open = cell.outcomes().get(0);
    assertThat(cell.outcomes())
        .extracting(Outcome::name)
        .containsExactly("open", "first-read", "read");
    assertThat(open.ops()).isEqualTo(stores);
    assertThat(nanos(cell, "read")).isEqualTo(500 + LOOK);
    assertThat(cell.outcomes().get(1).ops()).isEqualTo(stores);
    assertThat(cell.figures()).containsEntry("stores", (double) stores);
    assertThat(cell.notes()).doesNotContainKey(CellResult.FEWER);
  }

  /** One is made, and three are opened. */
  @Test
  void limitOfStoresIsToldAndTheOthersAreMeasured() {
    int[] opened = {0};
    Subject subject =
        scratch(
            store -> {
              if (++opened[0] > 4) {
                throw new GrantStoreException(Reason.IO, "too many open files");
              }
              return unclosed(store);
            });

    CellResult cell = measure("G10x10", subject, warm());

    assertThat(cell.outcomes().get(0).ops()).isEqualTo(3);
    assertThat(cell.figures()).containsEntry("stores", 3.0);
    assertThat(cell.notes())
        .containsEntry(CellResult.FEWER, "3 of 10 stores could be opened: too many open files");
  }

  @Test
  void aStoreOfManyThatGivesAnotherAnswerIsFound() {
    int[] opened = {0};
    Subject subject =
        scratch(
            store ->
                ++opened[0] < 8
                    ? unclosed(store)
                    : new ForwardingGrantStore(store) {
                      @Override
                      public Optional<Grant> get(String syncId, String grantId) {
                        return super.get(syncId, grantId).map(StagedBenchmarksTest::later);
                      }
                    });

    assertThatThrownBy(() -> measure("G10x10", subject, warm()))
        .isInstanceOf(WrongAnswerException.class)
        .hasMessageContaining("benchmark=G10x10");
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

  private Subject opened(UnaryOperator<GrantStore> through) {
    Supplier<GrantStore> opening =
        () -> {
          ticker.advance(7_000);
          return through.apply(SUBJECT.store());
        };
    return Subjects.opening(opening, folder, SUBJECT);
  }

  /** What is written goes through that. */
  private static Subject written(UnaryOperator<GrantStore> through) {
    return Subjects.writing(new Subjects.MemoryScratch(through), SUBJECT);
  }

  private static Subject scratch(UnaryOperator<GrantStore> through) {
    return written(through);
  }

  private GrantStore slow(GrantStore store) {
    return new ForwardingGrantStore(store) {
      @Override
      public Optional<Grant> get(String syncId, String grantId) {
        ticker.advance(500);
        return super.get(syncId, grantId);
      }

      private boolean closed;

      @Override
      public void close() {
        if (!closed) {
          ticker.advance(30);
        }
        closed = true;
      }
    };
  }

  private static GrantStore unclosed(GrantStore store) {
    return new ForwardingGrantStore(store) {
      @Override
      public void close() {}
    };
  }

  private static Grant later(Grant grant) {
    return new Grant(
        grant.id(),
        grant.entitlement(),
        grant.principal(),
        grant.discoveredAt().plusNanos(1),
        grant.needsExpansion(),
        grant.expansion(),
        grant.sources(),
        grant.annotations(),
        grant.expiresAt());
  }

  private static long nanos(CellResult cell, String stage) {
    Outcome outcome =
        cell.outcomes().stream().filter(o -> o.name().equals(stage)).findFirst().orElseThrow();
    return Math.round(outcome.nanosPerOp());
  }

  private CellResult measure(String name, Subject subject, CellSettings settings) {
    return Cell.measure(benchmark(name), Subjects.timed(ticker, subject), settings, new Halt());
  }

  private static Benchmark benchmark(String name) {
    return Benchmarks.named(List.of(name)).get(0);
  }

  private static CellSettings warm() {
    return settings(Temperature.WARM);
  }

  private static CellSettings settings(Temperature temperature) {
    return new CellSettings(
        Duration.ZERO, Duration.ZERO, ONCE, 1, 0, 1, KeyDistribution.UNIFORM, temperature, 0);
  }
}
