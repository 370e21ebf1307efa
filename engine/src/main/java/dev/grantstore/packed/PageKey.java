package dev.grantstore.packed;

import dev.grantstore.layout.Keyspace;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The keys of pages and directories in a database.
 *
 * <pre>
 * key := sync:u32 keyspace:u8 part:u16 page:u32      (big-endian; page ffffffff: the part's directory)
 * </pre>
 *
 * <p>The keyspace is its place among {@link Keyspace#OF_GRANTS}. A part is what one writer wrote:
 * the rows of a part come before those of the next.
 */
public final class PageKey {
  /** What {@link #page} is of a directory's key. */
  public static final int DIRECTORY = -1;

  /** How many parts there may be. */
  static final int MOST_PARTS = 1 << 16;

  private static final int KEYSPACE_AT = Integer.BYTES;
  private static final int PART_AT = KEYSPACE_AT + 1;
  private static final int PAGE_AT = PART_AT + Short.BYTES;
  private static final int BYTES = PAGE_AT + Integer.BYTES;

  private PageKey() {}

  /**
   * {@return the place of a key's keyspace among {@link Keyspace#OF_GRANTS}}
   *
   * @param key a page's or a directory's
   */
  public static int keyspace(byte[] key) {
    return key[KEYSPACE_AT];
  }

  /**
   * {@return the part that a key is of}
   *
   * @param key a page's or a directory's
   */
  public static int part(byte[] key) {
    return Short.toUnsignedInt(ByteBuffer.wrap(key).getShort(PART_AT));
  }

  /**
   * {@return the page's place in its part, or {@link #DIRECTORY}}
   *
   * @param key a page's or a directory's
   */
  public static int page(byte[] key) {
    return ByteBuffer.wrap(key).getInt(PAGE_AT);
  }

  static byte[] ofPage(int sync, Keyspace keyspace, int part, int page) {
    return ByteBuffer.allocate(BYTES)
        .putInt(sync)
        .put((byte) Keyspace.OF_GRANTS.indexOf(keyspace))
        .putShort((short) part)
        .putInt(page)
        .array();
  }

  /** What all keys of a keyspace of a sync start with, and no others; no key is before it. */
  static byte[] start(int sync, Keyspace keyspace) {
    return Arrays.copyOf(ofPage(sync, keyspace, 0, 0), PART_AT);
  }

  /** The least key behind one. */
  static byte[] after(byte[] key) {
    return Arrays.copyOf(key, key.length + 1);
  }

  static byte[] ofDirectory(int sync, Keyspace keyspace, int part) {
    return ofPage(sync, keyspace, part, DIRECTORY);
  }
}
