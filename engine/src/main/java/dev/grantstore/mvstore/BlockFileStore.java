package dev.grantstore.mvstore;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipOutputStream;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.FileStore;
import org.h2.mvstore.RandomAccessStore;
import org.h2.mvstore.SFChunk;

/**
 * Lets MVStore keep its chunks in a {@link BlockFile}. Owns the file.
 *
 * <p>A loss of power may leave some of the pages of a chunk that was not synced, and MVStore looks
 * at a chunk's two ends only. So a chunk that is newer than what was synced last, and has a damaged
 * block, is none: MVStore then goes back to the one before.
 */
final class BlockFileStore extends RandomAccessStore {
  private static final Pattern CHUNK =
      Pattern.compile("chunk:[^\\n]*,len:([0-9a-f]{1,8}),[^\\n]*version:([0-9a-f]{1,15})");
  private static final int LONGEST_CHUNK_HEADER = 1024;

  private final BlockFile file;
  private final long syncedVersion;

  /**
   * Takes a file over.
   *
   * @param settings by MVStore's names
   * @param syncedVersion the version as of which everything was synced
   */
  BlockFileStore(BlockFile file, boolean readOnly, Map<String, Object> settings, long syncedVersion)
      throws IOException {
    super(settings);
    this.file = file;
    this.syncedVersion = syncedVersion;
    init(file.path().toString(), readOnly);
    setSize(file.sizeBytes());
  }

  @Override
  public void open(String fileName, boolean readOnly, char[] encryptionKey) {
    throw new UnsupportedOperationException("open from the start");
  }

  @Override
  public FileStore<SFChunk> open(String fileName, boolean readOnly) {
    throw new UnsupportedOperationException("one file only");
  }

  @Override
  public ByteBuffer readFully(SFChunk chunk, long pos, int len) {
    try {
      ByteBuffer bytes = file.read(pos, len);
      readCount.incrementAndGet();
      readBytes.addAndGet(len);
      return isTornChunk(pos, bytes) ? ByteBuffer.allocate(len) : bytes;
    } catch (DamagedBlockException e) {
      throw DataUtils.newMVStoreException(DataUtils.ERROR_FILE_CORRUPT, "{0}", e.getMessage(), e);
    } catch (IOException e) {
      throw DataUtils.newMVStoreException(DataUtils.ERROR_READING_FAILED, "{0}", e.getMessage(), e);
    }
  }

  /**
   * Erases chunks that are newer than the last one: a writer wrote them that died before its header
   * led to them, and another opening might take one for the last.
   *
   * @return whether there were any
   */
  boolean eraseNewer() throws IOException {
    BitSet used = new BitSet();
    used.set(0, BlockFile.HEADER_BLOCKS);
    for (SFChunk chunk : getChunks().values()) {
      used.set((int) chunk.block, (int) chunk.block + chunk.len);
    }
    boolean found = false;
    int blocks = (int) (size() / BlockFile.BLOCK_BYTES);
    // Front to back: the last chunk in the file is looked at first, so it hides those before it.
    for (int block = used.nextClearBit(0); block < blocks; block = used.nextClearBit(block + 1)) {
      long pos = (long) block * BlockFile.BLOCK_BYTES;
      if (isNewer(pos)) {
        file.write(pos, ByteBuffer.allocate(BlockFile.BLOCK_BYTES));
        found = true;
      }
    }
    return found;
  }

  private boolean isNewer(long pos) throws IOException {
    try {
      Matcher chunk = chunkHeader(file.read(pos, LONGEST_CHUNK_HEADER));
      return chunk.lookingAt() && Long.parseLong(chunk.group(2), 16) > lastChunkVersion();
    } catch (DamagedBlockException e) {
      return false; // nor will anybody else take it for a chunk
    }
  }

  private static Matcher chunkHeader(ByteBuffer bytes) {
    return CHUNK.matcher(StandardCharsets.ISO_8859_1.decode(bytes.duplicate()));
  }

  /** Whether a chunk begins there that was written in part. */
  private boolean isTornChunk(long pos, ByteBuffer bytes) {
    if (pos % BlockFile.BLOCK_BYTES != 0 || bytes.remaining() != LONGEST_CHUNK_HEADER) {
      return false;
    }
    Matcher chunk = chunkHeader(bytes);
    return chunk.lookingAt()
        && Long.parseLong(chunk.group(2), 16) > syncedVersion
        && !file.isWhole(pos, Long.parseLong(chunk.group(1), 16));
  }

  @Override
  protected void writeFully(SFChunk chunk, long pos, ByteBuffer source) {
    int length = source.remaining();
    setSize(Math.max(size(), pos + length));
    file.write(pos, source);
    writeCount.incrementAndGet();
    writeBytes.addAndGet(length);
  }

  @Override
  public void sync() {
    file.force();
  }

  @Override
  protected void truncate(long size) {
    writeCount.incrementAndGet();
    file.truncate(size);
    setSize(Math.min(size(), size));
  }

  @Override
  public void backup(ZipOutputStream out) {
    throw new UnsupportedOperationException("copy the folder of a store that is closed");
  }

  @Override
  public void close() {
    try {
      super.close();
    } finally {
      closeFile();
    }
  }

  private void closeFile() {
    try {
      file.close();
    } catch (IOException e) {
      throw DataUtils.newMVStoreException(
          DataUtils.ERROR_WRITING_FAILED, "{0}", "file did not close", e);
    }
  }
}
