package dev.grantstore.mvstore;

import static dev.grantstore.mvstore.Samples.SYNC;
import static dev.grantstore.mvstore.Samples.everything;
import static dev.grantstore.mvstore.Samples.fill;
import static dev.grantstore.mvstore.Samples.grants;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grantstore.CorruptionException;
import dev.grantstore.Grant;
import dev.grantstore.GrantStore;
import dev.grantstore.GrantStoreException;
import dev.grantstore.OpenMode;
import dev.grantstore.Reason;
import dev.grantstore.StoreOptions;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.h2.mvstore.MVStoreException;
import org.h2.mvstore.WriteBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A damaged file is told, and never answers with something else. */
final class DamagedFileTest {
  private static final int STORED_BYTES = BlockFile.BLOCK_BYTES + Integer.BYTES;
  private static final Set<Reason> TOLD = Set.of(Reason.CORRUPTION, Reason.DATA_LOSS);

  @TempDir private Path temp;
  private Path location;
  private Path file;

  @BeforeEach
  void fillStore() {
    location = temp.resolve("store");
    file = location.resolve("db").resolve("grants.mv");
    try (GrantStore store = Samples.open(location, OpenMode.CREATE)) {
      fill(store, 400);
      store.putAll(SYNC, grants(100, 600));
    }
  }

  @Test
  void aFlippedBitAnywhereIsToldOrHarmless() throws IOException {
    List<Grant> expected = read();
    byte[] whole = Files.readAllBytes(file);
    int told = 0;
    int harmless = 0;
    for (int block = 0; block < whole.length / STORED_BYTES; block++) {
      byte[] damaged = whole.clone();
      damaged[block * STORED_BYTES + (block * 977) % STORED_BYTES] ^= (byte) (1 << block % 8);
      Files.write(file, damaged);
      try {
        assertThat(read()).as("block %d", block).isEqualTo(expected);
        harmless++;
      } catch (GrantStoreException e) {
        assertThat(e.reason()).as("block %d: %s", block, e).isIn(TOLD);
        told++;
      }
    }
    // One of two headers, and what no tree leads to, is harmless.
    assertThat(told).isGreaterThan(harmless);
  }

  @Test
  void aFileThatWasCutOffOrLostIsTold() throws IOException {
    byte[] whole = Files.readAllBytes(file);
    for (int length : new int[] {0, 10, STORED_BYTES, whole.length / 2, whole.length - 1}) {
      Files.write(file, java.util.Arrays.copyOf(whole, length));
      assertTold(length);
    }
    Files.delete(file);
    assertTold(-1);
    Files.write(file, whole);
    Samples.open(location, OpenMode.OPEN).close();
    Files.delete(location.resolve("WATERMARK"));
    assertTold(-2);
  }

  @Test
  void aDamagedPageFailsWhatNeedsItAndNothingElse() throws IOException {
    StoreOptions options = StoreOptions.of(OpenMode.OPEN).withCacheBytes(0);
    try (GrantStore store = Samples.open(location, options)) {
      store.putAll(SYNC, grants(0, 4_000));
    }
    byte[] whole = Files.readAllBytes(file);
    List<Grant> expected = read();
    Path mark = location.resolve("WATERMARK");
    Path base = location.resolve("WATERMARK.base");
    byte[] marked = Files.readAllBytes(mark);
    byte[] based = Files.readAllBytes(base);
    int refused = 0;
    for (int block = 2; block < whole.length / STORED_BYTES; block++) {
      byte[] damaged = whole.clone();
      damaged[block * STORED_BYTES + 2_000] ^= 4;
      Files.write(file, damaged);
      Files.write(mark, marked);
      Files.write(base, based);
      try (GrantStore store = Samples.open(location, options)) {
        store.put(SYNC, Samples.grant(350));
        assertThat(store.get(SYNC, "g350")).contains(Samples.grant(350));
      } catch (CorruptionException e) {
        refused++;
      } catch (GrantStoreException e) {
        assertThat(e.reason()).isIn(TOLD);
      }
    }
    assertThat(refused).isPositive();
    Files.write(file, whole);
    Files.write(mark, marked);
    Files.write(base, based);
    assertThat(read()).isEqualTo(expected);
  }

  @Test
  void aBlockInAnothersPlaceIsDamage() throws IOException {
    Path path = temp.resolve("blocks");
    byte[] data = new byte[6 * BlockFile.BLOCK_BYTES];
    for (int i = 0; i < data.length; i++) {
      data[i] = (byte) (i * 31 + i / 999);
    }
    try (BlockFile blocks = BlockFile.open(path, false)) {
      blocks.write(0, ByteBuffer.wrap(data));
      byte[] some = new byte[5_000];
      blocks.read(9_000, some.length).get(some);
      assertThat(some).isEqualTo(java.util.Arrays.copyOfRange(data, 9_000, 14_000));
      assertThat(blocks.sizeBytes()).isEqualTo(data.length);
    }
    byte[] stored = Files.readAllBytes(path);
    System.arraycopy(stored, 3 * STORED_BYTES, stored, 4 * STORED_BYTES, STORED_BYTES);
    Files.write(path, stored);
    try (BlockFile blocks = BlockFile.open(path, true)) {
      blocks.read(3 * BlockFile.BLOCK_BYTES, BlockFile.BLOCK_BYTES);
      assertThatThrownBy(() -> blocks.read(4 * BlockFile.BLOCK_BYTES, 1))
          .isInstanceOf(DamagedBlockException.class)
          .hasMessageContaining("block=4");
    }
  }

  @Test
  void aDamagedLengthIsToldBeforeMemoryIsTakenForIt() throws IOException {
    for (int length : new int[] {-1, Integer.MAX_VALUE}) {
      try (BlockFile blocks = BlockFile.open(file, true)) {
        assertThatThrownBy(() -> blocks.read(0, length)).isInstanceOf(DamagedBlockException.class);
      }
      ByteBuffer page = new WriteBuffer().putVarInt(length).putVarInt(length).getBuffer().flip();
      assertThatThrownBy(() -> ValueType.INSTANCE.read(page.duplicate()))
          .isInstanceOf(MVStoreException.class);
      assertThatThrownBy(() -> KeyType.INSTANCE.read(page.duplicate()))
          .isInstanceOf(MVStoreException.class);
      assertThatThrownBy(() -> KeyType.INSTANCE.read(page.duplicate(), new byte[1][], 1))
          .isInstanceOf(MVStoreException.class);
    }
  }

  private void assertTold(int what) {
    for (OpenMode mode : List.of(OpenMode.READ_ONLY, OpenMode.OPEN, OpenMode.OPEN_OR_CREATE)) {
      assertThatThrownBy(() -> Samples.open(location, mode).close())
          .as("%s %d", mode, what)
          .isInstanceOfSatisfying(
              GrantStoreException.class, e -> assertThat(e.reason()).isIn(TOLD));
    }
  }

  private List<Grant> read() {
    try (GrantStore store = Samples.open(location, OpenMode.READ_ONLY)) {
      return new ArrayList<>(everything(store));
    }
  }
}
