package dev.grantstore.sort;

import java.io.IOException;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** Reads a key range of a spilled run, block by block. */
final class SpillCursor extends RunCursor {
  private static final int FIRST_KEY_BYTES = 256;

  private final SpilledRun run;
  private final BlockIndex index;
  private final CRC32C crc = new CRC32C();
  private final byte @Nullable [] to;

  /** The only block that may have keys on both sides of {@link #to}. */
  private final int lastBlock;

  /** The key to start from, until the cursor stands there. */
  private byte @Nullable [] from;

  private int nextBlock;
  private byte[] block = {};
  private int blockEnd;
  private int at;
  private boolean started;
  private int sharedKeyBytes;
  private boolean repeatsKey;

  SpillCursor(SpilledRun run, byte @Nullable [] from, byte @Nullable [] to) {
    this.run = run;
    this.from = from;
    this.to = to;
    index = run.index();
    nextBlock = from == null ? 0 : Math.max(0, index.lastBlockBelow(from));
    lastBlock = to == null ? index.blocks() - 1 : index.lastBlockBelow(to);
    keyArray = new byte[FIRST_KEY_BYTES];
  }

  @Override
  public boolean next() throws IOException {
    return from == null ? advance() : seek(from);
  }

  @Override
  public boolean repeatsKey() {
    requireRow();
    return repeatsKey;
  }

  @Override
  int sharedKeyBytes() {
    return sharedKeyBytes;
  }

  private boolean seek(byte[] key) throws IOException {
    while (advance()) {
      if (compareKey(key) >= 0) {
        sharedKeyBytes = 0;
        repeatsKey = false;
        break;
      }
    }
    from = null;
    return onRow;
  }

  private boolean advance() throws IOException {
    onRow = false;
    run.requireOpen();
    if (at == blockEnd) {
      if (nextBlock > lastBlock) {
        return false;
      }
      readBlock();
    }
    showRow();
    if (to != null && nextBlock > lastBlock && compareKey(to) >= 0) {
      at = blockEnd;
      return false;
    }
    onRow = true;
    return true;
  }

  private void showRow() {
    boolean startsBlock = at == 0;
    int shared = readLength();
    int rest = readLength();
    valueLength = readLength();
    int length = shared + rest;
    int known = startsBlock && started ? sharedAcrossBlocks(rest) : shared;
    repeatsKey = started && known == length && known == keyLength;
    sharedKeyBytes = known;
    reserveKey(length);
    System.arraycopy(block, at, keyArray, shared, rest);
    keyLength = length;
    valueOffset = at + rest;
    at = valueOffset + valueLength;
    sequence = Varint.getLong(block, at);
    at += Varint.sizeBytes(sequence);
    started = true;
  }

  private int readLength() {
    int length = Varint.getInt(block, at);
    at += Varint.sizeBytes(length);
    return length;
  }

  private int sharedAcrossBlocks(int length) {
    int shorter = Math.min(keyLength, length);
    int same = Arrays.mismatch(keyArray, 0, shorter, block, at, at + shorter);
    return same < 0 ? shorter : same;
  }

  private void reserveKey(int length) {
    if (keyArray.length - KeyChunk.SLACK_BYTES < length) {
      long doubled = Math.min(2L * length, RowTable.MAX_BYTES);
      int room = (int) Math.max(doubled, length + KeyChunk.SLACK_BYTES);
      keyArray = Arrays.copyOf(keyArray, room);
    }
  }

  private int compareKey(byte[] key) {
    return Arrays.compareUnsigned(keyArray, 0, keyLength, key, 0, key.length);
  }

  private void readBlock() throws IOException {
    int length = index.lengthBytes(nextBlock);
    boolean oversize = block.length > SpillWriter.ROOM_BYTES;
    if (block.length < length || (oversize && length <= SpillWriter.ROOM_BYTES)) {
      block = new byte[Math.max(length, SpillWriter.ROOM_BYTES)];
      valueArray = block;
    }
    at = 0;
    blockEnd = 0;
    run.readBlock(nextBlock, block, crc);
    blockEnd = length;
    nextBlock++;
  }
}
