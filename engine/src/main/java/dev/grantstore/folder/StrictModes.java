package dev.grantstore.folder;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who can change a file or a folder, asked as SSH's option of this name asks it of the folders that
 * hold keys: the folder is ours, and it and all above it can be written by us and root alone.
 * Unlike SSH, a folder above may be written by others if it is sticky, as the temp folder is:
 * nobody but its owner can take away what is in it. Where a platform has no such owners and
 * permissions there is nothing to ask, and everything is believed. Stateless.
 */
final class StrictModes {
  private static final Set<PosixFilePermission> OWNERS_OWN =
      PosixFilePermissions.fromString("rwx------");
  private static final int STICKY = 01000;
  private static final int ROOT = 0;

  /** Who we are; null where owners are unknown. */
  private static final @Nullable UserPrincipal ME = me();

  private StrictModes() {}

  /**
   * {@return the real path of a folder that nobody else can change}
   *
   * @param folder there already
   * @throws IOException if others can, with the reason, or if it cannot be told
   */
  static Path trusted(Path folder) throws IOException {
    Path real = folder.toRealPath();
    if (!Files.isDirectory(real)) {
      throw new IOException("not a folder: " + real);
    }
    if (ME != null) {
      PosixFileAttributes attributes = attributes(real);
      if (!attributes.owner().equals(ME)) {
        throw new IOException("folder belongs to another user: " + real);
      }
      if (isWritableByOthers(attributes)) {
        throw new IOException("folder can be written by others: " + real);
      }
      checkAbove(real);
    }
    return real;
  }

  /**
   * Checks the folders above one that need not be there yet.
   *
   * @throws IOException if others could put something else in its place
   */
  static void checkAbove(Path path) throws IOException {
    for (Path above = path.getParent(); above != null; above = above.getParent()) {
      if (ME != null && Files.exists(above, LinkOption.NOFOLLOW_LINKS)) {
        checkAbove(above, attributes(above));
      }
    }
  }

  private static void checkAbove(Path folder, PosixFileAttributes attributes) throws IOException {
    if (!isOursOrRoots(folder)) {
      throw new IOException("folder above belongs to another user: " + folder);
    }
    if (isWritableByOthers(attributes) && (number(folder, "unix:mode") & STICKY) == 0) {
      throw new IOException("folder above can be written by others: " + folder);
    }
  }

  /** Whether a folder is as {@link LockedFolder} makes one: ours, and closed to everybody else. */
  static boolean isPrivate(PosixFileAttributes folder) {
    return folder.isDirectory()
        && folder.owner().equals(ME)
        && folder.permissions().equals(OWNERS_OWN);
  }

  /** Whether that is a file itself, no link to one, which nobody else can write. */
  static boolean isOurFile(Path file) throws IOException {
    if (ME == null) {
      return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
    }
    PosixFileAttributes attributes = attributes(file);
    return attributes.isRegularFile()
        && attributes.owner().equals(ME)
        && !isWritableByOthers(attributes);
  }

  /** Whether this user or root made that, also if it is a link. */
  static boolean isOursOrRoots(Path path) throws IOException {
    return ME == null || attributes(path).owner().equals(ME) || number(path, "unix:uid") == ROOT;
  }

  /** Takes from a file of ours what the process's mask lets others do with it. */
  static void keepFromOthers(Path file) throws IOException {
    if (ME != null) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }
  }

  /** Makes a folder with access for its owner alone. */
  static void createPrivate(Path folder) throws IOException {
    if (ME == null) {
      Files.createDirectory(folder);
    } else {
      Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(OWNERS_OWN));
    }
  }

  private static boolean isWritableByOthers(PosixFileAttributes attributes) {
    return attributes.permissions().contains(PosixFilePermission.GROUP_WRITE)
        || attributes.permissions().contains(PosixFilePermission.OTHERS_WRITE);
  }

  private static PosixFileAttributes attributes(Path path) throws IOException {
    return Files.readAttributes(path, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
  }

  private static int number(Path path, String attribute) throws IOException {
    return (Integer) Files.getAttribute(path, attribute, LinkOption.NOFOLLOW_LINKS);
  }

  /**
   * By what we make and not by name: in a container the user need not have one. Nor by the process
   * first: the system calls one root's that nobody may look into.
   */
  private static @Nullable UserPrincipal me() {
    if (!FileSystems.getDefault().supportedFileAttributeViews().contains("unix")) {
      return null;
    }
    try {
      Path made = Files.createTempFile("grantstore-", ".owner");
      try {
        return Files.getOwner(made, LinkOption.NOFOLLOW_LINKS);
      } finally {
        Files.delete(made);
      }
    } catch (IOException e) {
      return ownerOf(Path.of("/proc/self"));
    }
  }

  private static UserPrincipal ownerOf(Path process) {
    try {
      return Files.getOwner(process);
    } catch (IOException e) {
      throw new IllegalStateException("this process's user is unknown", e);
    }
  }
}
