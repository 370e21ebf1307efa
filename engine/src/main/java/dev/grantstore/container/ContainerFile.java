package dev.grantstore.container;

import com.dynatrace.hash4j.hashing.HashStream64;
import com.dynatrace.hash4j.hashing.Hashing;
import dev.grantstore.GrantStoreException;
import dev.grantstore.Reason;
import dev.grantstore.codec.MalformedBytesException;
import dev.grantstore.keyvalue.FileErrors;
import java.io.EOFException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;

/**
 * A container that is read: what it says of itself was checked on opening, its pages are checked as
 * they are read. Thread-safe; reads of the file are made one after the other.
 */
final class ContainerFile implements AutoCloseable {
  /** How much of the index is hashed at once. */
  private static final int CHUNK_BYTES = 256 << 10;

  /** What the index may take of the heap. */
  private static final int HEAP_SHARE = 2;

  /** What a page takes of the heap while the index is read: its entry, and what becomes of it. */
  private static final long HEAP_OF_PAGE = PageIndex.ENTRY_BYTES + PageIndex.HEAP_OF_PAGE;

  private final Path path;
  private final RandomAccessFile file;
  private final Frame frame;
  private final Contents contents;

  private ContainerFile(Path path, RandomAccessFile file, Frame frame, Contents contents) {
    this.path = path;
    this.file = file;
    this.frame = frame;
    this.contents = contents;
  }

  /**
   * Opens a container; the caller closes it. Reads head, footer and manifest.
   *
   * @throws GrantStoreException if it is none, damaged, cut off, of a newer version or not readable
   */
  static ContainerFile open(Path path) {
    Path absolute = path.toAbsolutePath().normalize();
    try {
      if (Files.exists(absolute) && !Files.isRegularFile(absolute)) {
        throw new GrantStoreException(Reason.NOT_A_STORE, "container is not a file: " + absolute);
      }
      Files.getLastModifiedTime(absolute);
      // Not a channel: an interrupted reader would close it under all others.
      RandomAccessFile file = new RandomAccessFile(absolute.toFile(), "r");
      try {
        return open(absolute, file);
      } catch (IOException | RuntimeException | Error e) {
        file.close();
        throw e;
      }
    } catch (NoSuchFileException e) {
      throw new GrantStoreException(
          Reason.STORE_MISSING, "container does not exist: " + absolute, e);
    } catch (IOException e) {
      throw FileErrors.wrapOpening(e, absolute);
    }
  }

  private static ContainerFile open(Path path, RandomAccessFile file) throws IOException {
    long bytes = file.length();
    byte[] head = new byte[(int) Math.min(bytes, Frame.HEAD_BYTES)];
    file.readFully(head);
    Frame.checkHead(path, head, bytes);
    if (bytes < Frame.HEAD_BYTES + Frame.FOOTER_BYTES) {
      throw Frame.damaged(path, "container is too short: bytes=%d", bytes);
    }
    byte[] footer = new byte[Frame.FOOTER_BYTES];
    file.seek(bytes - footer.length);
    file.readFully(footer);
    Frame frame = Frame.read(path, head, footer);
    byte[] manifest = new byte[frame.manifestBytes()];
    file.seek(frame.manifestAt());
    file.readFully(manifest);
    if (Frame.hash(manifest) != frame.manifestHash()) {
      throw Frame.damaged(path, "container's manifest is damaged: offset=%d", frame.manifestAt());
    }
    try {
      Contents contents = Contents.decode(manifest);
      if (contents.pages() * PageIndex.ENTRY_BYTES != frame.indexBytes()) {
        throw new MalformedBytesException("index has other pages", 0);
      }
      return new ContainerFile(path, file, frame, contents);
    } catch (MalformedBytesException e) {
      throw Frame.damaged(
          path,
          "container's manifest does not decode: %s offset=%d",
          String.valueOf(e.getMessage()),
          frame.manifestAt());
    }
  }

  Path path() {
    return path;
  }

  Frame frame() {
    return frame;
  }

  Contents contents() {
    return contents;
  }

  ContainerManifest manifest() {
    return contents.manifest(frame);
  }

  /**
   * {@return where the pages are; read and checked now} Nothing is made of its length before its
   * hash is right.
   *
   * @throws GrantStoreException with {@link Reason#CORRUPTION}; {@link Reason#UNSUPPORTED} if it
   *     needs more than its share of the heap
   */
  PageIndex index() {
    return index(Runtime.getRuntime().maxMemory());
  }

  /** The same for a heap of that size. */
  PageIndex index(long heapBytes) {
    long most = Math.min(Integer.MAX_VALUE - Long.BYTES, shareOf(heapBytes));
    if (frame.indexBytes() > most) {
      throw new GrantStoreException(
          Reason.UNSUPPORTED,
          String.format(
              Locale.ROOT,
              "container has too many pages for this heap: index=%d limit=%d needed=%d heap=%d"
                  + " file=%s",
              frame.indexBytes(),
              most,
              HEAP_SHARE * HEAP_OF_PAGE * contents.pages(),
              heapBytes,
              path));
    }
    requireIndexHash();
    byte[] bytes = read(frame.indexAt(), (int) frame.indexBytes());
    if (Frame.hash(bytes) != frame.indexHash()) {
      throw Frame.damaged(path, "container's index changed meanwhile: offset=%d", frame.indexAt());
    }
    return PageIndex.read(path, frame, bytes);
  }

  /** How long an index may be. */
  private static long shareOf(long heapBytes) {
    return heapBytes / HEAP_SHARE / HEAP_OF_PAGE * PageIndex.ENTRY_BYTES;
  }

  private void requireIndexHash() {
    HashStream64 hash = Hashing.xxh3_64().hashStream();
    byte[] chunk = new byte[CHUNK_BYTES];
    for (long at = frame.indexAt(); at < frame.manifestAt(); at += chunk.length) {
      int length = (int) Math.min(chunk.length, frame.manifestAt() - at);
      read(at, chunk, length);
      hash.putBytes(chunk, 0, length);
    }
    if (hash.getAsLong() != frame.indexHash()) {
      throw Frame.damaged(path, "container's index is damaged: offset=%d", frame.indexAt());
    }
  }

  /** {@return bytes of the file} */
  byte[] read(long offset, int length) {
    byte[] bytes = new byte[length];
    read(offset, bytes, length);
    return bytes;
  }

  private void read(long offset, byte[] into, int length) {
    try {
      synchronized (file) {
        file.seek(offset);
        file.readFully(into, 0, length);
      }
    } catch (EOFException e) {
      throw Frame.damaged(path, "container was cut off while it was open: offset=%d", offset);
    } catch (IOException e) {
      throw FileErrors.wrap("container cannot be read: " + path, e, path);
    }
  }

  @Override
  public void close() {
    try {
      file.close();
    } catch (IOException e) {
      throw FileErrors.wrap("container did not close: " + path, e, path);
    }
  }
}
