package dev.grantstore.mvstore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantstore.GrantStoreException;
import dev.grantstore.Reason;
import java.io.IOException;
import java.util.Map;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStoreException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class MvErrorsTest {
  private static final Map<Integer, Reason> REASONS =
      Map.of(
          DataUtils.ERROR_FILE_CORRUPT, Reason.CORRUPTION,
          DataUtils.ERROR_CHUNK_NOT_FOUND, Reason.CORRUPTION,
          DataUtils.ERROR_BLOCK_NOT_FOUND, Reason.CORRUPTION,
          DataUtils.ERROR_SERIALIZATION, Reason.CORRUPTION,
          DataUtils.ERROR_UNSUPPORTED_FORMAT, Reason.VERSION_TOO_NEW,
          DataUtils.ERROR_INTERNAL, Reason.IO);

  /** However often it is wrapped, what was first says what it was. */
  @Test
  void theFirstErrorSaysTheReason() {
    REASONS.forEach(
        (code, reason) -> {
          for (int outer : REASONS.keySet()) {
            MVStoreException thrown = error(code, null);
            for (int wrapped = 0; wrapped < 3; wrapped++) {
              GrantStoreException ours = MvErrors.wrap("reading failed", thrown);
              assertThat(ours.reason()).as("%d in %d", code, outer).isEqualTo(reason);
              assertThat(ours).hasMessageStartingWith("reading failed: ").hasCause(thrown);
              thrown = error(outer, thrown);
            }
          }
        });
  }

  @Test
  void ofAFileItSaysWhatTheFileSaid() {
    IOException full = new IOException("No space left on device");
    MVStoreException thrown =
        error(DataUtils.ERROR_INTERNAL, error(DataUtils.ERROR_WRITING_FAILED, full));

    assertThat(MvErrors.wrap("writing failed", thrown).reason()).isEqualTo(Reason.NO_SPACE);
    IOException damaged = new DamagedBlockException("block has another checksum", null);
    assertThat(
            MvErrors.wrap("reading failed", error(DataUtils.ERROR_FILE_CORRUPT, damaged)).reason())
        .isEqualTo(Reason.CORRUPTION);
  }

  private static MVStoreException error(int code, @Nullable Exception cause) {
    return cause == null
        ? DataUtils.newMVStoreException(code, "failed")
        : DataUtils.newMVStoreException(code, "failed", cause);
  }
}
