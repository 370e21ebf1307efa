package dev.grantstore.equivalence.fault;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rules of a disk, one by one, from logs that are written here and not recorded. */
final class RecordedDiskTest {
  private static final int FILE = 1;
  private static final int FROM = 2;
  private static final int TO = 3;

  /** The handle of a folder that was not opened by name is that of the top. */
  private static final int TOP = 99;

  @TempDir Path folder;
  private final WrittenLog log = new WrittenLog();

  @Test
  void aRenameIsCertainWithTheFolderThatHasTheNewName() throws Exception {
    moveAFileAcross();
    event('S', TO, "", "");

    assertThat(certain()).containsExactly("from/", "to/", "to/f");
  }

  @Test
  void aRenameIsNotCertainWithTheFolderThatHadTheOldName() throws Exception {
    moveAFileAcross();
    event('S', FROM, "", "");

    assertThat(certain()).containsExactly("from/", "from/f", "to/");
  }

  /** For each moment: whose sync was over before it is certain, and nothing else is. */
  @Test
  void aSyncCountsFromTheMomentBehindIt() throws Exception {
    event('O', FILE, "/f", "");
    event('S', TOP, "", "");
    write(0, "ab", false);
    event('S', FILE, "", "");
    write(2, "cd", false);
    event('O', TO, "/g", "");
    event('Y', 0, "", "");
    write(4, "e", true);
    event('U', 0, "/g", "");
    event('S', TOP, "", "");

    assertThat(images(Survival.ofCertain()))
        .containsExactly(
            "",
            "",
            "f=",
            "f=",
            "f=ab",
            "f=ab",
            "f=ab",
            "f=abcd g=",
            "f=abcde g=",
            "f=abcde g=",
            "f=abcde");
    assertThat(images(Survival.EVERYTHING))
        .containsExactly(
            "",
            "f=",
            "f=",
            "f=ab",
            "f=ab",
            "f=abcd",
            "f=abcd g=",
            "f=abcd g=",
            "f=abcde g=",
            "f=abcde",
            "f=abcde");
  }

  /** The files with their bytes, when the power goes before each event and behind the last. */
  private List<String> images(Survival survival) throws Exception {
    RecordedDisk disk = disk();
    List<String> images = new ArrayList<>();
    for (int cut = 0; cut <= disk.events(); cut++) {
      StringBuilder text = new StringBuilder();
      disk.image(cut, survival)
          .forEach((name, bytes) -> text.append(name).append('=').append(text(bytes)).append(' '));
      images.add(text.toString().strip());
    }
    return images;
  }

  /** A write that is synced by itself has made the file as long as it says, whatever follows. */
  @Test
  void aShorterWriteThatIsSyncedTakesNothingOfALongerOne() throws Exception {
    event('O', FILE, "/f", "");
    event('S', TOP, "", "");
    write(0, "abcdefgh", true);
    write(0, "AB", true);

    assertThat(text(disk().image(4, Survival.ofCertain()).getOrDefault("f", new byte[0])))
        .isEqualTo("ABcdefgh");
  }

  /** What a write that is synced by itself has made stays, or is cut off: it is never lost else. */
  @Test
  void aCutThatIsNotSyncedIsThereOrIsNot() throws Exception {
    event('O', FILE, "/f", "");
    event('S', TOP, "", "");
    write(0, "abcdefgh", true);
    log.resize(FILE, 2);
    RecordedDisk disk = disk();

    Set<String> found = new TreeSet<>();
    for (Survival.Data data : Survival.Data.values()) {
      for (long seed = 0; seed < 50; seed++) {
        found.add(content(disk, new Survival(Survival.Names.ALL, Optional.of(data), seed)));
      }
    }

    assertThat(content(disk, Survival.ofCertain())).isEqualTo("abcdefgh");
    assertThat(content(disk, Survival.EVERYTHING)).isEqualTo("ab");
    assertThat(found).containsExactly("ab", "abcdefgh");
  }

  private static String content(RecordedDisk disk, Survival survival) {
    return text(disk.image(disk.events(), survival).getOrDefault("f", new byte[0]));
  }

  /** Its name stays; what was in it is gone with the next sync of it, or may be before. */
  @Test
  void aFileThatIsOpenedToBeWrittenAnewIsEmptyThen() throws Exception {
    event('O', FILE, "/f", "");
    event('S', TOP, "", "");
    write(0, "ab", false);
    event('S', FILE, "", "");
    log.cut(FILE, "/f");
    write(1, "c", false);
    event('S', FILE, "", "");

    assertThat(images(Survival.EVERYTHING))
        .containsExactly("", "f=", "f=", "f=ab", "f=ab", "f=", "f=\0c", "f=\0c");
    assertThat(images(Survival.ofCertain()))
        .containsExactly("", "", "f=", "f=", "f=ab", "f=ab", "f=ab", "f=\0c");
  }

  /** Everything before the rename is certain. */
  private void moveAFileAcross() throws IOException {
    event('D', 0, "/from", "");
    event('D', 0, "/to", "");
    event('O', FROM, "/from", "");
    event('O', TO, "/to", "");
    event('O', FILE, "/from/f", "");
    event('Y', 0, "", "");
    event('R', 0, "/from/f", "/to/f");
  }

  private Set<String> certain() throws Exception {
    RecordedDisk disk = disk();
    return disk.image(disk.events(), Survival.ofCertain()).keySet();
  }

  private RecordedDisk disk() throws Exception {
    return log.disk(folder);
  }

  private void event(char type, int handle, String path, String newPath) throws IOException {
    log.event(type, handle, path, newPath);
  }

  private void write(long at, String data, boolean isSynced) throws IOException {
    log.write(FILE, at, data, isSynced);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, UTF_8);
  }
}
