package dev.grantstore.mvstore;

import static dev.grantstore.mvstore.Samples.SYNC;
import static dev.grantstore.mvstore.Samples.grant;
import static dev.grantstore.mvstore.Samples.grants;
import static org.assertj.core.api.Assertions.assertThat;

import dev.grantstore.GrantStore;
import dev.grantstore.OpenMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a loss of power leaves of pages that were not synced is told from what was. */
final class PowerLossTest {
  private static final int STORED_BYTES = BlockFile.BLOCK_BYTES + Integer.BYTES;
  private static final int FLUSHED = 300;
  private static final int ALL = 900;

  @TempDir private Path temp;
  private Path file;
  private byte[] flushed;
  private byte[] written;

  @BeforeEach
  void writeWithoutSync() throws IOException {
    file = temp.resolve("store").resolve("db").resolve("grants.mv");
    byte[] marked;
    try (GrantStore store = Samples.open(temp.resolve("store"), OpenMode.CREATE)) {
      Samples.fill(store, FLUSHED);
      store.flush();
      flushed = Files.readAllBytes(file);
      marked = Files.readAllBytes(mark());
      store.putAll(SYNC, grants(FLUSHED, ALL - FLUSHED));
      written = Files.readAllBytes(file);
    }
    Files.write(mark(), marked);
    Files.write(base(), marked);
  }

  @Test
  void aBlockThatWasNotWrittenTakesTheWriteItIsOfOnly() throws IOException {
    byte[] marked = Files.readAllBytes(mark());
    int lost = 0;
    for (int block = 0; block < written.length / STORED_BYTES; block++) {
      byte[] before = new byte[STORED_BYTES];
      int at = block * STORED_BYTES;
      if (at < flushed.length) {
        System.arraycopy(flushed, at, before, 0, Math.min(STORED_BYTES, flushed.length - at));
      }
      if (Arrays.equals(before, Arrays.copyOfRange(written, at, at + STORED_BYTES))) {
        continue; // as it was synced
      }
      byte[] image = written.clone();
      System.arraycopy(before, 0, image, at, STORED_BYTES);
      Files.write(mark(), marked);
      Files.write(base(), marked);
      Files.write(file, image);

      try (GrantStore store = Samples.open(temp.resolve("store"), OpenMode.OPEN)) {
        boolean isThere = store.get(SYNC, "g" + FLUSHED).isPresent();
        lost += isThere ? 0 : 1;
        assertThat(store.getAll(SYNC, ids()))
            .as("block %d", block)
            .containsExactlyElementsOf(
                IntStream.range(0, ALL)
                    .mapToObj(i -> Optional.of(grant(i)).filter(g -> isThere || i < FLUSHED))
                    .toList());
        assertThat(Samples.everything(store)).isNotEmpty();
      }
    }
    assertThat(lost).isGreaterThan(2);
  }

  @Test
  void headersThatLostTheirChecksumsAreReadByTheirOwn() throws IOException {
    byte[] image = written.clone();
    image[STORED_BYTES - 1]++;
    image[2 * STORED_BYTES - 1]++;
    Files.write(file, image);

    try (GrantStore store = Samples.open(temp.resolve("store"), OpenMode.OPEN)) {
      assertThat(Samples.everything(store)).isNotEmpty();
    }
  }

  private static List<String> ids() {
    return IntStream.range(0, ALL).mapToObj(i -> "g" + i).toList();
  }

  private Path mark() {
    return temp.resolve("store").resolve("WATERMARK");
  }

  private Path base() {
    return temp.resolve("store").resolve("WATERMARK.base");
  }
}
