package dev.grantstore.keyvalue;

import dev.grantstore.GrantStoreException;
import dev.grantstore.OpenMode;
import dev.grantstore.folder.FolderTree;
import dev.grantstore.layout.FormatVersion;
import java.io.IOException;
import java.nio.file.Path;
import java.util.UUID;

/**
 * The folder of a store whose database does not say itself that it is one. Readers take no lock
 * where the database lets them open beside a writer. One thread at a time.
 *
 * <pre>
 * FORMAT      what says that it is a store, of which engine and version, see {@code FormatFile}
 * WATERMARK, WATERMARK.base   what is durable, see {@link DurableMark}
 * LOCK        empty; held while open for writing, see {@code FolderLock}; also for reading, shared,
 *             after {@link #claimAlone}
 * db/         the database's own files
 * bulk-N/     files of a load in progress, see {@link LoadFolder}
 * digests-N   digests of a sealed sync's entitlements, see {@code DigestFile}
 * </pre>
 */
public final class StoreFolder implements AutoCloseable {
  private final FolderClaim claim;
  private final FormatFile format;
  private final UUID fresh = UUID.randomUUID();
  private boolean madeStore;

  private StoreFolder(FolderClaim claim, FormatFile format) {
    this.claim = claim;
    this.format = format;
  }

  /**
   * {@return a folder that is as the caller expects, locked if it is to be written} The caller
   * closes or abandons it.
   *
   * @param location the folder's path
   * @param engine the name of the engine, as it stands in FORMAT
   * @param mode what is expected; makes the folder and its FORMAT where there is none and it may
   * @throws GrantStoreException if something else is there, or somebody has it open
   * @throws IOException if it cannot be read or made
   */
  public static StoreFolder claim(String location, String engine, OpenMode mode)
      throws IOException {
    return claim(location, engine, mode, false);
  }

  /**
   * {@return as {@link #claim}, for a database whose readers want no writer beside them: readers
   * take a lock too, which they share}
   *
   * @param location the folder's path
   * @param engine the name of the engine, as it stands in FORMAT
   * @param mode what is expected
   * @throws GrantStoreException if something else is there, or somebody has it open
   * @throws IOException if it cannot be read or made
   */
  public static StoreFolder claimAlone(String location, String engine, OpenMode mode)
      throws IOException {
    return claim(location, engine, mode, true);
  }

  private static StoreFolder claim(
      String location, String engine, OpenMode mode, boolean readersLock) throws IOException {
    FolderClaim claim =
        FolderClaim.at(location, FormatFile.NAME, TextFile.unfinished(FormatFile.NAME));
    StoreFolder folder = new StoreFolder(claim, new FormatFile(claim, engine));
    folder.check(mode);
    try {
      if (mode != OpenMode.READ_ONLY) {
        folder.prepareForWriting(mode);
      } else if (readersLock) {
        claim.lockForReading();
        // Once more, with nobody else at it.
        folder.check(mode);
      }
    } catch (IOException | RuntimeException e) {
      folder.abandon(e);
      throw e;
    }
    return folder;
  }

  /** {@return the folder} */
  public Path path() {
    return claim.path();
  }

  /** {@return where the database has its files; need not be there while the store is new} */
  public Path database() {
    return path().resolve("db");
  }

  /**
   * {@return whether the database is to make its files: only before the store was ready for the
   * first time}
   *
   * @throws IOException if FORMAT cannot be read
   */
  public boolean isNew() throws IOException {
    return !format.isReady();
  }

  /**
   * {@return the store's format}
   *
   * @throws IOException if FORMAT cannot be read
   */
  public int version() throws IOException {
    return format.version();
  }

  /**
   * {@return the store's identity, for its page tokens; of a new one, the one it is to have}
   *
   * @throws IOException if FORMAT cannot be read
   */
  public UUID identity() throws IOException {
    return isNew() ? fresh : format.identity();
  }

  /**
   * Says, durably, that the database and its mark are there and name the store, in the newest
   * format.
   *
   * @throws IOException if FORMAT cannot be written
   */
  public void markReady() throws IOException {
    format.writeReady(identity());
  }

  /**
   * Says, durably, that the store is of the newest format, if its FORMAT says another: call before
   * the first write to one that has its mark.
   *
   * @throws IOException if FORMAT cannot be read or written
   */
  public void renewFormat() throws IOException {
    if (version() < FormatVersion.CURRENT) {
      CrashPoint.reached();
      markReady();
    }
  }

  /**
   * Takes back what {@link #claim} made, after a failed opening, and gives up the folder.
   *
   * @param because why opening failed; takes note of what cannot be deleted
   */
  public void abandon(Exception because) {
    try {
      try {
        deleteIfMade();
      } finally {
        claim.abandon();
      }
    } catch (IOException e) {
      because.addSuppressed(e);
    }
  }

  /** Lets others open the folder for writing. Closing twice does nothing. */
  @Override
  public void close() throws IOException {
    claim.close();
  }

  private void deleteIfMade() throws IOException {
    if (madeStore) {
      for (Path entry : FolderTree.entries(path())) {
        if (!claim.isLock(entry)) {
          FolderTree.delete(entry);
        }
      }
    }
  }

  private void prepareForWriting(OpenMode mode) throws IOException {
    claim.lockForWriting();
    // Once more, with nobody else at it.
    check(mode);
    if (!claim.isStore()) {
      madeStore = true;
      format.writeCreating();
    }
  }

  private void check(OpenMode mode) throws IOException {
    claim.check(mode);
    if (claim.isStore()) {
      if (mode == OpenMode.CREATE && !isNew()) {
        throw claim.exists();
      }
      if (mode == OpenMode.READ_ONLY && isNew()) {
        throw claim.neverFinished();
      }
    }
  }
}
