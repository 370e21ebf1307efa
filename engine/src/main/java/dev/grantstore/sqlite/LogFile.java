package dev.grantstore.sqlite;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * SQLite's write-ahead log, as far as it is whole. SQLite takes what is whole of a log and says
 * nothing of the rest.
 *
 * <pre>
 * log   := magic:u32 version:u32 page-size:u32 sequence:u32 salt:u64 sum frame*      (big-endian)
 * frame := page-number:u32 pages-after-commit:u32 salt:u64 sum page      (0 pages: no commit yet)
 * sum   := u32 u32        (of the header, and on over 8 bytes and the page of each frame)
 * </pre>
 */
final class LogFile {
  private static final int LITTLE_ENDIAN_MAGIC = 0x377f0682;
  private static final int BIG_ENDIAN_MAGIC = 0x377f0683;
  private static final int HEADER_BYTES = 32;
  private static final int FRAME_HEADER_BYTES = 24;
  private static final int SUMMED_OF_HEADER = 24;
  private static final int SUMMED_OF_FRAME = 8;
  private static final int LEAST_PAGE_BYTES = 512;
  private static final int MOST_PAGE_BYTES = 64 << 10;

  private int first;
  private int second;

  private LogFile() {}

  /** The number of frames up to the last commit that is whole; 0 if there is no log. */
  static long committedFrames(Path log) throws IOException {
    if (!Files.exists(log)) {
      return 0;
    }
    // Nobody has a lock on this file, so it may be closed again.
    try (InputStream in = new BufferedInputStream(Files.newInputStream(log), MOST_PAGE_BYTES)) {
      return new LogFile().committedFrames(in);
    }
  }

  private long committedFrames(InputStream in) throws IOException {
    ByteBuffer header = ByteBuffer.wrap(in.readNBytes(HEADER_BYTES));
    if (header.limit() < HEADER_BYTES) {
      return 0;
    }
    int magic = header.getInt(0);
    int pageBytes = header.getInt(8);
    boolean isLog =
        (magic == LITTLE_ENDIAN_MAGIC || magic == BIG_ENDIAN_MAGIC)
            && pageBytes >= LEAST_PAGE_BYTES
            && pageBytes <= MOST_PAGE_BYTES;
    ByteOrder order = magic == BIG_ENDIAN_MAGIC ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    sum(header, SUMMED_OF_HEADER, order);
    if (!isLog || !isSum(header, SUMMED_OF_HEADER)) {
      return 0;
    }
    long salt = header.getLong(16);
    long frames = 0;
    long committed = 0;
    while (true) {
      ByteBuffer frame = ByteBuffer.wrap(in.readNBytes(FRAME_HEADER_BYTES));
      ByteBuffer page = ByteBuffer.wrap(in.readNBytes(pageBytes));
      if (page.limit() < pageBytes || frame.getLong(8) != salt) {
        return committed;
      }
      sum(frame, SUMMED_OF_FRAME, order);
      sum(page, pageBytes, order);
      if (!isSum(frame, 16)) {
        return committed;
      }
      frames++;
      if (frame.getInt(4) != 0) {
        committed = frames;
      }
    }
  }

  private boolean isSum(ByteBuffer header, int at) {
    return header.getInt(at) == first && header.getInt(at + Integer.BYTES) == second;
  }

  private void sum(ByteBuffer bytes, int length, ByteOrder order) {
    ByteBuffer words = bytes.duplicate().order(order);
    for (int at = 0; at < length; at += 2 * Integer.BYTES) {
      first += words.getInt(at) + second;
      second += words.getInt(at + Integer.BYTES) + first;
    }
  }
}
