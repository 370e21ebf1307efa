package dev.grantstore.keyvalue;

import dev.grantstore.Bytes;
import dev.grantstore.CorruptionException;
import dev.grantstore.GrantStoreException;
import dev.grantstore.Reason;
import dev.grantstore.codec.MalformedBytesException;
import dev.grantstore.layout.Keyspace;

/** Makes the contract's errors of what a database throws. Stateless. */
final class Failures {
  private Failures() {}

  /** An interrupt stays for the caller to see. */
  static RuntimeException of(KeyValueDatabase database, String doing, Exception e) {
    if (e instanceof InterruptedException) {
      Thread.currentThread().interrupt();
      return new GrantStoreException(Reason.TIMEOUT, doing + ": thread was interrupted", e);
    }
    return e instanceof GrantStoreException known ? known : database.wrap(doing, e);
  }

  /** The error of a read at or after a key. */
  static RuntimeException ofRead(
      KeyValueDatabase database, Keyspace keyspace, byte[] key, int keyLength, Exception e) {
    RuntimeException known = of(database, "read failed: keyspace=" + keyspace.label(), e);
    return isDamage(known) && !(known instanceof CorruptionException)
        ? new CorruptionException(
            keyspace.label(),
            Bytes.copyOf(key, 0, keyLength),
            "row cannot be read: " + e.getMessage(),
            e)
        : known;
  }

  /** Whether an error says that what is stored is not what was written. */
  static boolean isDamage(RuntimeException e) {
    return e instanceof GrantStoreException known && known.reason() == Reason.CORRUPTION;
  }

  static CorruptionException malformed(
      Keyspace keyspace, byte[] key, int keyLength, MalformedBytesException e) {
    return new CorruptionException(
        keyspace.label(),
        Bytes.copyOf(key, 0, keyLength),
        "row does not decode: " + e.getMessage(),
        e);
  }
}
