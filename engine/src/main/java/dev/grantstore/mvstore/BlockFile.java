package dev.grantstore.mvstore;

import java.io.EOFException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Deque;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * A file of blocks, each with its checksum: MVStore has none over what is in its pages.
 *
 * <pre>
 * file  := block*
 * block := data:u8[4096] sum:u32          sum: CRC-32C of the block's number (u64) and the data
 * </pre>
 *
 * <p>(Integers big-endian.) Places and lengths are counted in data bytes, without the checksums.
 *
 * <p>A write that fails does not throw, since MVStore closes itself in the middle of what it does
 * when one does: its blocks are held in memory, for reads, and so are those of all later writes;
 * {@link #failure} tells. Interrupts do nothing here: a file channel would close.
 *
 * <p>Any number of threads may read while one writes.
 */
final class BlockFile implements AutoCloseable {
  static final int BLOCK_BYTES = 4096;

  private static final int SUM_BYTES = Integer.BYTES;
  private static final int STORED_BYTES = BLOCK_BYTES + SUM_BYTES;

  /**
   * MVStore writes its header twice, with a checksum of its own, and needs one of the two. Ours is
   * in another sector than the header, so a loss of power may leave both blocks without theirs.
   */
  static final int HEADER_BLOCKS = 2;

  private static final int BLOCKS_AT_ONCE = 256;

  private final Path path;
  private final String access;
  private final Deque<RandomAccessFile> idle = new ConcurrentLinkedDeque<>();
  private final Map<Long, byte[]> held = new ConcurrentHashMap<>();
  private final AtomicLong writtenBytes = new AtomicLong();
  private volatile @Nullable IOException failure;
  private volatile boolean closed;

  private BlockFile(Path path, String access) {
    this.path = path;
    this.access = access;
  }

  /** Opens a file; if it is to be written and is not there, makes it. */
  static BlockFile open(Path path, boolean readOnly) throws IOException {
    BlockFile file = new BlockFile(path, readOnly ? "r" : "rw");
    file.giveBack(file.borrow());
    return file;
  }

  Path path() {
    return path;
  }

  /** How many bytes there are; a block that was cut off does not count. */
  long sizeBytes() throws IOException {
    return Files.size(path) / STORED_BYTES * BLOCK_BYTES;
  }

  /** How many bytes were written since it was opened. */
  long writtenBytes() {
    return writtenBytes.get();
  }

  /** Why the first write failed that did; from then on nothing reaches the file. */
  @Nullable IOException failure() {
    return failure;
  }

  /**
   * Reads bytes, wherever they start.
   *
   * @throws DamagedBlockException if a block's checksum is wrong, or the file ends before; the two
   *     header blocks are read as they are
   */
  ByteBuffer read(long at, int length) throws IOException {
    boolean isLong = length > BLOCKS_AT_ONCE * BLOCK_BYTES;
    if (length < 0 || (isLong && held.isEmpty() && at + length > sizeBytes())) {
      // A damaged length, which must not end in a lack of memory.
      throw new DamagedBlockException(
          String.format(Locale.ROOT, "file was cut off: %s at=%d length=%d", path, at, length),
          null);
    }
    long first = at / BLOCK_BYTES;
    int blocks = (int) ((at + length - 1) / BLOCK_BYTES - first) + 1;
    byte[] data = new byte[blocks * BLOCK_BYTES];
    byte[] stored = new byte[Math.min(blocks, BLOCKS_AT_ONCE) * STORED_BYTES];
    for (int done = 0; done < blocks; done += BLOCKS_AT_ONCE) {
      int count = Math.min(BLOCKS_AT_ONCE, blocks - done);
      readStored(first + done, stored, count);
      for (int i = 0; i < count; i++) {
        copyOut(first + done + i, stored, i * STORED_BYTES, data, (done + i) * BLOCK_BYTES);
      }
    }
    int offset = (int) (at % BLOCK_BYTES);
    return ByteBuffer.wrap(data, offset, length).slice();
  }

  /** Whether all blocks of a range are there, each with its checksum. */
  boolean isWhole(long at, long blocks) {
    try {
      for (long done = 0; done < blocks; done += BLOCKS_AT_ONCE) {
        int bytes = (int) Math.min(BLOCKS_AT_ONCE, blocks - done) * BLOCK_BYTES;
        read(at + done * BLOCK_BYTES, bytes);
      }
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** Writes whole blocks. */
  void write(long at, ByteBuffer source) {
    long first = at / BLOCK_BYTES;
    int blocks = source.remaining() / BLOCK_BYTES;
    if (at % BLOCK_BYTES != 0 || source.remaining() % BLOCK_BYTES != 0) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "not whole blocks: at=%d %s", at, source));
    }
    ByteBuffer stored = ByteBuffer.allocate(Math.min(blocks, BLOCKS_AT_ONCE) * STORED_BYTES);
    byte[] data = new byte[BLOCK_BYTES];
    for (int done = 0; done < blocks; done += BLOCKS_AT_ONCE) {
      int count = Math.min(BLOCKS_AT_ONCE, blocks - done);
      stored.clear();
      for (int i = 0; i < count; i++) {
        source.get(data);
        stored.put(data).putInt(sum(first + done + i, data, 0));
      }
      if (failure == null) {
        writeStored(first + done, stored.array(), stored.position());
      }
      if (failure != null) {
        hold(first + done, stored.array(), count);
      }
    }
    writtenBytes.addAndGet((long) blocks * STORED_BYTES);
  }

  /** Makes everything that was written survive power loss. */
  void force() {
    change(file -> file.getFD().sync());
  }

  /** Cuts the file off. */
  void truncate(long sizeBytes) {
    change(file -> file.setLength(sizeBytes / BLOCK_BYTES * STORED_BYTES));
  }

  @Override
  public void close() throws IOException {
    closed = true;
    closeIdle();
  }

  private void closeIdle() throws IOException {
    RandomAccessFile file = idle.poll();
    while (file != null) {
      file.close();
      file = idle.poll();
    }
  }

  private void readStored(long block, byte[] into, int blocks) throws IOException {
    RandomAccessFile file = borrow();
    try {
      file.seek(block * STORED_BYTES);
      file.readFully(into, 0, blocks * STORED_BYTES);
    } catch (EOFException e) {
      if (held.isEmpty()) {
        throw new DamagedBlockException(
            String.format(Locale.ROOT, "file was cut off: %s block=%d", path, block), e);
      }
    } finally {
      giveBack(file);
    }
  }

  private void copyOut(long block, byte[] stored, int at, byte[] data, int to)
      throws DamagedBlockException {
    byte[] instead = held.get(block);
    byte[] from = instead == null ? stored : instead;
    int start = instead == null ? at : 0;
    int sum = ByteBuffer.wrap(from).getInt(start + BLOCK_BYTES);
    if (sum(block, from, start) != sum && block >= HEADER_BLOCKS) {
      throw new DamagedBlockException(
          String.format(Locale.ROOT, "block has another checksum: %s block=%d", path, block), null);
    }
    System.arraycopy(from, start, data, to, BLOCK_BYTES);
  }

  private void writeStored(long block, byte[] stored, int length) {
    change(
        file -> {
          file.seek(block * STORED_BYTES);
          file.write(stored, 0, length);
        });
  }

  private void hold(long firstBlock, byte[] stored, int blocks) {
    for (int i = 0; i < blocks; i++) {
      byte[] block = new byte[STORED_BYTES];
      System.arraycopy(stored, i * STORED_BYTES, block, 0, STORED_BYTES);
      held.put(firstBlock + i, block);
    }
  }

  private void change(Change change) {
    if (failure != null) {
      return;
    }
    try {
      RandomAccessFile file = borrow();
      try {
        change.make(file);
      } finally {
        giveBack(file);
      }
    } catch (IOException e) {
      // The system does not say which file it was, nor in whose language.
      failure =
          e.getClass() == IOException.class
              ? new FileSystemException(path.toString(), null, e.getMessage())
              : e;
    }
  }

  /** The checksum of a block. */
  static int sum(long block, byte[] data, int at) {
    CRC32C sum = new CRC32C();
    sum.update(ByteBuffer.allocate(Long.BYTES).putLong(block).flip());
    sum.update(data, at, BLOCK_BYTES);
    return (int) sum.getValue();
  }

  private RandomAccessFile borrow() throws IOException {
    RandomAccessFile file = idle.poll();
    return file == null ? new RandomAccessFile(path.toFile(), access) : file;
  }

  private void giveBack(RandomAccessFile file) throws IOException {
    idle.push(Objects.requireNonNull(file));
    if (closed) {
      closeIdle();
    }
  }

  private interface Change {
    void make(RandomAccessFile file) throws IOException;
  }
}
