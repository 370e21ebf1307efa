package dev.grantstore.equivalence.fault;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rules of a disk, one by one, from logs that are written here and not recorded. */
final class RecordedDiskTest {
  private static final String ROOT = "/root";
  private static final int FILE = 1;
  private static final int FROM = 2;
  private static final int TO = 3;

  @TempDir Path folder;
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();

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
    Path file = Files.write(folder.resolve("log"), log.toByteArray());
    RecordedDisk disk = RecordedDisk.read(file, Path.of(ROOT), path -> false);
    return disk.image(disk.events(), Survival.ofCertain()).keySet();
  }

  private void event(char type, int handle, String path, String newPath) throws IOException {
    byte[] first = path.isEmpty() ? new byte[0] : (ROOT + path).getBytes(UTF_8);
    byte[] second = newPath.isEmpty() ? new byte[0] : (ROOT + newPath).getBytes(UTF_8);
    ByteBuffer head = ByteBuffer.allocate(40).order(ByteOrder.nativeOrder());
    head.putInt(type).putInt(handle).putLong(0).putLong(0);
    head.putInt(first.length).putInt(second.length).putLong(0);
    log.write(head.array());
    log.write(first);
    log.write(second);
  }
}
