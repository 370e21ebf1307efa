package dev.grantstore.sort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grantstore.sort.RowArbitraries.Shape;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SpilledRunTest {
  private static final List<Row> ROWS =
      RowArbitraries.manyRows(20_000, Shape.GRANTS, 5).stream().sorted().toList();

  @TempDir Path folder;
  private int files;

  @Test
  void bytesAreAsInTheGrammar() throws IOException {
    List<Row> rows = List.of(new Row("ab", 1, "x"), new Row("ac", 300, "y"));
    try (SpilledRun run = spill(rows)) {
      ByteBuffer bytes = ByteBuffer.allocate(100);
      run.channel().read(bytes, 0);

      assertThat(bytes.flip())
          .isEqualTo(
              ByteBuffer.wrap(
                  new byte[] {0, 2, 1, 'a', 'b', 'x', 1, 1, 1, 1, 'c', 'y', (byte) 0xac, 2}));
    }
  }

  @Test
  void readsBackWhatWasWritten() throws IOException {
    try (SpilledRun run = spill(ROWS)) {
      assertThat(run.index().blocks()).isGreaterThan(5);
      assertThat(run.rows()).isEqualTo(ROWS.size());
      assertThat(run.fileBytes()).isEqualTo(run.channel().size());
      assertThat(run.memoryBytes()).isBetween(1L, run.fileBytes() / 20);
      assertThat(Row.readAll(run.cursor(null, null))).isEqualTo(ROWS);
    }
  }

  @Test
  void noDamagedByteGoesUnnoticed() throws IOException {
    try (SpilledRun run = spill(ROWS)) {
      for (long position = 0; position < run.fileBytes(); position += run.fileBytes() / 50) {
        flipOneBit(run.channel(), position);

        assertThatIOException()
            .isThrownBy(() -> Row.readAll(run.cursor(null, null)))
            .withMessageContaining("spill block is damaged");
        flipOneBit(run.channel(), position);
      }
      assertThat(Row.readAll(run.cursor(null, null))).isEqualTo(ROWS);
    }
  }

  @Test
  void damageShowsNoWrongRowAndDoesNotHealByAskingAgain() throws IOException {
    try (SpilledRun run = spill(ROWS)) {
      flipOneBit(run.channel(), run.fileBytes() / 2);
      RowCursor cursor = run.cursor(null, null);
      List<Row> read = new ArrayList<>();

      assertThatIOException().isThrownBy(() -> readInto(read, cursor));
      assertThat(read).isNotEmpty().isEqualTo(ROWS.subList(0, read.size()));
      assertThatIllegalStateException().isThrownBy(cursor::keyArray);
      assertThatIOException().isThrownBy(cursor::next);
    }
  }

  @Test
  void mergeGoesOnWhenAFailedReadSucceedsLater() throws IOException {
    try (SpilledRun run = spill(ROWS);
        SpilledRun other = spill(ROWS)) {
      long position = run.fileBytes() / 2;
      flipOneBit(run.channel(), 0);
      flipOneBit(other.channel(), position);
      RowCursor cursor = MergeCursor.over(List.of(other, run), null, null);
      List<Row> read = new ArrayList<>();

      assertThatIOException().isThrownBy(() -> readInto(read, cursor));
      flipOneBit(run.channel(), 0);
      assertThatIOException().isThrownBy(() -> readInto(read, cursor));
      flipOneBit(other.channel(), position);
      readInto(read, cursor);

      assertThat(read).isEqualTo(Stream.concat(ROWS.stream(), ROWS.stream()).sorted().toList());
    }
  }

  @Test
  void truncatedFileIsAnError() throws IOException {
    try (SpilledRun run = spill(ROWS)) {
      run.channel().truncate(run.fileBytes() - 1);

      assertThatIOException()
          .isThrownBy(() -> Row.readAll(run.cursor(null, null)))
          .withMessageContaining("spill file ends early");
    }
  }

  @Test
  void readsOnlyTheBlocksOfTheRange() throws IOException {
    String last = ROWS.get(ROWS.size() - 1).key();
    try (SpilledRun run = spill(ROWS)) {
      flipOneBit(run.channel(), 0);

      assertThat(Row.readAll(run.cursor(Row.bytes(last), null))).contains(Row.of(last, lastOf()));
    }
  }

  @Test
  void rowsLargerThanABlockRoundTrip() throws IOException {
    List<Row> rows =
        List.of(
            Row.of("a", 1),
            new Row("a".repeat(200_000), 2, "v".repeat(300_000)),
            new Row("a".repeat(200_000), 3, ""),
            Row.of("b", 4),
            Row.of("c", 5));
    try (SpilledRun run = spill(rows)) {
      assertThat(Row.readAll(run.cursor(null, null))).isEqualTo(rows);
    }
  }

  @Test
  void emptyRunHasNoRows() throws IOException {
    try (SpilledRun run = spill(List.of())) {
      assertThat(Row.readAll(run.cursor(null, null))).isEmpty();
      assertThat(Row.readAll(run.cursor(Row.bytes("a"), Row.bytes("b")))).isEmpty();
    }
  }

  @Test
  void leavesNoFileBehind() throws IOException {
    SpilledRun run = spill(ROWS);
    run.close();
    run.close();

    assertThat(filesLeft()).isEmpty();
  }

  @Test
  void leavesNoFileBehindWhenWritingFails() throws IOException {
    try (SpilledRun run = spill(ROWS)) {
      flipOneBit(run.channel(), 0);
      Path file = folder.resolve("second");

      assertThatIOException()
          .isThrownBy(() -> SortedRun.spill(file, run.cursor(null, null)).close());
      assertThat(file).doesNotExist();
    }
  }

  @Test
  void doesNotOverwriteAFile() throws IOException {
    Path file = Files.createFile(folder.resolve("mine"));
    RowCursor rows = Row.sortedBuffer(ROWS).cursor();

    assertThatThrownBy(() -> SortedRun.spill(file, rows).close())
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThat(file).exists();
  }

  @Test
  void failsAfterClose() throws IOException {
    SpilledRun run = spill(ROWS);
    RowCursor cursor = run.cursor(null, null);
    assertThat(cursor.next()).isTrue();
    run.close();

    assertThatIllegalStateException().isThrownBy(cursor::next);
    assertThatIllegalStateException().isThrownBy(() -> run.cursor(null, null));
  }

  @Test
  void severalThreadsReadOneRun() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(3);
    try (SpilledRun run = spill(ROWS)) {
      List<Future<List<Row>>> reads = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        reads.add(threads.submit(() -> Row.readAll(run.cursor(null, null))));
      }
      for (Future<List<Row>> read : reads) {
        assertThat(read.get()).isEqualTo(ROWS);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private SpilledRun spill(List<Row> rows) throws IOException {
    Path file = folder.resolve("run-" + files++);
    return SpilledRun.write(file, Row.sortedBuffer(rows).cursor());
  }

  private List<Path> filesLeft() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }

  private static long lastOf() {
    return ROWS.get(ROWS.size() - 1).sequence();
  }

  private static void readInto(List<Row> rows, RowCursor cursor) throws IOException {
    while (cursor.next()) {
      rows.add(Row.at(cursor));
    }
  }

  private static void flipOneBit(FileChannel channel, long position) throws IOException {
    ByteBuffer one = ByteBuffer.allocate(1);
    channel.read(one, position);
    one.put(0, (byte) (one.get(0) ^ 4)).flip();
    channel.write(one, position);
  }
}
