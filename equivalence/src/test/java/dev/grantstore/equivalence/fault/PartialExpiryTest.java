package dev.grantstore.equivalence.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantstore.GrantStore;
import dev.grantstore.OpenMode;
import dev.grantstore.equivalence.fault.Verdict.Kind;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a process leaves that died in an expiry: its first writes whole, and nothing else. */
final class PartialExpiryTest {
  private static final long SEED = 4_711;
  private static final Script SCRIPT = new Script(SEED);

  /** In the second cycle, where it takes two writes. */
  private static final int EXPIRY = Script.CYCLE_STEPS + firstExpiry();

  @TempDir Path folder;

  @Test
  void theFirstWritesAreAllowed() {
    assertThat(verdict("none", store -> {})).isEqualTo(Kind.TAIL);
    assertThat(verdict("first", store -> SCRIPT.runFirst(store, EXPIRY, 1))).isEqualTo(Kind.TAIL);
    assertThat(verdict("all", store -> SCRIPT.run(store, EXPIRY, () -> {}))).isEqualTo(Kind.RIGHT);
  }

  @Test
  void partOfAWriteIsNot() {
    assertThat(verdict("less", store -> store.delete("written-001", Script.grantId(1_001))))
        .isEqualTo(Kind.SILENT);
    assertThat(
            verdict(
                "more",
                store -> {
                  SCRIPT.runFirst(store, EXPIRY, 1);
                  store.delete("written-001", Script.grantId(2_048));
                }))
        .isEqualTo(Kind.SILENT);
  }

  private Kind verdict(String name, Consumer<GrantStore> done) {
    Path place = folder.resolve(name);
    try (GrantStore store = Judge.open("mvstore", place, OpenMode.CREATE)) {
      for (int step = 0; step < EXPIRY; step++) {
        SCRIPT.run(store, step, () -> {});
      }
      assertThat(SCRIPT.batches(store, EXPIRY)).isEqualTo(2);
      done.accept(store);
    }
    Trial trial = new Trial("mvstore", place, OpenMode.OPEN, SEED, EXPIRY, EXPIRY + 1, false, true);
    return Judge.judge(trial, new Reference.Shelf()).kind();
  }

  private static int firstExpiry() {
    int step = 0;
    while (SCRIPT.kind(step) != Script.Kind.EXPIRE) {
      step++;
    }
    return step;
  }
}
