package dev.grantstore.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.grantstore.BulkLoadOptions;
import dev.grantstore.CanonicalForm;
import dev.grantstore.ContentDigest;
import dev.grantstore.DigestAccumulator;
import dev.grantstore.Grant;
import dev.grantstore.GrantStore;
import dev.grantstore.GrantStoreException;
import dev.grantstore.Reason;
import dev.grantstore.SyncRun;
import dev.grantstore.codec.PackedForm;
import dev.grantstore.codec.SyncRow;
import dev.grantstore.keyvalue.Answers;
import dev.grantstore.layout.Keyspace;
import dev.grantstore.layout.RowWriter;
import dev.grantstore.packed.PageKey;
import dev.grantstore.packed.PageSource;
import dev.grantstore.packed.RowPacker;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.Deflater;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Containers that somebody made on purpose: every hash fits, and what they say is not so. */
final class HostileContainerTest {
  private static final BulkLoadOptions LOADING = new BulkLoadOptions(1 << 20, 1);
  private static final int BOMB_BYTES = 60 << 20;

  @TempDir Path folder;

  private Path file = Path.of("none");

  @Test
  void aPageThatBecomesTooLargeIsRefusedBeforeItIsInflated() throws IOException {
    byte[] container = saved();
    byte[] bomb = deflatedZeros();
    Frame frame = frame(container);
    byte[] index = section(container, frame.indexAt(), frame.manifestAt());
    int first = Frame.numbers(index).getInt(0);
    Frame.numbers(index).putInt(0, bomb.length).putInt(4, BOMB_BYTES).putLong(8, Frame.hash(bomb));
    byte[] rest = section(container, Frame.HEAD_BYTES + first, frame.indexAt());
    write(List.of(bomb, rest), index, section(container, frame.manifestAt(), frame.footerAt()));

    assertThat(refused(() -> SyncFiles.open(file, 0).close())).contains("index says", "page=0");
    SyncFiles.inspect(file);
  }

  @Test
  void bytesThatNoPageHasAreRefused() throws IOException {
    byte[] container = saved();
    Frame frame = frame(container);
    write(
        List.of(section(container, Frame.HEAD_BYTES, frame.indexAt()), new byte[1]),
        section(container, frame.indexAt(), frame.manifestAt()),
        section(container, frame.manifestAt(), frame.footerAt()));

    assertThat(refused(() -> SyncFiles.open(file, 0).close())).contains("not all in its index");
  }

  @Test
  void anIndexOfOtherPagesIsRefused() throws IOException {
    byte[] container = saved();
    Frame frame = frame(container);
    byte[] index = section(container, frame.indexAt(), frame.manifestAt());
    write(
        List.of(section(container, Frame.HEAD_BYTES, frame.indexAt())),
        Arrays.copyOf(index, index.length + PageIndex.ENTRY_BYTES),
        section(container, frame.manifestAt(), frame.footerAt()));

    assertThat(refused(() -> SyncFiles.inspect(file))).contains("index has other pages");
  }

  @Test
  void anIndexIsHashedBeforeRoomIsMadeForIt() throws IOException {
    writeSparse(4 << 20);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    try (ContainerFile container = ContainerFile.open(file)) {
      long before = threads.getCurrentThreadAllocatedBytes();

      assertThat(refused(() -> container.index(1L << 40))).contains("index is damaged");
      assertThat(threads.getCurrentThreadAllocatedBytes() - before)
          .isBetween(1L, container.frame().indexBytes() / 8);
    }
  }

  @Test
  void anIndexThatTheHeapIsTooSmallForIsRefusedAndSaysWhatItNeeds() throws IOException {
    saved();
    try (ContainerFile container = ContainerFile.open(file)) {
      long pages = container.contents().pages();
      long needed = 2 * 36 * pages;

      assertThat(container.index(needed).pages()).isEqualTo((int) pages);
      assertThatThrownBy(() -> container.index(needed - 1))
          .isInstanceOfSatisfying(
              GrantStoreException.class, e -> assertThat(e.reason()).isEqualTo(Reason.UNSUPPORTED))
          .hasMessageContaining("too many pages for this heap")
          .hasMessageContaining("needed=" + needed)
          .hasMessageContaining(file.toString());
    }
  }

  @Test
  void rowsOutOfOrderAreToldByVerifyAndNotTakenInAsPages() throws Exception {
    List<Grant> grants = sorted();
    for (Keyspace keyspace : Keyspace.OF_GRANTS.subList(0, 3)) {
      forge(grants, keyspace);

      assertThat(refused(() -> SyncFiles.verify(file))).contains("not in order", keyspace.label());
      try (GrantStore store =
          Containers.store("rocksdb", folder.resolve("t-" + keyspace.label()))) {
        refused(() -> SyncFiles.ingest(file, "s", store, "s", LOADING));
        assertThat(store.syncs()).isEmpty();
      }
    }
    forge(grants, Keyspace.META);
    SyncFiles.verify(file);
  }

  @Test
  void aCountThatTheRowsDoNotHaveIsTold() throws Exception {
    List<Grant> grants = sorted();
    for (int wrong : new int[] {-1, 1}) {
      ContentDigest digest = digest(grants);
      forge(
          grants,
          Keyspace.META,
          new ContentDigest(digest.count() + wrong, digest.high(), digest.low()));
      refused(() -> SyncFiles.verify(file));
      try (GrantStore store = SyncFiles.open(file, 0);
          GrantStore target = Containers.store("memory", folder)) {
        assertThat(Containers.answers(store, "s", grants.subList(0, 1)).values())
            .contains(Answers.TOLD);
        refused(() -> SyncFiles.ingest(file, "s", target, "s", LOADING));
        assertThat(target.syncs()).isEmpty();
      }
    }
  }

  @Test
  void aPageThatLeadsItsReaderOutOfItsBytesIsDamagedAndNamed() throws IOException {
    saved();
    try (ContainerFile container = ContainerFile.open(file)) {
      Contents.Sync sync = container.contents().syncs().get(0);
      PageSource pages = new ContainerPages(container, container.index(), sync);
      for (int bad : new int[] {0, PageKey.DIRECTORY}) {
        PageSource hostile =
            new PageSource() {
              @Override
              public byte @Nullable [] read(byte[] key) throws Exception {
                if (PageKey.page(key) == bad && PageKey.keyspace(key) == 2) {
                  throw new ArrayIndexOutOfBoundsException(99);
                }
                return pages.read(key);
              }

              @Override
              public boolean retain() {
                return true;
              }

              @Override
              public void release() {}

              @Override
              public boolean mayBeGone() {
                return false;
              }
            };
        assertThat(refused(() -> ContainerCheck.run(sync.row(), hostile)))
            .contains(bad == 0 ? "page 0 cannot be read" : "page directory cannot be read")
            .contains("sync=\"s\"", "keyspace=" + Keyspace.OF_GRANTS.get(2).label());
      }
    }
  }

  private void forge(List<Grant> grants, Keyspace reversed) throws Exception {
    forge(grants, reversed, digest(grants));
  }

  /** A container of one sync, with the first and last row of one keyspace in each other's place. */
  private void forge(List<Grant> grants, Keyspace reversed, ContentDigest said) throws Exception {
    file = Files.createTempDirectory(folder, "forged").resolve("x.gsync");
    SyncRun run = SyncRun.open("s", "full", Containers.STARTED).sealed(Containers.ENDED, said);
    try (ContainerWriter out = new ContainerWriter(file, 1 << 16, call -> {})) {
      out.beginSync();
      long expanding = 0;
      for (Keyspace keyspace : Keyspace.OF_GRANTS) {
        List<byte[][]> rows = rows(grants, keyspace);
        if (keyspace == reversed) {
          byte[][] first = rows.get(0);
          rows.set(0, rows.get(rows.size() - 1));
          rows.set(rows.size() - 1, first);
        }
        RowPacker<RuntimeException> packer = new RowPacker<>(0, keyspace, 0, 4_096, out);
        for (byte[][] row : rows) {
          packer.add(row[0], row[0].length, row[1], row[1].length);
        }
        expanding = packer.finish();
      }
      PackedForm form = new PackedForm(List.of(1, 1, 1, 1), false);
      out.endSync(new SyncRow(0, run, said, false).packedAs(form, expanding));
      out.end();
    }
  }

  private static List<byte[][]> rows(List<Grant> grants, Keyspace keyspace) {
    RowWriter writer = new RowWriter();
    CanonicalForm form = new CanonicalForm();
    List<byte[][]> rows = new ArrayList<>();
    for (Grant grant : grants) {
      if (keyspace.includes(grant)) {
        form.encode(grant);
        writer.grant(grant, form);
        writer.row(keyspace, 0);
        byte[] value = Arrays.copyOf(writer.value().array(), writer.value().length());
        rows.add(new byte[][] {writer.key().toByteArray(), value});
      }
    }
    rows.sort((a, b) -> Arrays.compareUnsigned(a[0], b[0]));
    return rows;
  }

  private static List<Grant> sorted() {
    return Containers.grants(41, 30);
  }

  private static ContentDigest digest(List<Grant> grants) {
    DigestAccumulator digest = new DigestAccumulator();
    grants.forEach(digest::add);
    return digest.digest();
  }

  private byte[] saved() throws IOException {
    file = folder.resolve("x.gsync");
    try (GrantStore store = Containers.store("memory", folder)) {
      Containers.seal(store, "s", Containers.grants(42, 10));
      SyncFiles.save(store, List.of("s"), file, SaveOptions.defaults().withSorting(LOADING));
    }
    return Files.readAllBytes(file);
  }

  private void write(List<byte[]> pages, byte[] index, byte[] manifest) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    long length =
        pages.stream().mapToLong(page -> page.length).sum()
            + index.length
            + manifest.length
            + Frame.HEAD_BYTES
            + Frame.FOOTER_BYTES;
    Frame frame =
        new Frame(length, index.length, Frame.hash(index), manifest.length, Frame.hash(manifest));
    out.writeBytes(frame.head());
    pages.forEach(out::writeBytes);
    out.writeBytes(index);
    out.writeBytes(manifest);
    out.writeBytes(frame.footer());
    Files.write(file, out.toByteArray());
  }

  /** A container of that many pages and directories, with a hole for all of them and the index. */
  private void writeSparse(int pages) throws IOException {
    file = folder.resolve("sparse.gsync");
    ContentDigest digest = digest(sorted());
    SyncRun run = SyncRun.open("s", "full", Containers.STARTED).sealed(Containers.ENDED, digest);
    PackedForm form = new PackedForm(List.of(1, 1, 1, 1), false);
    SyncRow row = new SyncRow(0, run, digest, false).packedAs(form, 0);
    List<List<Integer>> counts = List.of(List.of(pages - 4), List.of(0), List.of(0), List.of(0));
    byte[] manifest = new Contents(List.of(new Contents.Sync(row, counts, 0))).encode();
    long index = (long) pages * PageIndex.ENTRY_BYTES;
    long length = Frame.HEAD_BYTES + pages + index + manifest.length + Frame.FOOTER_BYTES;
    Frame frame = new Frame(length, index, 1, manifest.length, Frame.hash(manifest));
    try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
      out.write(frame.head());
      out.seek(frame.manifestAt());
      out.write(manifest);
      out.write(frame.footer());
    }
  }

  private static byte[] deflatedZeros() {
    Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
    deflater.setInput(new byte[BOMB_BYTES]);
    deflater.finish();
    byte[] out = new byte[1 << 20];
    int length = deflater.deflate(out);
    deflater.end();
    return Arrays.copyOf(out, length);
  }

  private static byte[] section(byte[] container, long from, long to) {
    return Arrays.copyOfRange(container, (int) from, (int) to);
  }

  private static Frame frame(byte[] container) {
    return Frame.read(
        Path.of("x"),
        Arrays.copyOf(container, Frame.HEAD_BYTES),
        Arrays.copyOfRange(container, container.length - Frame.FOOTER_BYTES, container.length));
  }

  private static String refused(ThrowingCallable call) {
    List<Throwable> told = new ArrayList<>();
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            GrantStoreException.class,
            e -> {
              assertThat(e.reason()).isEqualTo(Reason.CORRUPTION);
              told.add(e);
            });
    return String.valueOf(told.get(0).getMessage());
  }
}
