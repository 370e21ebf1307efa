package dev.grantstore.keyvalue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantstore.GrantStore;
import dev.grantstore.GrantStoreException;
import dev.grantstore.OpenMode;
import dev.grantstore.Reason;
import dev.grantstore.folder.FolderTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * One file of a store is lost, cut, damaged, an older one or another store's: whoever opens it gets
 * the right answers or the right refusal. What only checksums over rows can find is left out: a bit
 * that flips within SQLite's and LMDB's databases.
 *
 * <p>{@code -Dtests.deep=true} tries each way to open and to damage on each file; otherwise one of
 * each, on one file of a kind.
 */
final class LossTest {
  private static final boolean ALL = Boolean.getBoolean("tests.deep");

  /** Databases without checksums over their rows. */
  private static final Set<String> WITHOUT_SUMS = Set.of("grants.db", "grants.mdb");

  private static final List<OpenMode> MODES =
      List.of(OpenMode.READ_ONLY, OpenMode.OPEN, OpenMode.OPEN_OR_CREATE);

  private static final Set<Reason> TOLD =
      Set.of(
          Reason.CORRUPTION,
          Reason.DATA_LOSS,
          Reason.NOT_A_STORE,
          Reason.STORE_MISSING,
          Reason.VERSION_TOO_NEW);

  @TempDir private Path temp;

  /** What one trial found, and how many of each. */
  private int refused;

  private int right;
  private int turns;
  private final SplittableRandom random = new SplittableRandom(1);
  private final List<String> wrong = new ArrayList<>();

  /** F1, F9. */
  @ParameterizedTest
  @ValueSource(strings = {"rocksdb", "sqlite", "lmdb", "mvstore"})
  void aLostOrForeignFileIsToldOrHarmless(String engine) throws IOException {
    Folders folders = new Folders(engine, temp);
    for (Path folder : List.of(folders.closed, folders.killed)) {
      for (Path file : ALL ? Folders.files(folder) : fewOf(Folders.files(folder))) {
        byte[] whole = Files.readAllBytes(folder.resolve(file));
        String what = engine + " " + folder.getFileName() + " " + file + " ";
        tryWith(folders, folder, file, null, what + "removed");
        tryWith(folders, folder, file, new byte[0], what + "emptied");
        for (int length : due(whole.length / 4, whole.length / 2, whole.length - 1)) {
          tryWith(folders, folder, file, Arrays.copyOf(whole, Math.max(0, length)), what + "cut");
        }
        if (whole.length > 0 && !WITHOUT_SUMS.contains(file.getFileName().toString())) {
          for (int at : due(0, whole.length / 3, whole.length / 2, whole.length - 1)) {
            byte[] flipped = whole.clone();
            flipped[at] ^= 4;
            tryWith(folders, folder, file, flipped, what + "flipped at " + at);
          }
        }
        for (Path from :
            List.of(
                folders.olderClosed,
                folders.olderKilled,
                folders.otherClosed,
                folders.otherKilled)) {
          Path replacement = from.resolve(file);
          if (Files.exists(replacement)) {
            tryWith(
                folders,
                folder,
                file,
                Files.readAllBytes(replacement),
                what + "of " + from.getFileName());
          }
        }
      }
    }
    System.out.println(engine + ": refused " + refused + ", right " + right);
    assertThat(wrong).isEmpty();
    assertThat(right).isPositive();
    assertThat(refused).isGreaterThan(right / 4);
  }

  /** {@return all, or the one whose turn it is} */
  private List<Integer> due(Integer... places) {
    return ALL ? List.of(places) : List.of(places[turns++ % places.length]);
  }

  /** {@return one of each kind, and none that RocksDB does not need} */
  private static List<Path> fewOf(List<Path> files) {
    Map<String, Integer> met = new HashMap<>();
    return files.stream()
        .filter(file -> !file.getFileName().toString().matches("OPTIONS-.*|LOG|IDENTITY"))
        .filter(file -> met.merge(file.toString().replaceAll("[0-9]+", "N"), 1, Integer::sum) <= 1)
        .toList();
  }

  /** A file that is new beside an older one: also a log that is not there when all is copied. */
  @ParameterizedTest
  @ValueSource(strings = {"rocksdb", "sqlite", "lmdb", "mvstore"})
  void anOlderMarkWithAnOlderOrLostFileIsToldOrHarmless(String engine) throws IOException {
    Folders folders = new Folders(engine, temp);
    for (Path older : List.of(folders.olderClosed, folders.olderKilled, folders.otherKilled)) {
      for (String mark : List.of("WATERMARK", "WATERMARK.base")) {
        if (!Files.exists(older.resolve(mark))) {
          continue;
        }
        Path base = temp.resolve("pair");
        Folders.copy(folders.killed, base);
        Files.write(base.resolve(mark), Files.readAllBytes(older.resolve(mark)));
        for (Path file : ALL ? Folders.files(base) : fewOf(Folders.files(base))) {
          String what = engine + " " + mark + " of " + older.getFileName() + ", " + file + " ";
          if (!file.toString().equals(mark)) {
            tryWith(folders, base, file, null, what + "removed");
            if (Files.exists(older.resolve(file))) {
              byte[] replacement = Files.readAllBytes(older.resolve(file));
              tryWith(folders, base, file, replacement, what + "too");
            }
          }
        }
        FolderTree.delete(base);
      }
    }
    assertThat(wrong).isEmpty();
  }

  /** Opens a copy with a file replaced, or removed where the content is null. */
  private void tryWith(
      Folders folders, Path folder, Path file, byte @Nullable [] content, String what)
      throws IOException {
    Path copy = temp.resolve("trial");
    for (OpenMode mode : ALL ? MODES : List.of(MODES.get(random.nextInt(MODES.size())))) {
      // Whoever opens to read leaves the copy as it was.
      if (!ALL || mode != OpenMode.OPEN) {
        FolderTree.delete(copy);
        Folders.copy(folder, copy);
        if (content == null) {
          Files.delete(copy.resolve(file));
        } else {
          Files.write(copy.resolve(file), content);
        }
      }
      judge(folders, copy, mode, what + ", " + mode);
    }
    FolderTree.delete(copy);
  }

  private void judge(Folders folders, Path copy, OpenMode mode, String what) {
    try (GrantStore store = folders.open(copy, mode)) {
      if (Folders.read(store).equals(folders.truth)) {
        right++;
      } else {
        wrong.add(what + ": SILENT");
      }
    } catch (GrantStoreException e) {
      refused++;
      if (!TOLD.contains(e.reason())) {
        wrong.add(what + ": " + e.reason() + " " + e.getMessage());
      }
    } catch (RuntimeException | Error e) {
      wrong.add(what + ": " + e);
    }
  }
}
