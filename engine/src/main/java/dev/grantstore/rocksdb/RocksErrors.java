package dev.grantstore.rocksdb;

import dev.grantstore.GrantStoreException;
import dev.grantstore.Reason;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;

/** Says what an error of the engine means in the contract's terms. */
final class RocksErrors {
  /** How RocksDB's text of such an error begins. */
  private static final String NO_SPACE = "IO error: No space left on device";

  private RocksErrors() {}

  /** The error for a failed call on a store. */
  static GrantStoreException wrap(String doing, RocksDBException e) {
    return new GrantStoreException(
        reason(e), String.format(Locale.ROOT, "%s: %s", doing, e.getMessage()), e);
  }

  private static Reason reason(RocksDBException e) {
    String message = String.valueOf(e.getMessage());
    if (message.contains("lock hold by current process")
        || message.contains("While lock file")
        || message.contains("LOCK: Resource temporarily unavailable")) {
      return Reason.LOCKED;
    }
    @Nullable Status status = e.getStatus();
    if (status == null) {
      return Reason.IO;
    }
    if (status.getSubCode() == Status.SubCode.NoSpace || isStoppedForRoom(status)) {
      return Reason.NO_SPACE;
    }
    return switch (status.getCode()) {
      case Corruption -> Reason.CORRUPTION;
      case TimedOut, Busy -> Reason.TIMEOUT;
      case NotSupported -> Reason.UNSUPPORTED;
      default -> Reason.IO;
    };
  }

  /** A write that waited in vain for a flush or a merge has its error as text, and no more. */
  private static boolean isStoppedForRoom(Status status) {
    return status.getCode() == Status.Code.Incomplete
        && String.valueOf(status.getState()).contains(NO_SPACE);
  }
}
