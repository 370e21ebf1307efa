package dev.grantstore.layout;

import dev.grantstore.Utf8View;
import dev.grantstore.codec.MalformedBytesException;
import dev.grantstore.codec.TupleReader;
import dev.grantstore.codec.TupleWriter;
import java.util.Arrays;

/**
 * The keys of {@link Keyspace#META}, which holds what is not a grant.
 *
 * <pre>
 * "commit" 00             commit:u64       number of the last write
 * "format" 00             version:u32      the store's format; with LMDB only
 * "identity" 00           UUID             which store this is; not with RocksDB and MVStore in format 1
 * "next-sync" 00          number:u32       the next sync's number
 * "sync" 00 id            SyncRow          one per sync; id as a tuple element
 * </pre>
 */
public final class MetaKeys {
  private static final String SYNC = "sync";

  private MetaKeys() {}

  /** {@return the key of the last write's number} */
  public static byte[] commit() {
    return tuple("commit");
  }

  /** {@return the key of the store's identity} */
  public static byte[] identity() {
    return tuple("identity");
  }

  /** {@return the key of the next sync's number} */
  public static byte[] nextSync() {
    return tuple("next-sync");
  }

  /** {@return the key of the store's format, where no file says it} */
  public static byte[] format() {
    return tuple("format");
  }

  /**
   * {@return whether it is one of these keys, but for a sync's}
   *
   * @param key a key
   */
  public static boolean isOfStore(byte[] key) {
    return Arrays.equals(key, commit())
        || Arrays.equals(key, identity())
        || Arrays.equals(key, nextSync())
        || Arrays.equals(key, format());
  }

  /** {@return what the keys of all sync rows start with} */
  public static byte[] syncPrefix() {
    return tuple(SYNC);
  }

  /**
   * {@return the key of a sync's row}
   *
   * @param syncId the sync
   */
  public static byte[] sync(String syncId) {
    return tuple(SYNC, syncId);
  }

  /**
   * {@return the sync whose row has that key}
   *
   * @param key a key
   * @throws MalformedBytesException if it is not the key of a sync's row
   */
  public static String syncId(byte[] key) throws MalformedBytesException {
    TupleReader reader = new TupleReader();
    Utf8View element = new Utf8View();
    reader.reset(key, 0, key.length);
    reader.element(element);
    reader.element(element);
    reader.end();
    String syncId = element.toString();
    // Not the same for another kind of key, and for an id that is not UTF-8.
    if (!Arrays.equals(sync(syncId), key)) {
      throw new MalformedBytesException("not a sync's key", 0);
    }
    return syncId;
  }

  private static byte[] tuple(String... elements) {
    TupleWriter key = new TupleWriter();
    for (String element : elements) {
      key.putElement(element);
    }
    return key.toByteArray();
  }
}
