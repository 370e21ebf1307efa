package dev.grantstore.lmdb;

import dev.grantstore.GrantStoreException;
import dev.grantstore.Reason;
import dev.grantstore.keyvalue.FileErrors;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.lmdbjava.Cursor;
import org.lmdbjava.Dbi;
import org.lmdbjava.Env;
import org.lmdbjava.LmdbException;
import org.lmdbjava.LmdbNativeException;

/** Says what an error of the engine means in the contract's terms. */
final class LmdbErrors {
  /** What errors of the system mean, by their names. */
  private static final Map<String, String> OF_THE_SYSTEM =
      Map.of(
          "EIO", "a file could not be read or written",
          "ENOSPC", "no space is left on the device",
          "EDQUOT", "the user's share of the device is used up",
          "EACCES", "access to a file is denied",
          "EPERM", "access to a file is denied",
          "EROFS", "the file system is read-only",
          "ENOMEM", "the system has no memory for it",
          "EBUSY", "a file is in use",
          "ENOENT", "a file is missing",
          "EINVAL", "the system refuses a value");

  /** How a message ends that has the number of an error, or a name of which nothing is known. */
  private static final Pattern CODE = Pattern.compile("\\b(E[A-Z]{2,}|-?[0-9]+)\\b\\)?$");

  private LmdbErrors() {}

  /**
   * The error for a failed call on a store; what is not LMDB's is left as it is.
   *
   * @param file the store's, which need not be there
   */
  static RuntimeException wrap(String doing, RuntimeException e, Path file) {
    return isOurs(e) ? e : wrap(doing, isFull(e, file) ? Reason.NO_SPACE : reason(e), e);
  }

  /**
   * {@return whether a write failed for want of room} LMDB calls it a failing device when the last
   * of its pages finds room in part.
   */
  static boolean isFull(RuntimeException e, Path file) {
    return reason(e) == Reason.NO_SPACE || (says(e, "EIO") && FileErrors.isFull(file));
  }

  private static GrantStoreException wrap(String doing, Reason reason, RuntimeException e) {
    return new GrantStoreException(
        reason, String.format(Locale.ROOT, "%s: %s%s", doing, words(e), remedy(e)), e);
  }

  /** Whether it is no error of LMDB's. One that it does not know lmdbjava calls a bad argument. */
  private static boolean isOurs(RuntimeException e) {
    boolean isUnknown =
        e instanceof IllegalArgumentException
            && String.valueOf(e.getMessage()).startsWith("Unknown result code");
    return !(e instanceof LmdbException) && !isUnknown;
  }

  private static Reason reason(RuntimeException e) {
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

  /** What happened, in words of ours: the library's names its calls and classes. */
  private static String words(RuntimeException e) {
    if (e instanceof Env.MapFullException) {
      return "the file is as large as it may become";
    }
    if (e instanceof Env.ReadersFullException) {
      return "as many readers as there may be";
    }
    if (e instanceof LmdbNativeException.PanicException) {
      return "a failure before left the file in no state to go on with";
    }
    if (reason(e) == Reason.CORRUPTION) {
      return "the file is damaged, or of another kind";
    }
    for (Map.Entry<String, String> system : OF_THE_SYSTEM.entrySet()) {
      if (says(e, system.getKey())) {
        return system.getValue() + " (" + system.getKey() + ")";
      }
    }
    Matcher code = CODE.matcher(String.valueOf(e.getMessage()));
    return code.find() ? "error " + code.group(1) : "the database failed";
  }

  private static String remedy(RuntimeException e) {
    if (e instanceof Env.MapFullException || says(e, "ENOMEM")) {
      return String.format(
          Locale.ROOT,
          "; engine option %s says how large the file may become",
          LmdbOption.MAP_SIZE.label());
    }
    if (e instanceof Env.ReadersFullException) {
      return String.format(
          Locale.ROOT,
          "; too many cursors, snapshots and reads at a time, engine option %s says how many",
          LmdbOption.MAX_READERS.label());
    }
    return e instanceof LmdbNativeException.PanicException ? "; reopen the store" : "";
  }

  /** lmdbjava gives errors of the system by their names only, as a word of the message. */
  private static boolean says(RuntimeException e, String name) {
    return String.valueOf(e.getMessage()).contains(" " + name + " ");
  }
}
