package dev.grantstore.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantstore.Reason;
import org.junit.jupiter.api.Test;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;

final class RocksErrorsTest {
  private static final String FULL =
      "IO error: No space left on device: While appending to file: /d/000124.sst";

  @Test
  void aFullDiskIsNoSpace() {
    assertThat(reason(Status.Code.IOError, Status.SubCode.NoSpace, FULL))
        .isEqualTo(Reason.NO_SPACE);
  }

  @Test
  void aWriteStoppedByAFullDiskIsNoSpace() {
    assertThat(reason(Status.Code.Incomplete, Status.SubCode.None, FULL))
        .isEqualTo(Reason.NO_SPACE);
  }

  @Test
  void aWriteStoppedByAnythingElseIsNot() {
    assertThat(reason(Status.Code.Incomplete, Status.SubCode.None, "IO error: No such file"))
        .isEqualTo(Reason.IO);
    assertThat(reason(Status.Code.Incomplete, Status.SubCode.None, "Write stall"))
        .isEqualTo(Reason.IO);
  }

  private static Reason reason(Status.Code code, Status.SubCode subCode, String state) {
    return RocksErrors.wrap("write failed", new RocksDBException(new Status(code, subCode, state)))
        .reason();
  }
}
