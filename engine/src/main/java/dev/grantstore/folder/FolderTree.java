package dev.grantstore.folder;

import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Lists, measures, forces and deletes whole folders. Links are never followed.
 *
 * <p>A folder is deleted through what was opened, from its parent down, and not by path: whoever
 * puts a link in the place of a folder meanwhile has it removed, or makes the deletion fail, but
 * turns it nowhere else. Only where the platform cannot do so (the JDK then has no {@link
 * SecureDirectoryStream}, as on Windows) it goes by path. Stateless.
 */
public final class FolderTree {
  private static final int COPIED_BYTES = 1 << 18;

  private FolderTree() {}

  /**
   * {@return what is in a folder, in any order}
   *
   * @param folder the folder
   * @throws IOException if it cannot be read
   */
  public static List<Path> entries(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /**
   * Deletes a file, a link, or a folder and all that is in it.
   *
   * @param root what to delete; need not be there
   * @throws IOException if something cannot be deleted; the rest may be gone
   */
  public static void delete(Path root) throws IOException {
    Path whole = root.toAbsolutePath();
    Path parent = whole.getParent();
    if (parent == null) {
      throw new IOException("cannot be deleted: " + root);
    }
    try (DirectoryStream<Path> above = Files.newDirectoryStream(parent)) {
      if (above instanceof SecureDirectoryStream<Path> secure) {
        delete(secure, whole.getFileName());
      } else {
        deleteByPath(root);
      }
    } catch (NoSuchFileException e) {
      if (Files.exists(parent)) {
        throw e;
      }
    }
  }

  /**
   * Makes the names in a folder survive power loss: what was made, renamed and removed there; or
   * what is in a file. An interrupt does not stop it, and stays for the caller to see.
   *
   * @param folder the folder or file
   * @throws IOException if it fails
   */
  public static void force(Path folder) throws IOException {
    boolean interrupted = false;
    try {
      while (true) {
        // An interrupted thread's channels close at once.
        interrupted |= Thread.interrupted();
        try (FileChannel names = FileChannel.open(folder)) {
          names.force(true);
          return;
        } catch (ClosedByInterruptException e) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /**
   * Copies a file, also on a thread that is interrupted; not forced to disk.
   *
   * @param from the file
   * @param to where nothing is yet
   * @param look called after each piece; what it throws ends the copy, of which a part stays
   * @throws IOException if it fails
   */
  public static void copyFile(Path from, Path to, Runnable look) throws IOException {
    // Not channels: an interrupted thread could not use them.
    try (InputStream in = new FileInputStream(from.toFile());
        OutputStream out = new FileOutputStream(to.toFile())) {
      long unused = copy(in, out, Long.MAX_VALUE, look);
    }
  }

  /**
   * {@return how many bytes were copied: so many, or fewer if the source ends before}
   *
   * @param in where to copy from
   * @param out where to
   * @param bytes how many at most
   * @param look called after each piece; what it throws ends the copy
   * @throws IOException if it fails
   */
  public static long copy(InputStream in, OutputStream out, long bytes, Runnable look)
      throws IOException {
    byte[] some = new byte[COPIED_BYTES];
    long copied = 0;
    while (copied < bytes) {
      int length = in.read(some, 0, (int) Math.min(some.length, bytes - copied));
      if (length < 0) {
        break;
      }
      out.write(some, 0, length);
      copied += length;
      look.run();
    }
    return copied;
  }

  /**
   * Makes a folder and all that is in it survive power loss, but for its own name. As {@link
   * #force}.
   *
   * @param folder the folder
   * @throws IOException if it fails
   */
  public static void forceAll(Path folder) throws IOException {
    for (Path entry : entries(folder)) {
      if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
        forceAll(entry);
      } else {
        force(entry);
      }
    }
    force(folder);
  }

  /**
   * Checks that nothing in a folder leads out of it, before it is believed.
   *
   * @param folder the folder; may be a link itself
   * @throws IOException if a link is in it, at any depth, or it cannot be read
   */
  public static void checkNoLinks(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    for (Path entry : entries(folder)) {
      if (Files.isSymbolicLink(entry)) {
        throw new IOException("a link leads out of the folder: " + entry);
      }
      checkNoLinks(entry);
    }
  }

  /** Deletes what has that name in an open folder; need not be there. */
  static void delete(SecureDirectoryStream<Path> above, Path name) throws IOException {
    try {
      if (isFolder(above, name)) {
        try (SecureDirectoryStream<Path> folder =
            above.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS)) {
          for (Path inside : names(folder)) {
            delete(folder, inside);
          }
        }
        above.deleteDirectory(name);
      } else {
        above.deleteFile(name);
      }
    } catch (NoSuchFileException e) {
      // Gone already: somebody else is clearing away, too.
      return;
    }
  }

  /** Whether that is a folder itself; to be asked before it is opened, since a pipe would block. */
  static boolean isFolder(SecureDirectoryStream<Path> above, Path name) throws IOException {
    return above
        .getFileAttributeView(name, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
        .readAttributes()
        .isDirectory();
  }

  /** The names in an open folder, which can be read once. */
  static List<Path> names(DirectoryStream<Path> folder) throws IOException {
    List<Path> names = new ArrayList<>();
    try {
      folder.forEach(entry -> names.add(entry.getFileName()));
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    return names;
  }

  private static void deleteByPath(Path root) throws IOException {
    if (!Files.exists(root, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure)
              throws IOException {
            if (failure != null) {
              throw failure;
            }
            Files.deleteIfExists(folder);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  /**
   * {@return the disk blocks that a folder's content takes, in bytes} As {@code du} says; where
   * there is no {@code du}, the file lengths, each rounded up to whole blocks.
   *
   * @param root the folder
   * @throws IOException if it cannot be read
   */
  public static long allocatedBytes(Path root) throws IOException {
    try {
      Process du =
          new ProcessBuilder("du", "-sk", root.toString())
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      du.getOutputStream().close();
      String answer =
          new String(du.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      String kib = answer.split("\\s", 2)[0];
      if (du.waitFor() == 0 && kib.matches("[0-9]{1,15}")) {
        return Long.parseLong(kib) << 10;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      // No du here: count the lengths.
      return lengths(root);
    }
    return lengths(root);
  }

  private static long lengths(Path root) throws IOException {
    long block = Math.max(512, Files.getFileStore(root).getBlockSize());
    AtomicLong bytes = new AtomicLong();
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            bytes.addAndGet((attributes.size() + block - 1) / block * block);
            return FileVisitResult.CONTINUE;
          }
        });
    return bytes.get();
  }
}
