package dev.grantstore.container;

import dev.grantstore.GrantStoreException;
import dev.grantstore.Reason;
import dev.grantstore.codec.SyncRow;
import dev.grantstore.keyvalue.FileErrors;
import dev.grantstore.layout.Keyspace;
import dev.grantstore.packed.PageKey;
import dev.grantstore.packed.RowPacker;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Writes a container, front to end, and its head last. Holds the index and some pages. One thread.
 */
final class ContainerWriter implements RowPacker.Sink<RuntimeException>, AutoCloseable {
  /** Comes before each call that changes a file. */
  interface Step {
    /**
     * Lets it happen.
     *
     * @throws IOException in its place
     */
    void before(String call) throws IOException;
  }

  private final Path file;
  private final Step step;
  private final FileChannel channel;
  private final ByteBuffer buffer;
  private final Compression compression = new Compression();
  private final ByteArrayOutputStream index = new ByteArrayOutputStream();
  private final List<Contents.Sync> syncs = new ArrayList<>();
  private List<List<Integer>> pages = new ArrayList<>();
  private int pagesOfPart;

  /** The place of the next sync's first page among all of the container. */
  private long firstPage;

  private long position;

  /**
   * Begins a file.
   *
   * @param file must not be there
   * @param bufferBytes how much is written at once, if pages are not larger
   * @param step before each call
   */
  ContainerWriter(Path file, int bufferBytes, Step step) throws IOException {
    this.file = file;
    this.step = step;
    buffer = ByteBuffer.allocate(bufferBytes);
    step.before("create");
    channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    append(new byte[Frame.HEAD_BYTES]);
  }

  /** {@return the number that the next sync's pages have} */
  int nextNumber() {
    return syncs.size();
  }

  /** Begins the next sync, whose pages and directories then come in the order of their keys. */
  void beginSync() {
    pages = new ArrayList<>();
    Keyspace.OF_GRANTS.forEach(keyspace -> pages.add(new ArrayList<>()));
    pagesOfPart = 0;
  }

  @Override
  public void put(byte[] key, byte[] value) {
    if (Thread.currentThread().isInterrupted()) {
      throw new GrantStoreException(Reason.TIMEOUT, "save was interrupted");
    }
    List<Integer> parts = pages.get(PageKey.keyspace(key));
    boolean isDirectory = PageKey.page(key) == PageKey.DIRECTORY;
    if (PageKey.part(key) != parts.size() || !(isDirectory || PageKey.page(key) == pagesOfPart)) {
      throw new IllegalStateException("page is not the next one");
    }
    try {
      putPage(value);
    } catch (IOException e) {
      throw FileErrors.wrap("save failed", e, file);
    }
    if (isDirectory) {
      parts.add(pagesOfPart);
      pagesOfPart = 0;
    } else {
      pagesOfPart++;
    }
  }

  /**
   * Ends a sync.
   *
   * @param row its row, packed, with {@link #nextNumber}
   */
  void endSync(SyncRow row) {
    Contents.Sync sync =
        new Contents.Sync(row, pages.stream().map(List::copyOf).toList(), firstPage);
    syncs.add(sync);
    firstPage += sync.allPages();
  }

  /** {@return how many parts each keyspace of the sync has so far} */
  List<Integer> parts() {
    return pages.stream().map(List::size).toList();
  }

  /** Ends the file, with index, manifest, footer and head, forced to disk; what it holds. */
  ContainerManifest end() throws IOException {
    byte[] indexBytes = index.toByteArray();
    Contents contents = new Contents(syncs);
    byte[] manifest = contents.encode();
    long length = position + indexBytes.length + manifest.length + Frame.FOOTER_BYTES;
    Frame frame =
        new Frame(
            length,
            indexBytes.length,
            Frame.hash(indexBytes),
            manifest.length,
            Frame.hash(manifest));
    append(indexBytes);
    append(manifest);
    append(frame.footer());
    flush();
    step.before("write head");
    ByteBuffer head = ByteBuffer.wrap(frame.head());
    while (head.hasRemaining()) {
      channel.write(head, head.position());
    }
    step.before("force");
    channel.force(true);
    return contents.manifest(frame);
  }

  @Override
  public void close() throws IOException {
    compression.close();
    channel.close();
  }

  private void putPage(byte[] page) throws IOException {
    if (page.length > Frame.MOST_PAGE_BYTES) {
      throw new GrantStoreException(
          Reason.UNSUPPORTED,
          String.format(
              Locale.ROOT,
              "page is too large for a container: bytes=%d limit=%d",
              page.length,
              Frame.MOST_PAGE_BYTES));
    }
    byte[] stored = compression.compressed(page);
    byte[] entry = new byte[PageIndex.ENTRY_BYTES];
    Frame.numbers(entry).putInt(stored.length).putInt(page.length).putLong(Frame.hash(stored));
    index.writeBytes(entry);
    append(stored);
  }

  private void append(byte[] bytes) throws IOException {
    position += bytes.length;
    if (bytes.length > buffer.remaining()) {
      flush();
    }
    if (bytes.length > buffer.capacity()) {
      write(ByteBuffer.wrap(bytes));
    } else {
      buffer.put(bytes);
    }
  }

  private void flush() throws IOException {
    write(buffer.flip());
    buffer.clear();
  }

  private void write(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      step.before("write");
      channel.write(bytes);
    }
  }
}
