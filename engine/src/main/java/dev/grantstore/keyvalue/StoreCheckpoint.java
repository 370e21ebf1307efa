package dev.grantstore.keyvalue;

import dev.grantstore.CheckpointFiles;
import dev.grantstore.GrantStoreException;
import dev.grantstore.Reason;
import dev.grantstore.folder.FolderTree;
import dev.grantstore.folder.LockedFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HexFormat;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * One checkpoint of a store: made in a folder beside the target, {@code .NAME.checkpoint-NUMBER},
 * with a checksum for a long name, which is locked while it goes on and which the next checkpoint
 * of that name clears away if this one is killed. The database makes its files there with an
 * identity of their own; they are opened once, which removes what loads have left in them, and
 * closed; everything is forced to disk, renamed to the target, and the folder above forced. Of use
 * once, by one thread.
 */
final class StoreCheckpoint {
  /** A longer name stands as its checksum in the name of the folder. */
  private static final int MOST_NAME_BYTES = 200;

  private static final String FAILED = "checkpoint failed";

  private final KeyValueDatabase database;
  private final Path own;
  private final Path target;
  private final CheckpointFiles files;

  /**
   * Prepares one.
   *
   * @param database the store's
   * @param own the store's folder, if it has one
   * @param target where the checkpoint is to be
   * @param files whose its files are to be
   */
  StoreCheckpoint(KeyValueDatabase database, Path own, Path target, CheckpointFiles files) {
    this.database = database;
    this.own = own;
    // Not normalized: above a link is what the system says, as when the checkpoint is opened.
    this.target = target.toAbsolutePath();
    this.files = Objects.requireNonNull(files, "files");
  }

  /**
   * {@return the folder, when the checkpoint is in it}
   *
   * @param writes the store's; null if it is open for reading
   * @param catalog its syncs
   * @param digests what it keeps of them
   * @param look called now and then, breaks off if the thread is interrupted or the store closed
   */
  Path run(
      @Nullable KeyValueWrites writes,
      Supplier<SyncCatalog> catalog,
      KeptDigests digests,
      Runnable look) {
    look.run();
    Path name = target.getFileName();
    Path above = target.getParent();
    if (name == null || above == null) {
      throw new GrantStoreException(Reason.NOT_A_STORE, "cannot be a store's folder: " + target);
    }
    requireFree();
    if (!Files.isDirectory(above)) {
      throw new GrantStoreException(
          Reason.STORE_MISSING, "folder above the checkpoint does not exist: " + target);
    }
    String prefix = "." + shortened(name.toString()) + ".checkpoint-";
    try {
      FolderClaim.requireOutsideStores(above, "checkpoint", own);
      LockedFolder.removeLeftovers(above, prefix);
      try (LockedFolder scratch = LockedFolder.create(above, prefix)) {
        try (KeyValueDatabase.Checkpoint made = database.checkpoint(scratch.path(), files)) {
          make(made, writes, catalog, digests, look);
        }
        Path store = scratch.path().resolve(KeyValueDatabase.Checkpoint.STORE);
        FolderTree.forceAll(store);
        look.run();
        CrashPoint.reached();
        put(store);
        CrashPoint.reached();
        FolderTree.force(above);
        return target;
      }
    } catch (Exception e) {
      throw failure(e);
    }
  }

  private static void make(
      KeyValueDatabase.Checkpoint checkpoint,
      @Nullable KeyValueWrites writes,
      Supplier<SyncCatalog> catalog,
      KeptDigests digests,
      Runnable look)
      throws Exception {
    CrashPoint.reached();
    Runnable piece =
        () -> {
          YieldPoint.reached("piece copied");
          look.run();
        };
    WriterLock.Endable<Long> taking =
        interrupted -> {
          if (interrupted) {
            // Looking does not show it meanwhile.
            throw new GrantStoreException(Reason.TIMEOUT, "interrupted while others wrote");
          }
          checkpoint.take(piece);
          return catalog.get().commit();
        };
    long commit = writes == null ? taking.run(false) : writes.writingUnlessEnded(FAILED, taking);
    YieldPoint.reached("checkpoint taken");
    CrashPoint.reached();
    look.run();
    checkpoint.write(commit, piece);
    CrashPoint.reached();
    look.run();
    try (KeyValueStore made = checkpoint.open()) {
      made.takeDigests(digests, look);
    }
  }

  private void put(Path made) throws IOException {
    requireFree();
    try {
      // An empty folder that somebody makes at this moment is replaced, anything else is not.
      Files.move(made, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (DirectoryNotEmptyException | FileAlreadyExistsException e) {
      throw exists(e);
    } catch (AtomicMoveNotSupportedException e) {
      throw new IOException("folder cannot be renamed within its file system: " + target, e);
    }
  }

  private void requireFree() {
    if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
      throw exists(null);
    }
  }

  private GrantStoreException exists(@Nullable IOException cause) {
    return new GrantStoreException(
        Reason.STORE_EXISTS,
        "checkpoint needs a place where nothing is, not even an empty folder: " + target,
        cause);
  }

  private RuntimeException failure(Exception e) {
    RuntimeException known = Failures.of(database, FAILED, e);
    // Whatever an interrupt made of it.
    return Thread.currentThread().isInterrupted() && known instanceof GrantStoreException
        ? new GrantStoreException(
            Reason.TIMEOUT, "interrupted while the store was copied: " + target, known)
        : known;
  }

  /** A number follows, and all of it must be a name that a file system takes. */
  private static String shortened(String name) {
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    if (bytes.length <= MOST_NAME_BYTES) {
      return name;
    }
    CRC32C sum = new CRC32C();
    sum.update(bytes);
    return HexFormat.of().toHexDigits((int) sum.getValue());
  }
}
