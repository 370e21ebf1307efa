package dev.grantstore.folder;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WholeFileTest {
  @TempDir private Path folder;

  @Test
  void aFileIsReplacedAndNothingIsLeftBesideIt() throws IOException {
    Path file = folder.resolve("file");
    WholeFile.write(file, "old");
    WholeFile.write(file, "n\u00e9w");
    assertThat(file).usingCharset(UTF_8).hasContent("n\u00e9w");
    assertThat(FolderTree.entries(folder)).containsExactly(file);
  }

  /** The JDK does not name what could not be written. */
  @Test
  void aFullDiskIsToldWithTheFile() {
    Path full = Path.of("/dev/full");
    assumeThat(full).exists();
    assertThatThrownBy(() -> WholeFile.write(full, "x"))
        .isInstanceOf(FileSystemException.class)
        .hasMessageStartingWith("/dev/full: ");
  }

  @Test
  void aLinkPlantedUnderTheNameInBetweenIsNotWrittenThrough() throws IOException {
    Path victim = Files.writeString(folder.resolve("victim"), "x");
    long pid = ProcessHandle.current().pid();
    Files.createSymbolicLink(
        folder.resolve(String.format(Locale.ROOT, ".file.%d.part", pid)), victim);
    WholeFile.write(folder.resolve("file"), "new");
    assertThat(victim).hasContent("x");
    assertThat(folder.resolve("file")).hasContent("new");
  }

  @Test
  void aLinkOfAnotherUserIsReplaced() throws IOException {
    OtherUser.isNeeded();
    Path victim = Files.writeString(folder.resolve("victim"), "x");
    Path link = OtherUser.owns(Files.createSymbolicLink(folder.resolve("file"), victim));
    WholeFile.write(link, "new");
    assertThat(victim).hasContent("x");
    assertThat(Files.isRegularFile(link, LinkOption.NOFOLLOW_LINKS)).isTrue();
  }

  @Test
  void aLinkOfOnesOwnIsFollowed() throws IOException {
    Path real = Files.writeString(folder.resolve("real"), "x");
    Path link = Files.createSymbolicLink(folder.resolve("file"), real);
    WholeFile.write(link, "new");
    assertThat(link).isSymbolicLink();
    assertThat(real).hasContent("new");
  }

  @Test
  void aDeviceIsWrittenIntoAndStaysOne() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("file"), Path.of("/dev/null"));
    WholeFile.write(link, "new");
    assertThat(link).isSymbolicLink();
    assertThat(Files.isRegularFile(Path.of("/dev/null"))).isFalse();
  }

  @Test
  void aFolderIsNoFile() {
    assertThatThrownBy(() -> WholeFile.write(folder, "x"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("not a file");
  }
}
