package dev.grantstore.bench.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.grantstore.ForwardingGrantStore;
import dev.grantstore.Grant;
import dev.grantstore.GrantStoreException;
import dev.grantstore.Reason;
import dev.grantstore.bench.result.CellResult;
import dev.grantstore.bench.result.CellResult.Outcome;
import dev.grantstore.bench.result.StageNotes;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** G10: each store is opened once and read in turn, and what it takes is told or not. */
final class ManyStoresTest extends StagedCells {
  @ParameterizedTest
  @CsvSource({"G10, 1", "G10x10, 10"})
  void manyStoresAreOpenedOnceAndReadInTurn(String name, int stores) {
    CellResult cell = measure(name, written(store -> slow(store)), warm());

    Outcome open = cell.outcomes().get(0);
    assertThat(cell.outcomes())
        .extracting(Outcome::name)
        .containsExactly("open", "first-read", "read");
    assertThat(open.ops()).isEqualTo(stores);
    assertThat(nanos(cell, "read")).isEqualTo(500 + LOOK);
    assertThat(cell.outcomes().get(1).ops()).isEqualTo(stores);
    assertThat(cell.figures()).containsEntry("stores", (double) stores);
    assertThat(cell.notes()).doesNotContainKey(StageNotes.FEWER);
  }

  /** What is needed once, by the JVM or the engine, is no store's. */
  @Test
  void memoryOfAStoreIsThatOfEachStoreMore() {
    int[] opened = {0};
    Subject subject =
        written(
            store -> {
              ticker.occupy(++opened[0] == 2 ? 50 << 20 : 0);
              ticker.occupy(opened[0] > 1 ? 64 << 10 : 0);
              return unclosed(store);
            });

    CellResult cell = measure("G10x10", subject, warm());

    assertThat(cell.figures()).containsEntry(StageNotes.RESIDENT_PER_STORE, 64.0);
    assertThat(cell.notes())
        .containsEntry("resident memory", "of each store more, from 5 to 10")
        .containsKey("shared cache");
  }

  @Test
  void memoryOfASingleStoreIsNotTold() {
    CellResult cell = measure("G10", written(StagedCells::unclosed), warm());

    assertThat(cell.figures()).doesNotContainKey(StageNotes.RESIDENT_PER_STORE);
    assertThat(cell.notes())
        .containsEntry("resident memory", "not known of one store: benchmarks of more have it");
  }

  @Test
  void memoryThatTheSystemDoesNotTellIsNotToldAndTheOthersAreMeasured() {
    ticker.tellNoMemory();

    CellResult cell = measure("G10x10", written(StagedCells::unclosed), warm());

    assertThat(cell.figures())
        .containsEntry("stores", 10.0)
        .doesNotContainKey(StageNotes.RESIDENT_PER_STORE);
    assertThat(cell.notes())
        .containsEntry(
            "resident memory", "not known: this system does not say what a process takes")
        .doesNotContainKey(StageNotes.FEWER);
  }

  /** Between the two looks a quarter of them must be opened, or what is between is chance. */
  @ParameterizedTest
  @CsvSource({"3, false", "5, false", "7, false", "8, true", "10, true"})
  void memoryOfTooFewStoresIsNotTold(int opened, boolean isTold) {
    int[] calls = {0};
    Subject subject =
        written(
            store -> {
              if (++calls[0] > 1 + opened) {
                throw new GrantStoreException(Reason.IO, "too many open files");
              }
              return unclosed(store);
            });

    CellResult cell = measure("G10x10", subject, warm());

    assertThat(cell.outcomes().get(0).ops()).isEqualTo(opened);
    assertThat(cell.figures().containsKey(StageNotes.RESIDENT_PER_STORE)).isEqualTo(isTold);
    assertThat(cell.notes())
        .containsEntry(
            "resident memory",
            isTold
                ? "of each store more, from 5 to " + opened
                : "not known: too few of the stores could be opened");
  }

  /** What else the process may open meanwhile is left to it: 256. */
  @Test
  void limitOfFileHandlesIsToldAndTheOthersAreMeasured() {
    int[] calls = {0};
    Subject subject =
        written(
            store -> {
              calls[0]++;
              return unclosed(store);
            });
    ticker.handles(() -> 10 * Math.max(0, calls[0] - 1), 256 + 29);

    CellResult cell = measure("G10x10", subject, warm());

    assertThat(cell.outcomes())
        .extracting(Outcome::name, Outcome::ops)
        .containsExactly(tuple("open", 3L), tuple("first-read", 3L), tuple("read", 3L));
    assertThat(cell.figures())
        .containsEntry("stores", 3.0)
        .containsEntry("fileHandlesPerStore", 10.0);
    assertThat(cell.notes())
        .containsEntry(
            StageNotes.FEWER,
            "3 of 10 stores could be opened: a process may have 285 file handles");
  }

  /** One is made, and three are opened. */
  @Test
  void limitOfStoresIsToldAndTheOthersAreMeasured() {
    int[] opened = {0};
    Subject subject =
        written(
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
        .containsEntry(StageNotes.FEWER, "3 of 10 stores could be opened: too many open files");
  }

  @Test
  void aStoreOfManyThatGivesAnotherAnswerIsFound() {
    int[] opened = {0};
    Subject subject =
        written(
            store ->
                ++opened[0] < 8
                    ? unclosed(store)
                    : new ForwardingGrantStore(store) {
                      @Override
                      public Optional<Grant> get(String syncId, String grantId) {
                        return super.get(syncId, grantId).map(StagedCells::later);
                      }
                    });

    assertThatThrownBy(() -> measure("G10x10", subject, warm()))
        .isInstanceOf(WrongAnswerException.class)
        .hasMessageContaining("benchmark=G10x10");
  }
}
