package dev.grantstore.rocksdb;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.grantstore.Grant;
import dev.grantstore.GrantCursor;
import dev.grantstore.GrantQuery;
import dev.grantstore.GrantStore;
import dev.grantstore.GrantStoreException;
import dev.grantstore.OpenMode;
import dev.grantstore.Reason;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableSet;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a loss of power tore is cut off behind what is durable; all else is damage. */
final class ManifestTest {
  private static final int SECTOR = 512;
  private static final int BLOCK = 32 << 10;
  private static final int ROWS = 300;

  /** A manifest, with the place where each record begins and the end of the last. */
  private static final class Written {
    private final byte[] bytes;
    private final NavigableSet<Integer> begins;

    Written(byte[] bytes, NavigableSet<Integer> begins) {
      this.bytes = bytes;
      this.begins = begins;
    }

    /** Where the record begins that a byte is in. */
    int beginOf(int at) {
      return requireNonNull(begins.floor(at));
    }
  }

  @TempDir Path folder;

  /** As RocksDB's format says, with records over several blocks, and types of both kinds. */
  private static Written written(int... lengths) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    TreeSet<Integer> begins = new TreeSet<>();
    SplittableRandom random = new SplittableRandom(lengths.length);
    for (int i = 0; i < lengths.length; i++) {
      boolean numbered = i % 5 == 4;
      int header = numbered ? 11 : 7;
      int left = lengths[i];
      boolean isFirst = true;
      do {
        int room = BLOCK - out.size() % BLOCK;
        if (room < header) {
          out.writeBytes(new byte[room]);
          room = BLOCK;
        }
        if (isFirst) {
          begins.add(out.size());
        }
        int length = Math.min(left, room - header);
        left -= length;
        int type = isFirst ? (left == 0 ? 1 : 2) : (left == 0 ? 4 : 3);
        byte[] rest = new byte[header - 6 + length];
        random.nextBytes(rest);
        rest[0] = (byte) (type + (numbered ? 4 : 0));
        CRC32C sum = new CRC32C();
        sum.update(rest);
        int masked = (int) (((sum.getValue() >>> 15) | (sum.getValue() << 17)) + 0xa282ead8L);
        out.writeBytes(
            ByteBuffer.allocate(6)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(masked)
                .putShort((short) length)
                .array());
        out.writeBytes(rest);
        isFirst = false;
      } while (left > 0);
    }
    begins.add(out.size());
    return new Written(out.toByteArray(), begins);
  }

  private static OptionalLong whole(byte[] bytes, long durable) throws IOException {
    return Manifest.wholeBytes(new ByteArrayInputStream(bytes), durable);
  }

  private static Written small() {
    return written(0, 39, 90, 4, 111, 163, 700, 8, 120, 1_300, 55, 0, 210);
  }

  /** Its last record but one begins before the end of a block, and its last but two is in three. */
  private static Written large() {
    return written(500, 20_000, 70_000, 3 * BLOCK - 90_645, 900, 300);
  }

  @Test
  void aWholeManifestIsReadToItsEnd() throws IOException {
    Written padded = written(10, 20, 30, BLOCK - 96, 50);
    for (Written written : List.of(small(), large(), padded, written())) {
      int size = written.bytes.length;
      for (int durable : new int[] {0, size / 2, size}) {
        assertThat(whole(written.bytes, durable)).hasValue(size);
      }
    }
  }

  @Test
  void whatEndsEarlyIsLeftToRocksDb() throws IOException {
    Written written = small();
    for (int begin : written.begins) {
      for (int length = begin; length <= written.bytes.length; length++) {
        assertThat(whole(Arrays.copyOf(written.bytes, length), begin)).hasValue(length);
      }
    }
  }

  @Test
  void sectorsThatWereNeverWrittenAreCutOffWithTheRecordTheyAreOf() throws IOException {
    for (Written written : List.of(small(), large())) {
      int size = written.bytes.length;
      for (int durable : written.begins.headSet(size)) {
        for (int sector = durable / SECTOR; sector * SECTOR < size; sector += 1 + sector / 8) {
          int from = Math.max(durable, sector * SECTOR);
          int to = Math.min(size, (sector + 1) * SECTOR);
          byte[] image = written.bytes.clone();
          Arrays.fill(image, from, to, (byte) 0);
          boolean same = Arrays.equals(image, written.bytes);
          assertThat(whole(image, durable))
              .as("durable=%d zeros=%d..%d", durable, from, to)
              .hasValue(same ? size : written.beginOf(from));
          // The length alone.
          Arrays.fill(image, from, size, (byte) 0);
          assertThat(whole(image, durable)).hasValue(same ? size : written.beginOf(from));
        }
      }
    }
  }

  @Test
  void nothingIsCutOffOfWhatIsDurable() throws IOException {
    Written written = small();
    int size = written.bytes.length;
    for (int sector = 0; sector * SECTOR < size; sector++) {
      byte[] image = written.bytes.clone();
      Arrays.fill(image, sector * SECTOR, Math.min(size, (sector + 1) * SECTOR), (byte) 0);
      for (int durable : written.begins.tailSet(sector * SECTOR + SECTOR)) {
        assertThat(whole(image, durable)).as("sector=%d durable=%d", sector, durable).isEmpty();
      }
    }
  }

  /** RocksDB may have synced it, and have let go of the rows that are in the log. */
  @Test
  void aFlippedByteIsDamageWhereverItIs() throws IOException {
    Written written = small();
    int size = written.bytes.length;
    int ends = 0;
    for (int at = 0; at < size; at++) {
      byte[] image = written.bytes.clone();
      image[at] ^= (byte) (1 + at % 255);
      assertThat(whole(image, size)).as("at=%d", at).isEmpty();
      OptionalLong behind = whole(image, 0);
      // A length that leads behind the end of the file cannot be told from a cut.
      boolean isLength = at - written.beginOf(at) == 4 || at - written.beginOf(at) == 5;
      assertThat(behind).as("at=%d", at).isIn(OptionalLong.empty(), OptionalLong.of(size));
      assertThat(behind.isEmpty() || isLength).as("at=%d", at).isTrue();
      ends += behind.isPresent() ? 1 : 0;
    }
    assertThat(ends).isPositive();
  }

  @ParameterizedTest
  @EnumSource(names = {"READ_ONLY", "OPEN"})
  void aStoreWhoseManifestWasTornBehindItsMarkOpens(OpenMode mode) throws IOException {
    Path image = folder.resolve("image");
    int marked = writeBehindTheMark(image);
    byte[] manifest = Files.readAllBytes(manifest(image));
    int sector = (marked / SECTOR + 1) * SECTOR;
    assertThat(manifest.length).as("records behind the mark").isGreaterThan(sector);

    byte[] flipped = manifest.clone();
    flipped[marked + 9] ^= 1;
    Files.write(manifest(image), flipped);
    assertThat(refusal(image, mode)).isEqualTo(Reason.CORRUPTION);

    byte[] torn = Arrays.copyOf(Arrays.copyOf(manifest, sector), manifest.length);
    Files.write(manifest(image), torn);
    for (int time = 0; time < 2; time++) {
      try (GrantStore store = Misuse.open(image, mode)) {
        assertThat(list(store)).isEqualTo(SampleGrants.grants(0, ROWS));
      }
    }
    if (mode == OpenMode.READ_ONLY) {
      assertThat(Files.readAllBytes(manifest(image))).isEqualTo(torn);

      for (Path log : Damage.databaseFiles(image, ".log")) {
        Files.delete(log);
      }
      assertThat(refusal(image, mode)).isEqualTo(Reason.DATA_LOSS);
      assertThat(refusal(image, OpenMode.OPEN)).isEqualTo(Reason.DATA_LOSS);
      assertThat(Files.readAllBytes(manifest(image))).isEqualTo(torn);
    }
  }

  /** The manifest's size that the mark notes; behind it is what was written of tables later. */
  private int writeBehindTheMark(Path image) throws IOException {
    Path live = folder.resolve("live");
    try (GrantStore store = Misuse.open(live, OpenMode.CREATE)) {
      store.startSync(Misuse.OPEN, "full", SampleGrants.STARTED);
      store.putAll(Misuse.OPEN, SampleGrants.grants(0, ROWS));
      store.flush();
      try (Stream<Path> files = Files.walk(live)) {
        for (Path file : files.filter(f -> !f.endsWith("LOCK")).toList()) {
          Files.copy(file, image.resolve(live.relativize(file)));
        }
      }
      int marked = (int) Files.size(manifest(image));
      // From its table files on, RocksDB needs the log no longer once the manifest is synced.
      store.settle(Duration.ofMinutes(5));
      for (Path table : Damage.databaseFiles(live, ".sst")) {
        Files.copy(table, image.resolve(live.relativize(table)));
      }
      Files.write(manifest(image), Files.readAllBytes(manifest(live)));
      return marked;
    }
  }

  private static Reason refusal(Path store, OpenMode mode) {
    try (GrantStore opened = Misuse.open(store, mode)) {
      throw new AssertionError("opened: " + opened);
    } catch (GrantStoreException e) {
      return e.reason();
    }
  }

  private static List<Grant> list(GrantStore store) {
    List<Grant> rows = new ArrayList<>();
    try (GrantCursor cursor = store.cursor(new GrantQuery.Scan(Misuse.OPEN))) {
      while (cursor.next()) {
        rows.add(cursor.grant());
      }
    }
    return rows;
  }

  private static Path manifest(Path store) throws IOException {
    return Damage.databaseFiles(store, "MANIFEST").get(0);
  }
}
