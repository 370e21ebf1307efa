package dev.grantstore.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantstore.Reason;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import org.junit.jupiter.api.Test;

final class FileErrorsTest {
  @Test
  void anInterruptIsATimeout() {
    assertThat(FileErrors.wrap("load failed", new ClosedByInterruptException()).reason())
        .isEqualTo(Reason.TIMEOUT);
  }

  @Test
  void aFullDiskIsTold() {
    IOException full = new IOException("x: No space left on device");

    assertThat(FileErrors.wrap("load failed", full).reason()).isEqualTo(Reason.NO_SPACE);
    assertThat(FileErrors.wrap("load failed", new IOException("other")).reason())
        .isEqualTo(Reason.IO);
  }
}
