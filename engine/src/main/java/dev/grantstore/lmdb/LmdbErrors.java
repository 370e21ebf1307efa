package dev.grantstore.lmdb;

import dev.grantstore.Bytes;
import dev.grantstore.CorruptionException;
import dev.grantstore.GrantStoreException;
import dev.grantstore.Reason;
import org.lmdbjava.Cursor;
import org.lmdbjava.Dbi;
import org.lmdbjava.Env;
import org.lmdbjava.LmdbException;
import org.lmdbjava.LmdbNativeException;

/** Says what an error of the engine means in the contract's terms. */
final class LmdbErrors {
  private LmdbErrors() {}

  /** The error for a failed call on a store. */
  static GrantStoreException wrap(String doing, LmdbException e) {
    return new GrantStoreException(
        reason(e), "%s: %s%s".formatted(doing, e.getMessage(), remedy(e)), e);
  }

  /** The error for a failed read in a keyspace. */
  static GrantStoreException wrapRead(String keyspace, Bytes key, LmdbException e) {
    return reason(e) == Reason.CORRUPTION
        ? new CorruptionException(keyspace, key, "row cannot be read: " + e.getMessage(), e)
        : wrap("read failed: keyspace=" + keyspace, e);
  }

  /** The error for ids that LMDB has no room for. */
  static GrantStoreException tooLong(String keyspace, int bytes, int limit) {
    return new GrantStoreException(
        Reason.UNSUPPORTED,
        "key is longer than LMDB takes: keyspace=%s bytes=%d limit=%d"
            .formatted(keyspace, bytes, limit));
  }

  private static Reason reason(LmdbException e) {
    if (e instanceof Env.MapFullException || says(e, "ENOSPC") || says(e, "EDQUOT")) {
      return Reason.NO_SPACE;
    }
    if (e instanceof Env.ReadersFullException) {
      return Reason.UNSUPPORTED;
    }
    if (says(e, "EACCES") || says(e, "EROFS") || says(e, "EPERM")) {
      return Reason.NOT_WRITABLE;
    }
    boolean isDamage =
        e instanceof LmdbNativeException.PageCorruptedException
            || e instanceof LmdbNativeException.PageNotFoundException
            || e instanceof LmdbNativeException.PageFullException
            || e instanceof Env.FileInvalidException
            || e instanceof Env.VersionMismatchException
            || e instanceof Cursor.FullException
            || e instanceof Dbi.IncompatibleException
            || e instanceof Dbi.KeyNotFoundException;
    return isDamage ? Reason.CORRUPTION : Reason.IO;
  }

  private static String remedy(LmdbException e) {
    if (e instanceof Env.MapFullException || says(e, "ENOMEM")) {
      return "; engine option %s says how large the file may become"
          .formatted(LmdbOption.MAP_SIZE.label());
    }
    if (e instanceof Env.ReadersFullException) {
      return "; too many cursors, snapshots and reads at a time, engine option %s says how many"
          .formatted(LmdbOption.MAX_READERS.label());
    }
    return e instanceof LmdbNativeException.PanicException ? "; reopen the store" : "";
  }

  /** lmdbjava gives errors of the system by their names only, as a word of the message. */
  private static boolean says(LmdbException e, String name) {
    return String.valueOf(e.getMessage()).contains(" " + name + " ");
  }
}
