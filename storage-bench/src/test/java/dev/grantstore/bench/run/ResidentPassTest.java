package dev.grantstore.bench.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantstore.bench.measure.ResidentMemory;
import dev.grantstore.bench.result.RunResult.ResidentUse;
import org.junit.jupiter.api.Test;

final class ResidentPassTest {
  private static final ResidentMemory BEFORE = new ResidentMemory(1_000, 20_000, 300_000);
  private static final ResidentMemory AFTER = new ResidentMemory(1_700, 25_000, 340_000);

  @Test
  void storeTakesWhatGrewInEachPart() {
    assertThat(ResidentPass.use(BEFORE, AFTER, false, 100))
        .isEqualTo(new ResidentUse(700 + 5_000 + 40_000, 700, 40_000, 457));
  }

  /** It was filled by another engine, whose libraries and caches are outside of the heap. */
  @Test
  void storeInTheHeapTakesNothingElse() {
    assertThat(ResidentPass.use(BEFORE, AFTER, true, 100))
        .isEqualTo(new ResidentUse(700, 700, 0, 7));
  }

  @Test
  void partThatShrankIsNothingAndDoesNotHideWhatGrew() {
    ResidentMemory heapShrank = new ResidentMemory(999, 25_000, 340_000);
    ResidentMemory nativeShrank = new ResidentMemory(1_700, 19_999, 340_000);
    ResidentMemory filesShrank = new ResidentMemory(1_700, 25_000, 299_999);

    assertThat(ResidentPass.use(BEFORE, heapShrank, false, 1))
        .isEqualTo(new ResidentUse(45_000, 0, 40_000, 45_000));
    assertThat(ResidentPass.use(BEFORE, nativeShrank, false, 1))
        .isEqualTo(new ResidentUse(40_700, 700, 40_000, 40_700));
    assertThat(ResidentPass.use(BEFORE, filesShrank, false, 1))
        .isEqualTo(new ResidentUse(5_700, 700, 0, 5_700));
    assertThat(ResidentPass.use(AFTER, BEFORE, true, 1)).isEqualTo(new ResidentUse(0, 0, 0, 0));
  }

  @Test
  void shareOfAGrantIsNotRounded() {
    assertThat(ResidentPass.use(BEFORE, AFTER, true, 1_400).bytesPerGrant()).isEqualTo(0.5);
    assertThat(ResidentPass.use(BEFORE, AFTER, true, 0).bytesPerGrant()).isEqualTo(700);
  }
}
