package dev.grantstore.sort;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.CRC32C;

/**
 * Writes rows in order to a spill file.
 *
 * <pre>
 * file  := block*
 * block := row+
 * row   := sharedLength:varint restLength:varint valueLength:varint rest value sequence:varint
 * </pre>
 *
 * A key is the first {@code sharedLength} bytes of the key before it in the block and then {@code
 * rest}; the first row of a block shares nothing. Where blocks start, and the CRC32C of each, is
 * not in the file but in the {@link BlockIndex}: the file does not outlive the process, and a block
 * in the wrong place does not pass for another. A block ends with the row that fills it. The rows
 * (ab, x, 1), (ac, y, 300) are {@code 00 02 01 61 62 78 01} and {@code 01 01 01 63 79 AC 02}.
 */
final class SpillWriter {
  /** A block ends when it has this many bytes. */
  static final int BLOCK_BYTES = 64 << 10;

  /**
   * The most that is read or written at once; JDK keeps a direct buffer of that size per thread.
   */
  static final int TRANSFER_BYTES = 128 << 10;

  /** The array that holds a block, unless a row needs more. */
  static final int ROOM_BYTES = BLOCK_BYTES + (4 << 10);

  private static final int MAX_HEADER_BYTES = 3 * 5 + 10;

  private final FileChannel channel;
  private final BlockIndex index = new BlockIndex();
  private final CRC32C crc = new CRC32C();
  private byte[] block = new byte[ROOM_BYTES];
  private int at;
  private int blockRows;
  private byte[] firstKey = {};
  private byte[] lastKey = new byte[128];
  private int lastKeyLength;
  private long lastSequence;

  SpillWriter(FileChannel channel) {
    this.channel = channel;
  }

  /** {@return the index of the file} Writes all rows of a cursor. */
  BlockIndex write(RowCursor rows) throws IOException {
    boolean first = true;
    while (rows.next()) {
      add(rows, first);
      first = false;
      if (at >= BLOCK_BYTES) {
        endBlock();
      }
    }
    if (blockRows > 0) {
      endBlock();
    }
    return index;
  }

  private void add(RowCursor row, boolean first) {
    byte[] key = row.keyArray();
    int keyOffset = row.keyOffset();
    int keyLength = row.keyLength();
    long sequence = row.sequence();
    int shared = first ? 0 : sharedInOrder(key, keyOffset, keyLength, sequence);
    if (blockRows == 0) {
      shared = 0;
      firstKey = Arrays.copyOfRange(key, keyOffset, keyOffset + keyLength);
    }
    int rest = keyLength - shared;
    int valueLength = row.valueLength();
    reserve((long) MAX_HEADER_BYTES + rest + valueLength);
    int end = Varint.put(block, at, shared);
    end = Varint.put(block, end, rest);
    end = Varint.put(block, end, valueLength);
    System.arraycopy(key, keyOffset + shared, block, end, rest);
    end += rest;
    System.arraycopy(row.valueArray(), row.valueOffset(), block, end, valueLength);
    at = Varint.put(block, end + valueLength, sequence);
    blockRows++;
    keep(key, keyOffset, keyLength, sequence);
  }

  /** {@return how much of the last key this one shares} Fails if it belongs before the last. */
  private int sharedInOrder(byte[] key, int keyOffset, int keyLength, long sequence) {
    int shorter = Math.min(keyLength, lastKeyLength);
    int same = Arrays.mismatch(lastKey, 0, shorter, key, keyOffset, keyOffset + shorter);
    int shared = same < 0 ? shorter : same;
    int order =
        same < 0
            ? Integer.compare(lastKeyLength, keyLength)
            : Byte.compareUnsigned(lastKey[same], key[keyOffset + same]);
    if (order > 0 || (order == 0 && lastSequence > sequence)) {
      throw new IllegalStateException(
          String.format(
              Locale.ROOT, "rows to spill are out of order: row=%d", index.rows() + blockRows));
    }
    return shared;
  }

  private void keep(byte[] key, int keyOffset, int keyLength, long sequence) {
    if (lastKey.length < keyLength) {
      lastKey = new byte[Math.max(keyLength, lastKey.length * 2)];
    }
    System.arraycopy(key, keyOffset, lastKey, 0, keyLength);
    lastKeyLength = keyLength;
    lastSequence = sequence;
  }

  private void reserve(long rowBytes) {
    if (at + rowBytes > block.length) {
      if (at + rowBytes > RowTable.MAX_BYTES) {
        throw new IllegalStateException(
            String.format(Locale.ROOT, "row is too large to spill: bytes=%d", rowBytes));
      }
      block = Arrays.copyOf(block, (int) (at + rowBytes));
    }
  }

  private void endBlock() throws IOException {
    crc.reset();
    crc.update(block, 0, at);
    long position = index.fileBytes();
    for (int done = 0; done < at; ) {
      int length = Math.min(at - done, TRANSFER_BYTES);
      done += channel.write(ByteBuffer.wrap(block, done, length), position + done);
    }
    index.add(firstKey, at, blockRows, (int) crc.getValue());
    at = 0;
    blockRows = 0;
    if (block.length > ROOM_BYTES) {
      block = new byte[ROOM_BYTES];
    }
  }
}
