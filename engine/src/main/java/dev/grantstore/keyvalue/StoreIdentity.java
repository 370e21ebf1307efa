package dev.grantstore.keyvalue;

import dev.grantstore.Bytes;
import dev.grantstore.CorruptionException;
import dev.grantstore.GrantStoreException;
import dev.grantstore.Reason;
import dev.grantstore.layout.Keyspace;
import dev.grantstore.layout.MetaKeys;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The row that says in a store's database which store it is, and what else names it. A copy of the
 * folder has the same identity. Stateless.
 *
 * <pre>
 * "identity" 00           high:u64 low:u64         the store's UUID
 * </pre>
 */
public final class StoreIdentity {
  private StoreIdentity() {}

  /**
   * {@return which store a database says that it is}
   *
   * @param database a store's
   * @throws CorruptionException if it does not say so
   * @throws dev.grantstore.GrantStoreException if it cannot be read
   */
  public static UUID read(KeyValueDatabase database) {
    byte[] key = MetaKeys.identity();
    RowBytes value = new RowBytes();
    try {
      boolean found = database.live().get(Keyspace.META, key, key.length, value);
      return decode(found ? value.toByteArray() : null);
    } catch (Exception e) {
      throw Failures.ofRead(database, Keyspace.META, key, key.length, e);
    }
  }

  /**
   * {@return the value of {@link MetaKeys#identity}}
   *
   * @param identity the store's
   */
  public static byte[] encode(UUID identity) {
    return ByteBuffer.allocate(2 * Long.BYTES)
        .putLong(identity.getMostSignificantBits())
        .putLong(identity.getLeastSignificantBits())
        .array();
  }

  /**
   * {@return the store's identity}
   *
   * @param value the value of {@link MetaKeys#identity}, or null if there is none
   * @throws CorruptionException if it is no identity
   */
  public static UUID decode(byte @Nullable [] value) {
    if (value == null || value.length != 2 * Long.BYTES) {
      throw new CorruptionException(
          Keyspace.META.label(), Bytes.copyOf(MetaKeys.identity()), "store has no identity", null);
    }
    ByteBuffer in = ByteBuffer.wrap(value);
    return new UUID(in.getLong(), in.getLong());
  }

  /**
   * {@return the identity in a line, or nothing if it is not written as ours are} The JDK takes
   * what is left of a UUID for another one.
   *
   * @param word what the line begins with
   * @param line the line
   */
  static Optional<UUID> parse(String word, String line) {
    try {
      UUID identity = UUID.fromString(line.substring(Math.min(word.length(), line.length())));
      return Optional.of(identity).filter(read -> line.equals(word + read));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /**
   * Refuses a folder with files of two stores.
   *
   * @param folder the folder
   * @param database the identity in the database
   * @param file the name of a file beside it
   * @param named the identity that the file names
   * @throws GrantStoreException with {@link Reason#DATA_LOSS}
   */
  public static void requireSame(Path folder, UUID database, String file, UUID named) {
    if (!database.equals(named)) {
      throw new GrantStoreException(
          Reason.DATA_LOSS,
          String.format(
              Locale.ROOT,
              "files are of two stores: database=%s %s=%s store=%s",
              database,
              file,
              named,
              folder));
    }
  }
}
