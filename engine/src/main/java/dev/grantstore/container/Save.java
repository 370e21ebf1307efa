package dev.grantstore.container;

import dev.grantstore.GrantReader;
import dev.grantstore.GrantStoreException;
import dev.grantstore.Reason;
import dev.grantstore.SyncRun;
import dev.grantstore.folder.FolderTree;
import dev.grantstore.folder.LockedFolder;
import dev.grantstore.keyvalue.FileErrors;
import dev.grantstore.keyvalue.FolderClaim;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One saving of a container: written in a folder beside the target, {@code .NAME.saving-NUMBER},
 * with a hash for a long name, which is locked while it goes on and which the next saving clears
 * away if this one is killed; forced to disk, put in its place, and the folder of the target
 * forced. A target that another saving makes meanwhile is not replaced unless that was asked for:
 * the file is linked there, which fails where one is. A file system without links has its place
 * taken by an empty file first, which is what is left there by a process that is killed at that
 * moment. Of use once, by one thread.
 */
final class Save {
  private static final int BUFFER_BYTES = 256 << 10;

  /** A longer name stands as its hash in the name of the folder. */
  private static final int MOST_NAME_BYTES = 200;

  private final Path target;
  private final SaveOptions options;
  private final int bufferBytes;
  private final ContainerWriter.Step step;

  /**
   * Prepares one.
   *
   * @param step comes before each call that changes the disk
   */
  Save(Path target, SaveOptions options, ContainerWriter.Step step) {
    this(target, options, BUFFER_BYTES, step);
  }

  /** With another size of what is written at once. */
  Save(Path target, SaveOptions options, int bufferBytes, ContainerWriter.Step step) {
    this.target = target.toAbsolutePath().normalize();
    this.options = options;
    this.bufferBytes = bufferBytes;
    this.step = step;
  }

  /**
   * Saves syncs.
   *
   * @param from holds them, as of one moment
   * @param syncs sealed, in the order of their ids
   * @return what was written
   */
  ContainerManifest run(GrantReader from, List<SyncRun> syncs) {
    Path name = target.getFileName();
    Path folder = target.getParent();
    if (name == null || folder == null) {
      throw new GrantStoreException(Reason.NOT_A_STORE, "cannot be a container's file: " + target);
    }
    checkTarget();
    Contents.requireRoom(syncs);
    if (!Files.isDirectory(folder)) {
      throw new GrantStoreException(
          Reason.STORE_MISSING, "folder to save the container in does not exist: " + folder);
    }
    String prefix = "." + shortened(name.toString()) + ".saving-";
    try {
      FolderClaim.requireOutsideStores(folder, "container");
      LockedFolder.removeLeftovers(folder, prefix);
      try (LockedFolder scratch = LockedFolder.create(folder, prefix)) {
        Path next = scratch.path().resolve("next");
        ContainerManifest written = write(from, syncs, next, scratch.path());
        checkTarget();
        step.before("rename");
        put(next);
        step.before("force folder");
        FolderTree.force(folder);
        return written;
      }
    } catch (IOException e) {
      throw FileErrors.wrap("save failed", e, target);
    }
  }

  /** A number follows, and all of it must be a name that a file system takes. */
  private static String shortened(String name) {
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    return bytes.length > MOST_NAME_BYTES ? Long.toHexString(Frame.hash(bytes)) : name;
  }

  private ContainerManifest write(GrantReader from, List<SyncRun> syncs, Path next, Path scratch)
      throws IOException {
    List<String> copied = new ArrayList<>();
    ContainerManifest written;
    try (ContainerWriter out = new ContainerWriter(next, bufferBytes, step)) {
      for (SyncRun sync : syncs) {
        if (new SyncWriter(sync, out).write(from, scratch, options)) {
          copied.add(sync.id());
        }
      }
      written = out.end();
    }
    if (!copied.isEmpty()) {
      check(next, copied);
    }
    return written;
  }

  /** Reads what was taken over without a look at its rows. */
  private static void check(Path next, List<String> copied) {
    try (ContainerFile file = ContainerFile.open(next)) {
      PageIndex index = file.index();
      for (Contents.Sync sync : file.contents().syncs()) {
        if (copied.contains(sync.run().id())) {
          ContainerCheck.run(sync.row(), new ContainerPages(file, index, sync));
        }
      }
    }
  }

  private void put(Path next) throws IOException {
    if (options.existing() == SaveOptions.Existing.REPLACE) {
      Files.move(next, target, StandardCopyOption.ATOMIC_MOVE);
      return;
    }
    try {
      step.before("link");
      // The other name goes with the folder.
      Files.createLink(target, next);
    } catch (FileAlreadyExistsException e) {
      throw exists(e);
    } catch (UnsupportedOperationException | FileSystemException e) {
      putWithoutLink(next);
    }
  }

  private void putWithoutLink(Path next) throws IOException {
    try {
      step.before("take place");
      Files.createFile(target);
    } catch (FileAlreadyExistsException e) {
      throw exists(e);
    }
    try {
      step.before("move");
      Files.move(next, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      if (Files.size(target) == 0) {
        Files.delete(target);
      }
      throw e;
    }
  }

  private void checkTarget() {
    if (!Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    if (options.existing() == SaveOptions.Existing.REFUSE) {
      throw exists(null);
    }
    if (!Files.isRegularFile(target, LinkOption.NOFOLLOW_LINKS)) {
      throw new GrantStoreException(
          Reason.NOT_A_STORE, "only a file is replaced, not a link or folder: " + target);
    }
  }

  private GrantStoreException exists(@Nullable IOException cause) {
    return new GrantStoreException(Reason.STORE_EXISTS, "file exists: " + target, cause);
  }
}
