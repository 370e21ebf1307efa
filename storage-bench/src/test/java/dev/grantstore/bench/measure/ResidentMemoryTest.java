package dev.grantstore.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class ResidentMemoryTest {
  private static final List<String> MAPPINGS =
      List.of(
          "70000000-70800000 rw-p 00000000 00:00 0 ",
          "Rss:                8000 kB",
          "Anonymous:          8000 kB",
          "7f0000000000-7f0000100000 r--s 00000000 fe:00 7  /data/store/data.mdb",
          "Rss:                 300 kB",
          "Anonymous:            20 kB",
          "7f1000000000-7f1000100000 rw-p 00000000 00:00 0  [heap]",
          "Rss:                  50 kB",
          "Anonymous:            50 kB");

  @Test
  void javaHeapCountsByWhatIsInUseAndTheRestByWhatIsResident() {
    String serial =
        """
         def new generation   total 4K, used 1K [0x70000000, 0x70400000, 0x70400000)
           the space 1K,   0% used [0x70400000, 0x70400000, 0x70400200, 0x70800000)
         Metaspace       used 5K, committed 6K, reserved 8K
        """;

    assertThat(ResidentMemory.of(MAPPINGS, serial, 1_234))
        .contains(new ResidentMemory(1_234, (20 + 50) << 10, 280 << 10));
    assertThat(
            ResidentMemory.of(
                MAPPINGS, "garbage-first heap total 8K, used 1K [0x70000000, 0x70800000)", 5))
        .contains(new ResidentMemory(5, 70 << 10, 280 << 10));
  }

  @Test
  void jvmThatDoesNotSayWhereItsHeapIsIsNotMeasured() {
    assertThat(ResidentMemory.of(MAPPINGS, "ZHeap used 2M, capacity 8M", 5)).isEmpty();
  }

  @Test
  void thisProcessHasMemory() {
    ResidentMemory.now().ifPresent(now -> assertThat(now.nativeBytes()).isPositive());
  }
}
