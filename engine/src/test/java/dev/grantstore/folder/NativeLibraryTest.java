package dev.grantstore.folder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantstore.GrantStores;
import dev.grantstore.OpenMode;
import dev.grantstore.StoreOptions;
import dev.grantstore.keyvalue.ChildJvm;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.zip.CRC32;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteConfig;
import org.sqlite.util.LibraryLoaderUtil;

/** F5: which native library is run. */
final class NativeLibraryTest {
  private static final String NAME = LibraryLoaderUtil.getNativeLibName();
  private static final String IN_JAR = LibraryLoaderUtil.getNativeLibResourcePath() + "/" + NAME;

  private final String before = System.getProperty(NativeLibrary.FOLDER_PROPERTY);

  @TempDir private Path top;
  private Path kept;

  @BeforeEach
  void chooseAFolder() throws IOException {
    kept = top.toRealPath().resolve("kept");
    choose(kept.toString());
  }

  @AfterEach
  void chooseTheFolderBefore() {
    if (before == null) {
      System.clearProperty(NativeLibrary.FOLDER_PROPERTY);
    } else {
      System.setProperty(NativeLibrary.FOLDER_PROPERTY, before);
    }
  }

  @Test
  void theLibraryIsUnpackedOnceAndOnlyForItsOwner() throws IOException {
    Path library = unpack();
    assertThat(library).startsWith(kept).hasBinaryContent(jar());
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(library)))
        .isEqualTo("rw-------");
    Object file = key(library);
    assertThat(key(unpack())).isEqualTo(file);
    assertThat(FolderTree.entries(parent(library))).containsExactly(library);
  }

  @Test
  void aLibraryThatDiffersIsReplacedAlsoWhereItsCrcFits() throws IOException {
    Path library = unpack();
    Files.write(library, withSameCrc(jar()));
    assertThat(unpack()).isEqualTo(library).hasBinaryContent(jar());
  }

  @Test
  void aLibraryThatWasCutIsReplaced() throws IOException {
    Path library = unpack();
    Files.write(library, Arrays.copyOf(jar(), 100_000));
    assertThat(unpack()).hasBinaryContent(jar());
  }

  @Test
  void aLinkInPlaceOfTheLibraryIsReplaced() throws IOException {
    Path library = unpack();
    Path elsewhere = Files.move(library, top.resolve("elsewhere"));
    Files.createSymbolicLink(library, elsewhere);
    assertThat(Files.isRegularFile(unpack(), LinkOption.NOFOLLOW_LINKS)).isTrue();
    assertThat(elsewhere).exists();
  }

  @Test
  void aLibraryThatOthersCanWriteIsReplaced() throws IOException {
    Path library = unpack();
    Object file = key(library);
    Files.setPosixFilePermissions(library, PosixFilePermissions.fromString("rw-rw-rw-"));
    assertThat(key(unpack())).isNotEqualTo(file);
  }

  @Test
  void aLibraryOfAnotherUserIsReplaced() throws IOException {
    OtherUser.isNeeded();
    Object file = key(OtherUser.owns(unpack()));
    assertThat(key(unpack())).isNotEqualTo(file);
  }

  @Test
  void aFolderOfAnotherUserIsNotUsed() throws IOException {
    OtherUser.isNeeded();
    OtherUser.owns(parent(unpack()));
    assertIsOfThisProcess(unpack());
    FolderTree.delete(kept);
    OtherUser.owns(Files.createDirectory(kept));
    assertIsOfThisProcess(unpack());
  }

  @Test
  void aFolderThatOthersCanWriteIsNotUsed() throws IOException {
    Path folder = parent(unpack());
    for (Path writable : List.of(folder, kept, parent(kept))) {
      var mode = Files.getPosixFilePermissions(writable);
      Files.setPosixFilePermissions(writable, PosixFilePermissions.fromString("rwxrwxrwx"));
      assertIsOfThisProcess(unpack());
      Files.setPosixFilePermissions(writable, mode);
    }
    assertThat(unpack()).startsWith(kept);
  }

  @Test
  void aFolderThatIsNotAbsoluteIsNotUsed() throws IOException {
    for (String relative : List.of("?", "", "?/.cache/grantstore", "target/native", "/no-path\0")) {
      choose(relative);
      assertIsOfThisProcess(unpack());
    }
    assertThat(Path.of("?")).doesNotExist();
  }

  @Test
  void aFileInPlaceOfTheFolderIsNotUsed() throws IOException {
    Files.writeString(kept, "x");
    assertIsOfThisProcess(unpack());
    assertThat(kept).hasContent("x");
  }

  @Test
  void whatAKilledProcessLeftUnpackingIsCleared() throws IOException {
    Path library = unpack();
    Leftovers.make(parent(library), "grantstore-unpacking-1");
    unpack();
    assertThat(FolderTree.entries(parent(library))).containsExactly(library);
  }

  @Test
  void aLibraryInNoJarIsLeftToTheDatabase() throws IOException {
    assertThat(NativeLibrary.unpack(SQLiteConfig.class, "/no/such", NAME, "none")).isEmpty();
    assertThat(NativeLibrary.unpack(NativeLibraryTest.class, classFile(), NAME, "none")).isEmpty();
  }

  @Test
  void theCopyOfAKilledProcessIsClearedByTheNextWhichClearsItsOwn() throws Exception {
    Path temp = Files.createDirectory(top.resolve("temp"));
    try (ChildJvm killed = opener(temp, "wait")) {
      while (killed.lines().isEmpty() && killed.isAlive()) {
        Thread.sleep(10);
      }
      killed.kill();
      assertThat(killed.output()).startsWith("open");
    }
    assertThat(copies(temp)).hasSize(1);
    try (ChildJvm next = opener(temp, "end")) {
      assertThat(next.awaitExit()).describedAs(next.output()).isZero();
    }
    assertThat(copies(temp)).isEmpty();
  }

  @Test
  void aTempFolderWhereOthersCanSwapFoldersIsNotUsed() throws Exception {
    Path temp = Files.createDirectory(top.resolve("temp"));
    Files.setPosixFilePermissions(temp, PosixFilePermissions.fromString("rwxrwxrwx"));
    try (ChildJvm child = opener(temp, "end")) {
      assertThat(child.awaitExit()).isNotZero();
      assertThat(child.output())
          .contains("SQLite's native library does not load", "written by others")
          .contains("-D" + NativeLibrary.FOLDER_PROPERTY);
    }
    assertThat(copies(temp)).isEmpty();
  }

  /** Opens a store and ends, or waits for its death. */
  static final class Opener {
    public static void main(String[] arguments) throws Exception {
      try (var store =
          GrantStores.open(
              GrantStores.address("sqlite", Path.of(arguments[0])),
              StoreOptions.of(OpenMode.CREATE))) {
        System.out.println("open " + store.syncs());
        if (arguments[1].equals("wait")) {
          Thread.sleep(Long.MAX_VALUE);
        }
      }
    }
  }

  private ChildJvm opener(Path temp, String what) throws IOException {
    Path output = Files.createDirectories(top.resolve("output"));
    return ChildJvm.start(
        output,
        List.of("-Djava.io.tmpdir=" + temp, "-D" + NativeLibrary.FOLDER_PROPERTY + "=relative"),
        Opener.class,
        top.resolve("store-" + what).toString(),
        what);
  }

  private static List<Path> copies(Path temp) throws IOException {
    return FolderTree.entries(temp).stream()
        .filter(entry -> entry.getFileName().toString().startsWith("grantstore-"))
        .toList();
  }

  private static Path parent(Path path) {
    return Objects.requireNonNull(path.getParent());
  }

  private void assertIsOfThisProcess(Path library) throws IOException {
    assertThat(library).hasBinaryContent(jar());
    assertThat(library.startsWith(kept)).isFalse();
    assertThat(library.toString()).contains("/grantstore-native-");
    for (Path above = parent(library); ; above = parent(above)) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(above)))
          .isEqualTo("rwx------");
      if (above.getFileName().toString().startsWith("grantstore-native-")) {
        return;
      }
    }
  }

  private static void choose(String folder) {
    System.setProperty(NativeLibrary.FOLDER_PROPERTY, folder);
  }

  private static Path unpack() throws IOException {
    return NativeLibrary.unpack(SQLiteConfig.class, IN_JAR, NAME, "sqlite-jdbc")
        .orElseThrow()
        .resolve(NAME);
  }

  private static byte[] jar() throws IOException {
    try (InputStream in = SQLiteConfig.class.getResourceAsStream(IN_JAR)) {
      return in.readAllBytes();
    }
  }

  private static Object key(Path file) throws IOException {
    return Files.getAttribute(file, "unix:ino") + " " + Files.getLastModifiedTime(file);
  }

  private static String classFile() {
    return "/" + NativeLibraryTest.class.getName().replace('.', '/') + ".class";
  }

  /** Changes a byte and appends four, so that the CRC-32 is the old one. */
  private static byte[] withSameCrc(byte[] bytes) {
    byte[] forged = Arrays.copyOf(bytes, bytes.length + 4);
    forged[1000] ^= 1;
    long wanted = crc(bytes, bytes.length);
    // Each bit of the last four bytes changes the CRC by a pattern of its own: solve for them.
    long zero = crc(forged, forged.length);
    long[] rows = new long[32];
    for (int bit = 0; bit < 32; bit++) {
      byte[] one = forged.clone();
      one[bytes.length + bit / 8] ^= (byte) (1 << bit % 8);
      rows[bit] = (crc(one, one.length) ^ zero) << 32 | 1L << bit;
    }
    long left = (wanted ^ zero) << 32;
    for (int column = 63; column >= 32; column--) {
      int pivot = -1;
      for (int row = 0; row < 32; row++) {
        if (Long.numberOfLeadingZeros(rows[row]) == 63 - column) {
          pivot = row;
        }
      }
      for (int row = 0; row < 32; row++) {
        if (row != pivot && (rows[row] >>> column & 1) == 1) {
          rows[row] ^= rows[pivot];
        }
      }
      if ((left >>> column & 1) == 1) {
        left ^= rows[pivot];
      }
    }
    for (int bit = 0; bit < 32; bit++) {
      forged[bytes.length + bit / 8] ^= (byte) ((left >>> bit & 1) << bit % 8);
    }
    assertThat(crc(forged, forged.length)).isEqualTo(wanted);
    return forged;
  }

  private static long crc(byte[] bytes, int length) {
    CRC32 crc = new CRC32();
    crc.update(bytes, 0, length);
    return crc.getValue();
  }
}
