package dev.grantstore;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Stored bytes are not what was written: says where. */
public final class CorruptionException extends GrantStoreException {
  private static final long serialVersionUID = 1L;

  private final String keyspace;
  private final transient Bytes key;

  /**
   * Creates an exception.
   *
   * @param keyspace where the row is
   * @param key the row's key as stored
   * @param problem what is wrong with it
   * @param cause what the decoder or the engine threw
   */
  public CorruptionException(
      String keyspace, Bytes key, String problem, @Nullable Throwable cause) {
    super(
        Reason.CORRUPTION,
        String.format(Locale.ROOT, "%s: keyspace=%s key=%s", problem, keyspace, key),
        cause);
    this.keyspace = keyspace;
    this.key = key;
  }

  /** {@return the keyspace of the damaged row} */
  public String keyspace() {
    return keyspace;
  }

  /** {@return the key of the damaged row as stored} */
  public Bytes key() {
    return key;
  }
}
