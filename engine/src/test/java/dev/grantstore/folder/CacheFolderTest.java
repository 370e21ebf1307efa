package dev.grantstore.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** F5: where things are kept that are believed, or run, later. */
final class CacheFolderTest {
  private final String homeBefore = System.getProperty("user.home");

  @TempDir private Path top;
  private Path home;

  @BeforeEach
  void makeAHome() throws IOException {
    home = Files.createDirectory(top.toRealPath().resolve("home"));
    mode(home, "rwxr-xr-x");
    System.setProperty("user.home", home.toString());
  }

  @AfterEach
  void setTheHomeBack() {
    System.setProperty("user.home", homeBefore);
  }

  @Test
  void itIsAtHomeAndClosedToOthers() throws IOException {
    Path folder = CacheFolder.of(Map.of());
    assertThat(folder).isEqualTo(home.resolve(".cache/grantstore")).isDirectory();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
        .isEqualTo("rwx------");
  }

  @Test
  void anotherCacheFolderMayBeNamed() throws IOException {
    Path named = home.resolve("other/cache");
    assertThat(CacheFolder.of(Map.of("XDG_CACHE_HOME", named.toString())))
        .isEqualTo(named.resolve("grantstore"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "cache", "./cache", "?/.cache", "~/.cache"})
  void aNameThatIsNotAbsoluteCountsAsNone(String named) throws IOException {
    assertThat(CacheFolder.of(Map.of("XDG_CACHE_HOME", named)))
        .isEqualTo(home.resolve(".cache/grantstore"));
    assertThat(Path.of(named, "grantstore")).doesNotExist();
  }

  @Test
  void homeIsWhatTheUserSaysItIs() throws IOException {
    Path other = Files.createDirectory(home.resolve("other"));
    assertThat(CacheFolder.of(Map.of("HOME", other.toString())))
        .isEqualTo(other.resolve(".cache/grantstore"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"?", "", ".", "home", "/no/such/home"})
  void aHomeThatIsNotThereCountsAsNone(String named) throws IOException {
    assertThat(CacheFolder.of(Map.of("HOME", named))).isEqualTo(home.resolve(".cache/grantstore"));
    assertThat(Path.of("?")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"?", "", ".", "home", "/no/such/home"})
  void whoHasNoHomeHasNoCache(String homeless) {
    System.setProperty("user.home", homeless);
    assertRefused("no home folder");
    assertThat(Path.of("?")).doesNotExist();
  }

  @Test
  void aHomeOfAnotherUserIsNotUsed() throws IOException {
    OtherUser.isNeeded();
    OtherUser.owns(home);
    assertRefused("belongs to another user");
    assertThat(home).isEmptyDirectory();
  }

  @Test
  void aFolderOfAnotherUserIsNotUsed() throws IOException {
    OtherUser.isNeeded();
    OtherUser.owns(CacheFolder.of(Map.of()));
    assertRefused("belongs to another user");
  }

  @ParameterizedTest
  @ValueSource(strings = {"rwxrwxr-x", "rwxr-xrwx", "rwxrwxrwx"})
  void whatOthersCanWriteIsNotUsed(String mode) throws IOException {
    Path folder = CacheFolder.of(Map.of());
    for (Path writable : new Path[] {folder, folder.getParent(), home, home.getParent()}) {
      var before = Files.getPosixFilePermissions(writable);
      mode(writable, mode);
      assertRefused("can be written by others");
      Files.setPosixFilePermissions(writable, before);
    }
    assertThat(CacheFolder.of(Map.of())).isEqualTo(folder);
  }

  @Test
  void aStickyFolderAboveIsAsGoodAsAClosedOne() throws IOException {
    Files.setAttribute(home, "unix:mode", 01777);
    assertThat(CacheFolder.of(Map.of())).isDirectory();
  }

  @Test
  void aStickyFolderIsNotUsedItself() throws IOException {
    Files.setAttribute(CacheFolder.of(Map.of()), "unix:mode", 01777);
    assertRefused("can be written by others");
  }

  @Test
  void aLinkIsJudgedByWhereItLeads() throws IOException {
    Path open = Files.createDirectory(home.resolve("open"));
    mode(open, "rwxrwxrwx");
    Path link = Files.createSymbolicLink(home.resolve(".cache"), open);
    assertRefused("can be written by others");
    Files.delete(link);
    Files.createSymbolicLink(link, Files.createDirectory(home.resolve("closed")));
    assertThat(CacheFolder.of(Map.of())).isEqualTo(home.resolve("closed/grantstore"));
  }

  /** As a name is that the locale has no letters for: a NUL is none in any. */
  @Test
  void aNameThatIsNoPathIsAFolderThatCannotBeUsed() {
    assertThatThrownBy(() -> CacheFolder.of(Map.of("XDG_CACHE_HOME", "/c\0")))
        .isInstanceOf(IOException.class);
    System.setProperty("user.home", home + "\0");
    assertRefused("cannot be used in this locale");
  }

  private static void assertRefused(String why) {
    assertThatThrownBy(() -> CacheFolder.of(Map.of()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(why);
  }

  private static void mode(Path path, String mode) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
  }
}
