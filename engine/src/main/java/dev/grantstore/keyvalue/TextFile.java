package dev.grantstore.keyvalue;

import dev.grantstore.folder.FolderTree;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * Reads and replaces a store's small text files. A file is replaced by writing {@code NAME.next},
 * forcing it to disk, renaming it over the old one and forcing the folder. Stateless.
 *
 * <p>Its last line tells damage:
 *
 * <pre>
 * text := (line "\n")* "crc32c " hex8 "\n"        (of all bytes before that line)
 * </pre>
 */
public final class TextFile {
  private static final String NEXT = ".next";
  private static final String SUM = "crc32c ";

  /** What the last line says of those before it. */
  enum Sum {
    /** It is no checksum. */
    MISSING,
    RIGHT,
    WRONG
  }

  /**
   * The lines of a file, without the last one where that is a checksum.
   *
   * @param lines the lines; bytes that are no text read as some other text
   * @param sum whether there is a checksum, and whether it fits
   */
  record Content(List<String> lines, Sum sum) {}

  private TextFile() {}

  /**
   * {@return the lines of a text file; bytes that are no text read as some other text}
   *
   * @param file the file
   * @throws IOException if it cannot be read
   */
  public static List<String> lines(Path file) throws IOException {
    return lines(Files.readAllBytes(file));
  }

  /** {@return the lines of a file that may have a checksum} */
  static Content read(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    List<String> lines = lines(bytes);
    String last = lines.isEmpty() ? "" : lines.get(lines.size() - 1);
    if (!last.matches(SUM + "[0-9a-f]{8}")) {
      return new Content(lines, Sum.MISSING);
    }
    // Matching means that it is ASCII, so a character is a byte; its line's end may be lost.
    boolean isEnded = bytes[bytes.length - 1] == '\n';
    int summed = bytes.length - last.length() - (isEnded ? 1 : 0);
    boolean isRight = last.equals(sumOf(bytes, summed));
    return new Content(
        List.copyOf(lines.subList(0, lines.size() - 1)), isRight ? Sum.RIGHT : Sum.WRONG);
  }

  /**
   * Replaces a file so that it holds the old or the new content, also after power loss. An
   * interrupt does not stop it, and stays for the caller to see.
   *
   * @param file the file; need not be there
   * @param lines the new content, which gets a checksum
   * @throws IOException if it fails; the old content may stand or the new
   */
  static void replace(Path file, List<String> lines) throws IOException {
    String text = String.join("\n", lines) + "\n";
    byte[] summed = text.getBytes(StandardCharsets.UTF_8);
    String whole = text + sumOf(summed, summed.length) + "\n";
    byte[] content = whole.getBytes(StandardCharsets.UTF_8);
    // An interrupted thread's channels close at once.
    boolean interrupted = Thread.interrupted();
    try {
      while (true) {
        try {
          replaceOnce(file, content);
          return;
        } catch (ClosedByInterruptException e) {
          interrupted |= Thread.interrupted();
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** The name of what a replacement that was cut short leaves. */
  static String unfinished(String name) {
    return name + NEXT;
  }

  private static List<String> lines(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8).lines().toList();
  }

  private static String sumOf(byte[] bytes, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, length);
    return SUM + HexFormat.of().toHexDigits((int) crc.getValue());
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
      FolderTree.force(folder);
    }
  }
}
