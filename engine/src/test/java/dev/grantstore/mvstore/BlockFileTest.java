package dev.grantstore.mvstore;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against an array: writes of any length, in pieces or not, on a disk that fails or does not. */
final class BlockFileTest {
  private static final int BLOCK = BlockFile.BLOCK_BYTES;

  /** More than twice what is read and written at once. */
  private static final int BLOCKS = 700;

  @TempDir private Path temp;
  private final SplittableRandom random = new SplittableRandom(1);
  private final byte[] model = new byte[BLOCKS * BLOCK];

  @Test
  void whatIsWrittenIsReadFromTheFile() throws IOException {
    try (BlockFile file = BlockFile.open(temp.resolve("file"), false)) {
      write(file, 0, BLOCKS);
      for (int i = 0; i < 8; i++) {
        writeSome(file);
        readSome(file);
      }
      assertThat(file.failure()).isNull();
    }
    try (BlockFile file = BlockFile.open(temp.resolve("file"), true)) {
      assertThat(file.sizeBytes()).isEqualTo(model.length);
      assertThat(file.isWhole(0, BLOCKS)).isTrue();
      read(file, 0, model.length);
    }
  }

  /** A file that may only be read fails like a full disk: with the first piece of a write. */
  @Test
  void whatADiskDidNotTakeIsReadAllTheSame() throws IOException {
    try (BlockFile file = BlockFile.open(temp.resolve("file"), false)) {
      write(file, 0, BLOCKS);
    }
    try (BlockFile file = BlockFile.open(temp.resolve("file"), true)) {
      write(file, 10, 600);
      assertThat(file.failure()).isNotNull();
      read(file, 0, model.length);
      for (int i = 0; i < 8; i++) {
        writeSome(file);
        readSome(file);
      }
    }
  }

  private void writeSome(BlockFile file) {
    int blocks = 1 + random.nextInt(random.nextBoolean() ? 5 : BLOCKS);
    write(file, random.nextInt(BLOCKS - blocks + 1), blocks);
  }

  private void write(BlockFile file, int first, int blocks) {
    byte[] data = new byte[blocks * BLOCK];
    random.nextBytes(data);
    System.arraycopy(data, 0, model, first * BLOCK, data.length);
    file.write((long) first * BLOCK, ByteBuffer.wrap(data));
  }

  private void readSome(BlockFile file) throws IOException {
    int length = 1 + random.nextInt(random.nextBoolean() ? 5_000 : model.length);
    read(file, random.nextInt(model.length - length + 1), length);
    read(file, 0, model.length);
  }

  private void read(BlockFile file, int at, int length) throws IOException {
    ByteBuffer found = file.read(at, length);
    assertThat(found.remaining()).isEqualTo(length);
    int differs = found.mismatch(ByteBuffer.wrap(Arrays.copyOfRange(model, at, at + length)));
    assertThat(differs).as("at %d", at).isEqualTo(-1);
  }
}
