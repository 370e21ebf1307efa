package dev.grantstore.container;

import dev.grantstore.GrantReader;
import dev.grantstore.GrantStoreException;
import dev.grantstore.Reason;
import dev.grantstore.SyncRun;
import dev.grantstore.folder.FolderTree;
import dev.grantstore.folder.LockedFolder;
import dev.grantstore.keyvalue.FileErrors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * One saving of a container: written in a folder beside the target, {@code .NAME.saving-NUMBER},
 * which is locked while it goes on and which the next saving clears away if this one is killed;
 * forced to disk, renamed, and the folder of the target forced. Of use once, by one thread.
 */
final class Save {
  private static final int BUFFER_BYTES = 256 << 10;

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
   */
  void run(GrantReader from, List<SyncRun> syncs) {
    Path name = target.getFileName();
    Path folder = target.getParent();
    if (name == null || folder == null) {
      throw new GrantStoreException(Reason.NOT_A_STORE, "cannot be a container's file: " + target);
    }
    checkTarget();
    if (!Files.isDirectory(folder)) {
      throw new GrantStoreException(
          Reason.STORE_MISSING, "folder to save the container in does not exist: " + folder);
    }
    String prefix = "." + name + ".saving-";
    try {
      LockedFolder.removeLeftovers(folder, prefix);
      try (LockedFolder scratch = LockedFolder.create(folder, prefix)) {
        Path next = scratch.path().resolve("next");
        write(from, syncs, next, scratch.path());
        checkTarget();
        step.before("rename");
        Files.move(next, target, StandardCopyOption.ATOMIC_MOVE);
        step.before("force folder");
        FolderTree.force(folder);
      }
    } catch (IOException e) {
      throw FileErrors.wrap("save failed", e, target);
    }
  }

  private void write(GrantReader from, List<SyncRun> syncs, Path next, Path scratch)
      throws IOException {
    try (ContainerWriter out = new ContainerWriter(next, bufferBytes, step)) {
      for (SyncRun sync : syncs) {
        new SyncWriter(sync, out).write(from, scratch, options);
      }
      out.end();
    }
  }

  private void checkTarget() {
    if (!Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    if (options.existing() == SaveOptions.Existing.REFUSE) {
      throw new GrantStoreException(Reason.STORE_EXISTS, "file exists: " + target);
    }
    if (!Files.isRegularFile(target, LinkOption.NOFOLLOW_LINKS)) {
      throw new GrantStoreException(
          Reason.NOT_A_STORE, "only a file is replaced, not a link or folder: " + target);
    }
  }
}
