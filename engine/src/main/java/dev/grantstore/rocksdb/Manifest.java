package dev.grantstore.rocksdb;

import dev.grantstore.GrantStoreException;
import dev.grantstore.Reason;
import dev.grantstore.folder.LockedFolder;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.zip.CRC32C;

/**
 * A manifest, which RocksDB appends to, and how much of it is to be read. Immutable.
 *
 * <p>A loss of power may leave a record that was not synced with all of its length and some of its
 * sectors: RocksDB then does not open, or leaves records out without a word. Nothing was promised
 * that depends on such a record, so it and what follows are as good as not written.
 *
 * <pre>
 * manifest := block*                block: 32 KiB, the last one less
 * block    := record* padding       padding: zeros, less than the longest header
 * record   := sum:u32 length:u16 type:u8 log:u32? data:u8[length]
 *             sum: CRC-32C of type, log and data, masked; log: with types 5 to 8
 * type     := 1 whole | 2 first | 3 middle | 4 last, of what was written at once; so are 5 to 8
 * </pre>
 *
 * <p>(Integers little-endian.) Only what a loss of power can leave is taken for its work: a record
 * of which a sector was never written, so that it holds zeros to its end, behind what the store's
 * mark says is durable. Any other damage is damage, also there: RocksDB may have synced the record
 * and let go of the log that held its rows.
 *
 * @param file the file
 * @param sizeBytes its size when it was looked at
 * @param wholeBytes how much of it is to be read
 */
record Manifest(Path file, long sizeBytes, long wholeBytes) {
  private static final int BLOCK_BYTES = 32 << 10;
  private static final int HEADER_BYTES = 7;
  private static final int TYPE_AT = 6;
  private static final int LOG_BYTES = 4;
  private static final int SECTOR_BYTES = 512;
  private static final int SUM_DELTA = 0xa282ead8;

  /** {@return the manifest of a database that has none yet, or none that could be torn} */
  static Manifest asItIs(Path file) throws IOException {
    long size = Files.exists(file) ? Files.size(file) : 0;
    return new Manifest(file, size, size);
  }

  /**
   * {@return a manifest}
   *
   * @param durableBytes how much of it is durable for certain
   * @throws GrantStoreException with {@link Reason#CORRUPTION} if it is damaged, and that not by a
   *     loss of power behind what is durable
   */
  static Manifest read(Path file, long durableBytes) throws IOException {
    // Not a channel: an interrupted thread could not use one.
    try (InputStream in = new FileInputStream(file.toFile())) {
      long size = Files.size(file);
      OptionalLong whole = wholeBytes(in, durableBytes);
      if (whole.isEmpty()) {
        throw new GrantStoreException(Reason.CORRUPTION, "manifest is damaged: " + file);
      }
      return new Manifest(file, size, Math.min(size, whole.getAsLong()));
    }
  }

  /**
   * {@return how many bytes of a manifest are to be read: all, or those before what was torn; empty
   * if it is damaged otherwise} A record that the file ends in counts, RocksDB knows that it is
   * none.
   *
   * @param manifest read to its end, not closed
   * @param durableBytes how many are durable for certain
   */
  static OptionalLong wholeBytes(InputStream manifest, long durableBytes) throws IOException {
    long begin = 0;
    boolean isInside = false;
    for (long base = 0; ; base += BLOCK_BYTES) {
      ByteBuffer block =
          ByteBuffer.wrap(manifest.readNBytes(BLOCK_BYTES)).order(ByteOrder.LITTLE_ENDIAN);
      int at = 0;
      while (at + HEADER_BYTES <= block.limit() && !isPadding(block, at)) {
        begin = isInside ? begin : base + at;
        int end = end(block, at);
        if (!isWhole(block, at, end)) {
          int from = (int) Math.max(at, Math.min(durableBytes - base, BLOCK_BYTES));
          if (isUnwritten(block, from, end)) {
            return OptionalLong.of(Math.max(begin, durableBytes));
          }
          boolean isCutOff = end > block.limit() && block.limit() < BLOCK_BYTES;
          return isCutOff && base + at >= durableBytes
              ? OptionalLong.of(base + block.limit())
              : OptionalLong.empty();
        }
        int type = block.get(at + TYPE_AT);
        isInside = type == 2 || type == 3 || type == 6 || type == 7;
        at = end;
      }
      if (block.limit() < BLOCK_BYTES) {
        return OptionalLong.of(base + block.limit());
      }
    }
  }

  private static boolean isPadding(ByteBuffer block, int at) {
    int zeros = at;
    while (zeros < block.limit() && block.get(zeros) == 0) {
      zeros++;
    }
    return zeros == BLOCK_BYTES && BLOCK_BYTES - at < HEADER_BYTES + LOG_BYTES;
  }

  private static int end(ByteBuffer block, int at) {
    int type = block.get(at + TYPE_AT);
    int length = Short.toUnsignedInt(block.getShort(at + Integer.BYTES));
    return at + HEADER_BYTES + (type >= 5 && type <= 8 ? LOG_BYTES : 0) + length;
  }

  private static boolean isWhole(ByteBuffer block, int at, int end) {
    // A header of zeros has a checksum that fits by chance only, and RocksDB passes over it.
    if (end > block.limit() || block.get(at + TYPE_AT) == 0) {
      return false;
    }
    CRC32C sum = new CRC32C();
    sum.update(block.duplicate().position(at + TYPE_AT).limit(end));
    int masked = Integer.rotateRight((int) sum.getValue(), 15) + SUM_DELTA;
    return block.getInt(at) == masked;
  }

  /** Whether some sector of a range was not written from where the range has it to its end. */
  private static boolean isUnwritten(ByteBuffer block, int from, int end) {
    int sector = from;
    while (sector < Math.min(end, block.limit())) {
      int next = Math.min((sector / SECTOR_BYTES + 1) * SECTOR_BYTES, block.limit());
      int zeros = sector;
      while (zeros < next && block.get(zeros) == 0) {
        zeros++;
      }
      if (zeros == next) {
        return true;
      }
      sector = next;
    }
    return false;
  }

  boolean isTorn() {
    return wholeBytes < sizeBytes;
  }

  /** Cuts off what was torn, durably. */
  void cut() throws IOException {
    try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
      open.setLength(wholeBytes);
      open.getFD().sync();
    }
  }

  /**
   * {@return a folder from which RocksDB reads the manifest as if it were cut} The database itself
   * is not touched.
   *
   * @param owner closes the folder, which is then deleted; closed if this fails
   */
  Path cutCopy(NativeOwner owner) throws IOException {
    try {
      Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
      Path folder = owner.own(LockedFolder.temporary(temporary, "manifest")).path();
      Path copy = folder.resolve(file.getFileName());
      Files.copy(file, copy);
      new Manifest(copy, sizeBytes, wholeBytes).cut();
      Files.copy(file.resolveSibling(Watermark.CURRENT), folder.resolve(Watermark.CURRENT));
      return folder;
    } catch (IOException | RuntimeException e) {
      owner.close();
      throw e;
    }
  }
}
