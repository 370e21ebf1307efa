package dev.grantstore.folder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Locale;

/**
 * Writes text files that are whole whenever somebody looks, in folders that others may write too.
 * Stateless.
 */
public final class WholeFile {
  private WholeFile() {}

  /**
   * Writes a file under another name beside it, {@code .NAME.PID.part}, and renames it when it is
   * whole. What is no file, such as {@code /dev/stdout}, is written into. A link is followed if
   * this user or root has put it there; another's is replaced. Not forced to disk.
   *
   * @param file replaced if it is there
   * @param text its content, in UTF-8
   * @throws IOException if it cannot be written; the file is then as it was
   */
  public static void write(Path file, String text) throws IOException {
    Path whole = followed(file.toAbsolutePath());
    Path folder = whole.getParent();
    if (folder == null || Files.isDirectory(whole, LinkOption.NOFOLLOW_LINKS)) {
      throw new IOException("not a file: " + file);
    }
    try {
      write(whole, folder, text);
    } catch (IOException e) {
      throw FileFailures.named(file, e);
    }
  }

  private static void write(Path whole, Path folder, String text) throws IOException {
    if (isNoFile(whole)) {
      Files.writeString(whole, text, StandardOpenOption.WRITE);
      return;
    }
    long pid = ProcessHandle.current().pid();
    Path part = folder.resolve(String.format(Locale.ROOT, ".%s.%d.part", whole.getFileName(), pid));
    try {
      // A dead process of this number may have left it, or somebody planted a link.
      Files.deleteIfExists(part);
      Files.writeString(part, text, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      Files.move(part, whole, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private static boolean isNoFile(Path path) {
    return Files.exists(path, LinkOption.NOFOLLOW_LINKS)
        && !Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)
        && !Files.isSymbolicLink(path);
  }

  private static Path followed(Path file) throws IOException {
    if (!Files.isSymbolicLink(file) || !StrictModes.isOursOrRoots(file)) {
      return file;
    }
    try {
      return file.toRealPath();
    } catch (NoSuchFileException e) {
      return file; // leads nowhere
    }
  }
}
