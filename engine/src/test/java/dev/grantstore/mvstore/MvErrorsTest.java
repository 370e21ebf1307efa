package dev.grantstore.mvstore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantstore.GrantStoreException;
import dev.grantstore.Reason;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.FileSystemException;
import java.util.Map;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStoreException;
import org.junit.jupiter.api.Test;

/** What each error of the library is in the contract's terms. */
final class MvErrorsTest {
  private static final Map<String, Reason> NOT_IO =
      Map.of(
          "ERROR_FILE_CORRUPT", Reason.CORRUPTION,
          "ERROR_CHUNK_NOT_FOUND", Reason.CORRUPTION,
          "ERROR_BLOCK_NOT_FOUND", Reason.CORRUPTION,
          "ERROR_SERIALIZATION", Reason.CORRUPTION,
          "ERROR_UNSUPPORTED_FORMAT", Reason.VERSION_TOO_NEW);

  @Test
  void everyErrorOfTheLibraryHasItsReason() throws Exception {
    int codes = 0;
    for (Field field : DataUtils.class.getFields()) {
      if (field.getName().startsWith("ERROR_") && Modifier.isStatic(field.getModifiers())) {
        codes++;
        MVStoreException error = DataUtils.newMVStoreException(field.getInt(null), "words");

        GrantStoreException wrapped = MvErrors.wrap("get failed", error);

        assertThat(wrapped.reason())
            .as(field.getName())
            .isEqualTo(NOT_IO.getOrDefault(field.getName(), Reason.IO));
        assertThat(wrapped).hasMessageStartingWith("get failed: words").hasCause(error);
      }
    }
    assertThat(codes).isGreaterThan(NOT_IO.size());
  }

  /** The store that closed itself tells each later call that it did, with the first as cause. */
  @Test
  void whatClosedTheStoreIsWhatCounts() {
    MVStoreException damage = DataUtils.newMVStoreException(DataUtils.ERROR_FILE_CORRUPT, "first");
    MVStoreException closed =
        DataUtils.newMVStoreException(DataUtils.ERROR_CLOSED, "later", damage);

    assertThat(MvErrors.wrap("get failed", closed).reason()).isEqualTo(Reason.CORRUPTION);
  }

  @Test
  void aFailedFileIsToldAsOne() {
    IOException full = new FileSystemException("grants.mv", null, "No space left on device");
    MVStoreException error =
        DataUtils.newMVStoreException(DataUtils.ERROR_WRITING_FAILED, "write", full);

    assertThat(MvErrors.wrap("put failed", error).reason()).isEqualTo(Reason.NO_SPACE);
    IOException damaged = new DamagedBlockException("block has another checksum", null);
    MVStoreException read =
        DataUtils.newMVStoreException(DataUtils.ERROR_FILE_CORRUPT, "read", damaged);
    assertThat(MvErrors.wrap("get failed", read).reason()).isEqualTo(Reason.CORRUPTION);
  }

  @Test
  void wantOfMemoryIsSaidInOurWords() {
    MVStoreException first =
        DataUtils.newMVStoreException(
            DataUtils.ERROR_INTERNAL, "Capacity: 15", new OutOfMemoryError("Capacity: 15"));
    MVStoreException later = DataUtils.newMVStoreException(DataUtils.ERROR_CLOSED, "later", first);

    for (MVStoreException error : new MVStoreException[] {first, later}) {
      GrantStoreException wrapped = MvErrors.wrap("load failed", error);
      assertThat(wrapped.reason()).isEqualTo(Reason.IO);
      assertThat(wrapped)
          .hasMessage("load failed: there is not enough memory, and the store is closed for that")
          .hasRootCauseInstanceOf(OutOfMemoryError.class);
    }
  }
}
