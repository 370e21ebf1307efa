package dev.grantstore.embedded;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * Reads and replaces a store's small text files. A file is replaced by writing {@code NAME.next},
 * forcing it to disk, renaming it over the old one and forcing the folder. Stateless.
 */
public final class TextFile {
  private static final String NEXT = ".next";

  private TextFile() {}

  /**
   * {@return the lines of a text file; bytes that are no text read as some other text}
   *
   * @param file the file
   * @throws IOException if it cannot be read
   */
  public static List<String> lines(Path file) throws IOException {
    return new String(Files.readAllBytes(file), StandardCharsets.UTF_8).lines().toList();
  }

  /**
   * Replaces a file so that it holds the old or the new content, also after power loss. An
   * interrupt does not stop it, and stays for the caller to see.
   *
   * @param file the file; need not be there
   * @param text the new content
   * @throws IOException if it fails; the old content may stand or the new
   */
  public static void replace(Path file, String text) throws IOException {
    byte[] content = text.getBytes(StandardCharsets.UTF_8);
    // An interrupted thread's channels close at once.
    boolean interrupted = Thread.interrupted();
    while (true) {
      try {
        replaceOnce(file, content);
        break;
      } catch (ClosedByInterruptException e) {
        interrupted |= Thread.interrupted();
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** The name of what a replacement that was cut short leaves. */
  static String unfinished(String name) {
    return name + NEXT;
  }

  private static void replaceOnce(Path file, byte[] content) throws IOException {
    Path next = file.resolveSibling(unfinished(file.getFileName().toString()));
    try (FileChannel out =
        FileChannel.open(
            next,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      ByteBuffer bytes = ByteBuffer.wrap(content);
      while (bytes.hasRemaining()) {
        out.write(bytes);
      }
      out.force(true);
    }
    CrashPoint.reached();
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      try (FileChannel directory = FileChannel.open(folder)) {
        directory.force(true);
      }
    }
  }
}
