package dev.grantstore.bench.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.grantstore.GrantStore;
import dev.grantstore.bench.measure.Halt;
import dev.grantstore.bench.result.CellSettings;
import dev.grantstore.bench.testengine.HaltingStore;
import dev.grantstore.bench.testengine.Subjects;
import dev.grantstore.bench.testengine.WrongStore;
import dev.grantstore.bench.testengine.WrongStore.Fault;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class WrongAnswersTest {
  private static final Subject RIGHT = Subjects.inMemory();

  /** A wrong answer is found long before; a benchmark that finds none ends all the same. */
  private static final int MOST_READS = 100_000;

  @ParameterizedTest
  @CsvSource({
    "G2, OTHER_GRANT",
    "G2, NO_GRANT",
    "G3, DROPS_ROW_BY_ENTITLEMENT",
    "G4, DROPS_ROW_BY_PRINCIPAL",
    "Check, HOLDS_INVERTED",
  })
  void isFoundBeforeTheClockStarts(String benchmark, Fault fault) {
    assertThat(found(benchmark, fault, 0))
        .contains("benchmark=" + benchmark, "key=", "expected=", "found=");
  }

  @ParameterizedTest
  @CsvSource({
    "G2, OTHER_GRANT, 200",
    "G2, NO_GRANT, 200",
    "G3, DROPS_ROW_BY_ENTITLEMENT, 200",
    "G4, DROPS_ROW_BY_PRINCIPAL, 200",
    "G5, DROPS_ROW_OF_SCAN, 1",
    "Check, HOLDS_INVERTED, 200",
  })
  void isFoundInsideTheClock(String benchmark, Fault fault, int moreThanAreComparedBefore) {
    assertThat(found(benchmark, fault, moreThanAreComparedBefore))
        .contains("benchmark=" + benchmark, "key=", "expected=", "found=");
  }

  @Test
  void droppedRowIsNamedWithBothCounts() {
    assertThat(found("G3", Fault.DROPS_ROW_BY_ENTITLEMENT, 0))
        .containsPattern("key=\"app\"/\"app-\\d\"/\"ent-\\d+\"")
        .containsPattern("expected=(\\d+) rows .* found=(\\d+) rows");
  }

  @Test
  void wholeSyncIsComparedBeforehand() {
    Subject wrong =
        Subjects.through(new WrongStore(RIGHT.store(), Fault.DROPS_ROW_OF_SCAN, 0), RIGHT);

    assertThatThrownBy(() -> SyncCheck.verify(wrong, new Halt()))
        .isInstanceOf(WrongAnswerException.class)
        .hasMessageContaining("expected=2000 rows")
        .hasMessageContaining("found=1999 rows");
  }

  @Test
  void writtenSyncIsReadBackAndCompared() {
    Subjects.MemoryScratch scratch = new Subjects.MemoryScratch();
    ScratchStores losing =
        new ScratchStores() {
          @Override
          public GrantStore open() {
            return new WrongStore(scratch.open(), Fault.DROPS_ROW_OF_SCAN, 0);
          }

          @Override
          public String durability() {
            return scratch.durability();
          }

          @Override
          public long discard() {
            return scratch.discard();
          }
        };
    Subject subject =
        new Subject(
            RIGHT.store(), RIGHT.sync(), RIGHT.keys(), RIGHT.choice(), RIGHT.grants(), losing, 0);

    assertThat(failure("G1", subject).getMessage())
        .contains("benchmark=G1", "expected=2000 rows", "found=1999 rows");
  }

  private static String found(String benchmark, Fault fault, int rightAnswersFirst) {
    WrongStore store = new WrongStore(RIGHT.store(), fault, rightAnswersFirst);
    return String.valueOf(failure(benchmark, Subjects.through(store, RIGHT)).getMessage());
  }

  private static WrongAnswerException failure(String benchmark, Subject wrong) {
    Duration duration = Duration.ofMinutes(10);
    CellSettings settings = CellSettings.closed(Duration.ZERO, duration, 1, 0.5, 1);
    Halt halt = new Halt();
    Subject ending = Subjects.through(new HaltingStore(wrong.store(), MOST_READS, halt), wrong);
    return catchThrowableOfType(
        WrongAnswerException.class,
        () -> Cell.measure(Benchmarks.named(List.of(benchmark)).get(0), ending, settings, halt));
  }
}
