package dev.grantstore.sort;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** A run in a temporary file, in the format of {@link SpillWriter}. */
final class SpilledRun extends SortedRun {
  private final Path file;
  private final FileChannel channel;
  private final BlockIndex index;
  private volatile boolean closed;

  private SpilledRun(Path file, FileChannel channel, BlockIndex index) {
    this.file = file;
    this.channel = channel;
    this.index = index;
  }

  static SpilledRun write(Path file, RowCursor rows) throws IOException {
    FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            StandardOpenOption.DELETE_ON_CLOSE);
    try {
      return new SpilledRun(file, channel, new SpillWriter(channel).write(rows));
    } catch (IOException | RuntimeException | Error e) {
      closeAfter(e, channel);
      throw e;
    }
  }

  @Override
  public long rows() {
    return index.rows();
  }

  @Override
  public long memoryBytes() {
    return index.memoryBytes();
  }

  @Override
  public long fileBytes() {
    return index.fileBytes();
  }

  @Override
  public void close() throws IOException {
    closed = true;
    channel.close();
  }

  @Override
  RunCursor runCursor(byte @Nullable [] from, byte @Nullable [] to) {
    requireOpen();
    return new SpillCursor(this, from, to);
  }

  @Override
  void sample(int limit, List<KeySample> samples) {
    requireOpen();
    int count = Math.min(limit, index.blocks());
    for (int i = 0; i < count; i++) {
      int block = (int) ((long) index.blocks() * i / count);
      int next = (int) ((long) index.blocks() * (i + 1) / count);
      long rows = index.rowsBefore(next) - index.rowsBefore(block);
      samples.add(new KeySample(index.firstKey(block), rows));
    }
  }

  BlockIndex index() {
    return index;
  }

  /** For tests that damage the file: on Linux it has no name any more. */
  FileChannel channel() {
    return channel;
  }

  void requireOpen() {
    if (closed) {
      throw new IllegalStateException("run is closed");
    }
  }

  /**
   * Reads a block and checks it.
   *
   * @param target at least as long as the block
   */
  void readBlock(int block, byte[] target, CRC32C crc) throws IOException {
    requireOpen();
    int length = index.lengthBytes(block);
    long position = index.offset(block);
    for (int done = 0; done < length; ) {
      int wanted = Math.min(length - done, SpillWriter.TRANSFER_BYTES);
      int read = channel.read(ByteBuffer.wrap(target, done, wanted), position + done);
      if (read < 0) {
        throw new IOException(
            String.format(
                Locale.ROOT, "spill file ends early: file=%s offset=%d", file, position + done));
      }
      done += read;
    }
    crc.reset();
    crc.update(target, 0, length);
    if ((int) crc.getValue() != index.checksum(block)) {
      throw new IOException(
          String.format(
              Locale.ROOT,
              "spill block is damaged: file=%s offset=%d length=%d",
              file,
              position,
              length));
    }
  }

  private static void closeAfter(Throwable failure, FileChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }
}
