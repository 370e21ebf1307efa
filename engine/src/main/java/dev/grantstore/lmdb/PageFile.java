package dev.grantstore.lmdb;

import dev.grantstore.GrantStoreException;
import dev.grantstore.Reason;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Locale;

/**
 * An LMDB file as bytes, read without LMDB, which would trust them. One thread.
 *
 * <p>Read and not mapped: a file that somebody cuts meanwhile would end the JVM.
 */
final class PageFile implements AutoCloseable {
  private final Path path;
  private final RandomAccessFile in;
  private final long bytes;

  private PageFile(Path path, RandomAccessFile in) throws IOException {
    this.path = path;
    this.in = in;
    this.bytes = in.length();
  }

  /** Opens a file, which nobody writes meanwhile. */
  static PageFile open(Path path) throws IOException {
    RandomAccessFile in = new RandomAccessFile(path.toFile(), "r");
    boolean opened = false;
    try {
      PageFile file = new PageFile(path, in);
      opened = true;
      return file;
    } finally {
      if (!opened) {
        in.close();
      }
    }
  }

  Path path() {
    return path;
  }

  /** How long it is. */
  long bytes() {
    return bytes;
  }

  /**
   * {@return bytes of the file, in its byte order}
   *
   * @throws GrantStoreException with {@link Reason#DATA_LOSS} if they are not all in it
   */
  ByteBuffer read(long at, int count) throws IOException {
    ByteBuffer into = ByteBuffer.allocate(count).order(ByteOrder.nativeOrder());
    read(at, into);
    return into;
  }

  /** Fills all of a buffer on an array, as {@link #read(long, int)} does. */
  void read(long at, ByteBuffer into) throws IOException {
    if (at < 0 || into.capacity() > bytes - at) {
      throw cut();
    }
    in.seek(at);
    in.readFully(into.array(), into.arrayOffset(), into.capacity());
  }

  /** The error for a file that lacks pages which were in it. */
  GrantStoreException cut() {
    return new GrantStoreException(
        Reason.DATA_LOSS,
        String.format(Locale.ROOT, "file is shorter than it was: file=%s bytes=%d", path, bytes));
  }

  /** Refuses a page in which something is not as LMDB writes it. */
  void require(boolean isRight, long page, String what, long found) {
    if (!isRight) {
      throw new GrantStoreException(
          Reason.CORRUPTION,
          String.format(
              Locale.ROOT, "page is damaged: page=%d %s=%d file=%s", page, what, found, path));
    }
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
