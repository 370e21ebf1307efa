package dev.grantstore;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A store refused or failed; {@link #reason} says which of the contract's cases it is. */
public class GrantStoreException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Reason reason;

  /**
   * Creates an exception.
   *
   * @param reason which case
   * @param message fixed text, then values
   */
  public GrantStoreException(Reason reason, String message) {
    this(reason, message, null);
  }

  /**
   * Creates an exception with a cause.
   *
   * @param reason which case
   * @param message fixed text, then values
   * @param cause what the engine threw
   */
  public GrantStoreException(Reason reason, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.reason = Objects.requireNonNull(reason, "reason");
  }

  /** {@return which of the contract's cases this is} */
  public Reason reason() {
    return reason;
  }

  /**
   * {@return the error for a sync that is not there}
   *
   * @param syncId the sync
   */
  public static GrantStoreException syncUnknown(String syncId) {
    return new GrantStoreException(
        Reason.SYNC_UNKNOWN, "sync does not exist: " + Excerpt.of(syncId));
  }

  /**
   * {@return the error for a sync that is there already}
   *
   * @param syncId the sync
   */
  public static GrantStoreException syncExists(String syncId) {
    return new GrantStoreException(Reason.SYNC_EXISTS, "sync exists: " + Excerpt.of(syncId));
  }

  /**
   * {@return the error for a write to a sealed sync}
   *
   * @param syncId the sync
   */
  public static GrantStoreException syncSealed(String syncId) {
    return new GrantStoreException(Reason.SYNC_SEALED, "sync is sealed: " + Excerpt.of(syncId));
  }

  /** {@return the error for grants that are expired on a thread that is interrupted} */
  public static GrantStoreException expiryInterrupted() {
    return new GrantStoreException(Reason.TIMEOUT, "interrupted while grants were expired");
  }
}
