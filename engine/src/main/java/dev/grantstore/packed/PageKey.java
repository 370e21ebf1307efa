package dev.grantstore.packed;

import dev.grantstore.layout.Keyspace;
import java.nio.ByteBuffer;

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
final class PageKey {
  /** How many parts there may be. */
  static final int MOST_PARTS = 1 << 16;

  private static final int DIRECTORY = -1;
  private static final int BYTES = Integer.BYTES + 1 + Short.BYTES + Integer.BYTES;

  private PageKey() {}

  static byte[] ofPage(int sync, Keyspace keyspace, int part, int page) {
    return ByteBuffer.allocate(BYTES)
        .putInt(sync)
        .put((byte) Keyspace.OF_GRANTS.indexOf(keyspace))
        .putShort((short) part)
        .putInt(page)
        .array();
  }

  static byte[] ofDirectory(int sync, Keyspace keyspace, int part) {
    return ofPage(sync, keyspace, part, DIRECTORY);
  }
}
