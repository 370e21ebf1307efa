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
        .isEqualTo(
            new SyncRun(
                "s", "full", Instant.EPOCH, Optional.empty(), Optional.empty(), Optional.empty()));
  }

  @Test
  void aSealedSyncHasBothAndKeepsTheRest() {
    SyncRun sealed = OPEN.sealed(Instant.MAX, DIGEST);

    assertThat(sealed.state()).isEqualTo(SyncRun.State.SEALED);
    assertThat(sealed)
        .isEqualTo(
            new SyncRun(
                "s",
                "full",
                Instant.EPOCH,
                Optional.of(Instant.MAX),
                Optional.of(DIGEST),
                Optional.empty()));
  }

  @Test
  void anOpenSyncHasTheTokenThatItWasGivenLastAndLosesItByTheSeal() {
    Bytes token = Bytes.copyOf(new byte[SyncRun.MAX_RESUME_TOKEN_BYTES]);

    assertThat(OPEN.resumeToken()).isEmpty();
    assertThat(OPEN.resumingAt(token).resumingAt(Bytes.EMPTY).resumeToken()).contains(Bytes.EMPTY);
    assertThat(OPEN.resumingAt(token).sealed(Instant.MAX, DIGEST))
        .isEqualTo(OPEN.sealed(Instant.MAX, DIGEST));
  }

  @Test
  void aTokenThatIsTooLongAndOneOfASealedSyncAreRefused() {
    Bytes tooLong = Bytes.copyOf(new byte[SyncRun.MAX_RESUME_TOKEN_BYTES + 1]);

    assertThatThrownBy(() -> OPEN.resumingAt(tooLong))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("resume token is too long: bytes=65537 limit=65536");
    assertThatThrownBy(() -> OPEN.sealed(Instant.MAX, DIGEST).resumingAt(Bytes.EMPTY))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void oneOfEndAndDigestAloneIsRefused() {
    assertThatThrownBy(
            () ->
                new SyncRun(
                    "s",
                    "",
                    Instant.EPOCH,
                    Optional.of(Instant.EPOCH),
                    Optional.empty(),
                    Optional.empty()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () ->
                new SyncRun(
                    "s",
                    "",
                    Instant.EPOCH,
                    Optional.empty(),
                    Optional.of(DIGEST),
                    Optional.empty()))
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
