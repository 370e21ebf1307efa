package dev.grantstore.kudu;

import dev.grantstore.Excerpt;
import dev.grantstore.GrantStoreException;
import dev.grantstore.Reason;
import java.util.Locale;
import org.apache.kudu.client.KuduException;
import org.apache.kudu.client.Status;
import org.jspecify.annotations.Nullable;

/** Says what an error of the client means in the contract's terms. Stateless. */
final class KuduErrors {
  private KuduErrors() {}

  /** The error for a failed call; what is not Kudu's is left as it is, if it can be. */
  static RuntimeException wrap(String doing, Exception e) {
    KuduException kudu = kudu(e);
    if (kudu == null) {
      return e instanceof RuntimeException ours
          ? ours
          : new GrantStoreException(
              Reason.IO, String.format(Locale.ROOT, "%s: %s", doing, e.getMessage()), e);
    }
    return new GrantStoreException(
        reason(kudu.getStatus()),
        String.format(Locale.ROOT, "%s: %s", doing, kudu.getMessage()),
        e);
  }

  /** {@return the client's error in another, which may be itself} */
  static @Nullable KuduException kudu(@Nullable Throwable e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof KuduException kudu) {
        return kudu;
      }
    }
    return null;
  }

  /**
   * {@return the error for a row that says who may write, which writes are whole, or what is to be
   * removed, and does not say so} Nothing is known without it, so nothing is done.
   *
   * @param row what it is
   * @param k its key
   * @param problem what is wrong with it
   */
  static GrantStoreException unreadable(String row, byte[] k, String problem) {
    return new GrantStoreException(
        Reason.DATA_LOSS,
        String.format(
            Locale.ROOT, "%s is damaged: %s: key=%s", row, problem, Excerpt.of(k, 0, k.length)));
  }

  /** {@return whether a table's rows were refused because somebody else has fenced it} */
  static boolean isFenced(String message) {
    return message.contains("not present in tablet");
  }

  static Reason reason(Status status) {
    // The latter is said of a read as of a time before the table's history.
    if (status.isTimedOut() || status.toString().contains("ancient history mark")) {
      return Reason.TIMEOUT;
    }
    if (status.isNotAuthorized()) {
      return Reason.NOT_WRITABLE;
    }
    if (status.isCorruption()) {
      return Reason.CORRUPTION;
    }
    String message = status.toString();
    if (status.isInvalidArgument() && isFenced(message)) {
      return Reason.LOCKED;
    }
    return message.contains("No space left") ? Reason.NO_SPACE : Reason.IO;
  }
}
