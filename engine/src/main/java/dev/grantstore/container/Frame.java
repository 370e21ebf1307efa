package dev.grantstore.container;

import com.dynatrace.hash4j.hashing.Hashing;
import dev.grantstore.GrantStoreException;
import dev.grantstore.Reason;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.CRC32C;

/**
 * What stands around a container's content: head and footer, and the limits of what is between
 * them. Immutable.
 *
 * @param length of the whole file
 * @param indexBytes how long the index is
 * @param indexHash its hash
 * @param manifestBytes how long the manifest is
 * @param manifestHash its hash
 */
record Frame(long length, long indexBytes, long indexHash, int manifestBytes, long manifestHash) {
  /** What this code writes, and the newest it reads. */
  static final int VERSION = 1;

  static final int HEAD_BYTES = 20;
  static final int FOOTER_BYTES = 40;

  /** What a manifest may be at most. */
  static final int MOST_MANIFEST_BYTES = 16 << 20;

  /** What a page may be at most: a grant's payload, its ids, and what comes with them. */
  static final int MOST_PAGE_BYTES = 80 << 20;

  /** How many times shorter than itself a page may be stored. */
  static final int MOST_RATIO = 100;

  private static final byte[] MAGIC = {'G', 'S', 'Y', 'N'};
  private static final int LENGTH_AT = 8;
  private static final int CHECKSUM_AT = 16;
  private static final int FOOTER_HASH_AT = 28;

  /** {@return the hash of bytes} */
  static long hash(byte[] bytes) {
    return Hashing.xxh3_64().hashBytesToLong(bytes, 0, bytes.length);
  }

  /** {@return numbers as they stand in the file} */
  static ByteBuffer numbers(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** {@return where the index starts, and the pages end} */
  long indexAt() {
    return manifestAt() - indexBytes;
  }

  /** {@return where the manifest starts} */
  long manifestAt() {
    return footerAt() - manifestBytes;
  }

  /** {@return where the footer starts} */
  long footerAt() {
    return length - FOOTER_BYTES;
  }

  /** {@return the hash of all of the file} */
  long hash() {
    return numbers(footer()).getLong(FOOTER_HASH_AT);
  }

  byte[] head() {
    byte[] head = new byte[HEAD_BYTES];
    numbers(head).put(MAGIC).putShort((short) VERSION).putShort((short) 0).putLong(length);
    numbers(head).putInt(CHECKSUM_AT, checksum(head));
    return head;
  }

  byte[] footer() {
    byte[] footer = new byte[FOOTER_BYTES];
    ByteBuffer out =
        numbers(footer)
            .putLong(indexBytes)
            .putLong(indexHash)
            .putInt(manifestBytes)
            .putLong(manifestHash);
    out.putLong(root(head(), footer)).put(MAGIC);
    return footer;
  }

  /**
   * Refuses what cannot be the start of a whole container.
   *
   * @param file named in errors
   * @param head its first bytes, {@link #HEAD_BYTES} unless the file is shorter
   * @param bytes how long the file is
   * @throws GrantStoreException with {@link Reason#NOT_A_STORE}, {@link Reason#VERSION_TOO_NEW} or
   *     {@link Reason#CORRUPTION}
   */
  static void checkHead(Path file, byte[] head, long bytes) {
    int magic = Math.min(MAGIC.length, head.length);
    if (magic == 0 || !Arrays.equals(head, 0, magic, MAGIC, 0, magic)) {
      throw new GrantStoreException(Reason.NOT_A_STORE, "file is no container of syncs: " + file);
    }
    if (head.length < HEAD_BYTES) {
      throw damaged(file, "container is cut off: bytes=%d least=%d", bytes, HEAD_BYTES);
    }
    ByteBuffer in = numbers(head);
    int version = Short.toUnsignedInt(in.getShort(MAGIC.length));
    if (version > VERSION) {
      throw new GrantStoreException(
          Reason.VERSION_TOO_NEW,
          String.format(
              Locale.ROOT,
              "container was written by a newer version: written=%d supported=%d file=%s",
              version,
              VERSION,
              file));
    }
    if (version < VERSION || in.getInt(CHECKSUM_AT) != checksum(head)) {
      throw damaged(file, "container's head is damaged: offset=0");
    }
    long told = in.getLong(LENGTH_AT);
    if (told > bytes) {
      throw damaged(file, "container is cut off: bytes=%d of=%d", bytes, told);
    }
    if (told < bytes) {
      throw damaged(file, "container has bytes behind its end: bytes=%d of=%d", bytes, told);
    }
  }

  /**
   * {@return what a footer says, of a file whose head was checked}
   *
   * @param file named in errors
   * @param head its head
   * @param footer its last bytes
   * @throws GrantStoreException with {@link Reason#CORRUPTION}
   */
  static Frame read(Path file, byte[] head, byte[] footer) {
    ByteBuffer in = numbers(footer);
    long length = numbers(head).getLong(LENGTH_AT);
    Frame frame = new Frame(length, in.getLong(), in.getLong(), in.getInt(), in.getLong());
    boolean isWhole =
        in.getLong() == root(head, footer)
            && Arrays.equals(footer, in.position(), FOOTER_BYTES, MAGIC, 0, MAGIC.length);
    if (!isWhole || numbers(head).getShort(MAGIC.length + Short.BYTES) != 0) {
      throw damaged(file, "container's footer is damaged: offset=%d", frame.footerAt());
    }
    long between = length - HEAD_BYTES - FOOTER_BYTES;
    if (frame.manifestBytes < 0
        || frame.manifestBytes > MOST_MANIFEST_BYTES
        || frame.indexBytes < 0
        || frame.indexBytes > between - frame.manifestBytes) {
      throw damaged(
          file,
          "container's footer says what cannot be: index=%d manifest=%d bytes=%d",
          frame.indexBytes,
          frame.manifestBytes,
          length);
    }
    return frame;
  }

  static GrantStoreException damaged(Path file, String problem, Object... values) {
    return new GrantStoreException(
        Reason.CORRUPTION, String.format(Locale.ROOT, problem, values) + " file=" + file);
  }

  private static int checksum(byte[] head) {
    CRC32C crc = new CRC32C();
    crc.update(head, 0, CHECKSUM_AT);
    return (int) crc.getValue();
  }

  private static long root(byte[] head, byte[] footer) {
    byte[] both = Arrays.copyOf(head, HEAD_BYTES + FOOTER_HASH_AT);
    System.arraycopy(footer, 0, both, HEAD_BYTES, FOOTER_HASH_AT);
    return hash(both);
  }
}
