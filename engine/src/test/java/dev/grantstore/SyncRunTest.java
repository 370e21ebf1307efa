package dev.grantstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class SyncRunTest {
  private static final SyncRun OPEN = SyncRun.open("s", "full", Instant.EPOCH);
  private static final ContentDigest DIGEST = new ContentDigest(1, 2, 3);

  @Test
  void anOpenSyncHasNeitherEndNorDigest() {
    assertThat(OPEN.state()).isEqualTo(SyncRun.State.OPEN);
    assertThat(OPEN)
        .isEqualTo(new SyncRun("s", "full", Instant.EPOCH, Optional.empty(), Optional.empty()));
  }

  @Test
  void aSealedSyncHasBothAndKeepsTheRest() {
    SyncRun sealed = OPEN.sealed(Instant.MAX, DIGEST);

    assertThat(sealed.state()).isEqualTo(SyncRun.State.SEALED);
    assertThat(sealed)
        .isEqualTo(
            new SyncRun("s", "full", Instant.EPOCH, Optional.of(Instant.MAX), Optional.of(DIGEST)));
  }

  @Test
  void oneOfEndAndDigestAloneIsRefused() {
    assertThatThrownBy(
            () -> new SyncRun("s", "", Instant.EPOCH, Optional.of(Instant.EPOCH), Optional.empty()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () -> new SyncRun("s", "", Instant.EPOCH, Optional.empty(), Optional.of(DIGEST)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void badIdsAndTypesAreRefused() {
    assertThatThrownBy(() -> SyncRun.open("", "", Instant.EPOCH))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> SyncRun.open("s", "\ud83d", Instant.EPOCH))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> SyncRun.open("x".repeat(1_001), "", Instant.EPOCH))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
