package dev.grantstore.mvstore;

import dev.grantstore.GrantStoreException;
import dev.grantstore.Reason;
import dev.grantstore.keyvalue.FileErrors;
import java.io.IOException;
import java.util.Locale;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStoreException;

/** Says what an error of MVStore means in the contract's terms. Stateless. */
final class MvErrors {
  private MvErrors() {}

  /** The error for a failed call on a store. */
  static GrantStoreException wrap(String doing, MVStoreException e) {
    MVStoreException first = first(e);
    if (first.getCause() instanceof IOException io && !(io instanceof DamagedBlockException)) {
      return FileErrors.wrap(doing, io);
    }
    if (first.getCause() instanceof OutOfMemoryError) {
      return new GrantStoreException(
          Reason.IO, doing + ": there is not enough memory, and the store is closed for that", e);
    }
    return new GrantStoreException(
        reason(first), String.format(Locale.ROOT, "%s: %s", doing, e.getMessage()), e);
  }

  /** What made MVStore close itself, if it has. */
  private static MVStoreException first(MVStoreException e) {
    MVStoreException first = e;
    while (first.getCause() instanceof MVStoreException before) {
      first = before;
    }
    return first;
  }

  private static Reason reason(MVStoreException e) {
    return switch (e.getErrorCode()) {
      case DataUtils.ERROR_FILE_CORRUPT,
          DataUtils.ERROR_CHUNK_NOT_FOUND,
          DataUtils.ERROR_BLOCK_NOT_FOUND,
          DataUtils.ERROR_SERIALIZATION ->
          Reason.CORRUPTION;
      case DataUtils.ERROR_UNSUPPORTED_FORMAT -> Reason.VERSION_TOO_NEW;
      default -> Reason.IO;
    };
  }
}
