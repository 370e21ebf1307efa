package dev.grantstore.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FolderTreeTest {
  @TempDir private Path top;
  private Path thesis;

  @BeforeEach
  void writeAThesis() throws IOException {
    thesis = Files.writeString(Files.createDirectory(top.resolve("home")).resolve("thesis"), "x");
  }

  @Test
  void allInAFolderIsDeletedAndWhatLinksLeadToStays() throws IOException {
    Path root = top.resolve("root");
    Files.createDirectories(root.resolve("a/b"));
    Files.writeString(root.resolve("a/b/file"), "x");
    Files.createSymbolicLink(root.resolve("a/link"), top.resolve("home"));
    Files.createSymbolicLink(root.resolve("broken"), top.resolve("nowhere"));
    FolderTree.delete(root);
    assertThat(root).doesNotExist();
    assertThat(thesis).hasContent("x");
  }

  @Test
  void ofALinkOnlyTheLinkIsDeleted() throws IOException {
    Path link = Files.createSymbolicLink(top.resolve("link"), top.resolve("home"));
    FolderTree.delete(link);
    assertThat(FolderTree.entries(top)).containsExactly(top.resolve("home"));
    assertThat(thesis).hasContent("x");
  }

  @Test
  void aFileIsDeletedAndWhatIsNotThereIsNoFailure() throws IOException {
    FolderTree.delete(thesis);
    FolderTree.delete(thesis);
    FolderTree.delete(top.resolve("no/such/thing"));
    assertThat(FolderTree.entries(top.resolve("home"))).isEmpty();
  }

  @Test
  void theRootCannotBeDeleted() {
    assertThatThrownBy(() -> FolderTree.delete(Path.of("/"))).isInstanceOf(IOException.class);
  }

  /** What was opened is emptied, wherever its name leads by then. */
  @Test
  void aFolderSwappedForALinkWhileItIsDeletedLeadsNowhere() throws IOException {
    Path root = Files.createDirectory(top.resolve("root"));
    Files.writeString(root.resolve("file"), "x");
    try (DirectoryStream<Path> above = Files.newDirectoryStream(top)) {
      SecureDirectoryStream<Path> secure = (SecureDirectoryStream<Path>) above;
      try (SecureDirectoryStream<Path> opened = secure.newDirectoryStream(Path.of("root"))) {
        Path moved = Files.move(root, top.resolve("moved"));
        Files.createSymbolicLink(root, top.resolve("home"));
        Files.writeString(moved.resolve("thesis"), "not that one");
        FolderTree.delete(opened, Path.of("thesis"));
        assertThat(moved.resolve("thesis")).doesNotExist();
        assertThat(thesis).hasContent("x");
      }
    }
  }
}
