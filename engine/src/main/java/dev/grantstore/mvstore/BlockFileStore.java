package dev.grantstore.mvstore;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.zip.ZipOutputStream;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.FileStore;
import org.h2.mvstore.RandomAccessStore;
import org.h2.mvstore.SFChunk;

/** Lets MVStore keep its chunks in a {@link BlockFile}. Owns the file. */
final class BlockFileStore extends RandomAccessStore {
  private final BlockFile file;

  /**
   * Takes a file over.
   *
   * @param settings by MVStore's names
   */
  BlockFileStore(BlockFile file, boolean readOnly, Map<String, Object> settings)
      throws IOException {
    super(settings);
    this.file = file;
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
      return bytes;
    } catch (DamagedBlockException e) {
      throw DataUtils.newMVStoreException(DataUtils.ERROR_FILE_CORRUPT, "{0}", e.getMessage(), e);
    } catch (IOException e) {
      throw DataUtils.newMVStoreException(DataUtils.ERROR_READING_FAILED, "{0}", e.getMessage(), e);
    }
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
