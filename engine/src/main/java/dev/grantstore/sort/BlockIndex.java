package dev.grantstore.sort;

import java.util.Arrays;

/**
 * Where the blocks of a spill file are, how they start, and their checksums. One thread adds; once
 * complete, any may read.
 */
final class BlockIndex {
  private static final int FIRST_BLOCKS = 64;
  private static final int ARRAY_HEADER_BYTES = 16;

  /** The start of each block, and the end of the last. */
  private long[] offsets = new long[FIRST_BLOCKS + 1];

  /** How many rows come before each block, and how many there are. */
  private long[] rowsBefore = new long[FIRST_BLOCKS + 1];

  private int[] checksums = new int[FIRST_BLOCKS];
  private byte[][] firstKeys = new byte[FIRST_BLOCKS][];
  private long keyBytes;
  private int blocks;

  void add(byte[] firstKey, int lengthBytes, int rows, int checksum) {
    if (blocks == checksums.length) {
      grow(blocks * 2);
    }
    firstKeys[blocks] = firstKey;
    checksums[blocks] = checksum;
    offsets[blocks + 1] = offsets[blocks] + lengthBytes;
    rowsBefore[blocks + 1] = rowsBefore[blocks] + rows;
    keyBytes += firstKey.length + ARRAY_HEADER_BYTES;
    blocks++;
  }

  int blocks() {
    return blocks;
  }

  long rows() {
    return rowsBefore[blocks];
  }

  long fileBytes() {
    return offsets[blocks];
  }

  long memoryBytes() {
    return keyBytes + checksums.length * (2L * Long.BYTES + 2L * Integer.BYTES);
  }

  long offset(int block) {
    return offsets[block];
  }

  int lengthBytes(int block) {
    return (int) (offsets[block + 1] - offsets[block]);
  }

  int checksum(int block) {
    return checksums[block];
  }

  byte[] firstKey(int block) {
    return firstKeys[block];
  }

  /** {@return how many rows come before a block; for the number of blocks, how many there are} */
  long rowsBefore(int block) {
    return rowsBefore[block];
  }

  /** {@return the last block that starts with a key less than {@code key}, or -1} */
  int lastBlockBelow(byte[] key) {
    int low = 0;
    int high = blocks;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (Arrays.compareUnsigned(firstKeys[middle], key) < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low - 1;
  }

  private void grow(int capacity) {
    offsets = Arrays.copyOf(offsets, capacity + 1);
    rowsBefore = Arrays.copyOf(rowsBefore, capacity + 1);
    checksums = Arrays.copyOf(checksums, capacity);
    firstKeys = Arrays.copyOf(firstKeys, capacity);
  }
}
